#!/usr/bin/env python3
"""Compares the corpus that examples/spark/corpus.py wrote with one of triglyph, or with the definition.

    tests/corpus/compare.py spark-out --corpus corpus.jsonl    of `triglyph corpus build --format jsonl --annotate`
    tests/corpus/compare.py spark-out --stream aligned.jsonl   of `triglyph align --stream --annotate`

The same must be: the beads that are kept, by article, number and group, and the articles that failed. Of
the second file nothing but the filters is known: what is a duplicate follows here from the definition,
comparing in the simplest way.

Exit status 1 if anything differs. Needs pyarrow.
"""

import argparse
import json
import sys
from collections import defaultdict

import pyarrow.parquet as pq


def of_spark(folder):
    groups = pq.read_table(f"{folder}/groups", columns=["id", "bead", "group"]).to_pylist()
    failed = pq.read_table(f"{folder}/failed", columns=["id"]).to_pylist()
    return sorted((row["id"], row["bead"], row["group"]) for row in groups), sorted(row["id"] for row in failed)


def of_lines(path, definition):
    kept, failed = [], []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            if "error" in article:
                failed.append(article["id"])
            beads = enumerate(article.get("beads", []))
            kept += [(article["id"], bead.get("number", number), bead["group"], bead.get("sketch"))
                     for number, bead in beads if "filtered" not in bead]
    if definition:
        kept = without_duplicates(kept)
    return sorted(bead[:3] for bead in kept), sorted(failed)


def without_duplicates(beads):
    """Of beads in order, those that no earlier one is the same as, or much like.

    Those of one group are the same. Sketches are much alike if 26 of 32 places agree, and are compared if one
    of 8 bands of 4 places is the same, with the first 100 beads of a band."""
    groups, bands, kept = set(), defaultdict(list), []
    for bead in beads:
        *_, group, sketch = bead
        if group in groups:
            continue
        groups.add(group)
        places = [sketch[at:at + 4] for at in range(0, 128, 4)]
        own = [bands[at, *places[at:at + 4]] for at in range(0, 32, 4)]
        if not any(sum(a == b for a, b in zip(places, other)) >= 26 for band in own for other in band[:100]):
            kept.append(bead)
        for band in own:
            band.append(places)
    return kept


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("spark", help="the folder that the job wrote")
    other = parser.add_mutually_exclusive_group(required=True)
    other.add_argument("--corpus", help="lines of a finished corpus")
    other.add_argument("--stream", help="lines of aligned articles, in which no duplicates are marked")
    parser.add_argument("--broken", metavar="TSV", help="list of make.py: the articles broken as a whole must have failed")
    args = parser.parse_args()
    found = of_spark(args.spark)
    expected = of_lines(args.corpus or args.stream, definition=args.stream is not None)
    compared = [("beads kept", found[0], expected[0]), ("articles failed", found[1], expected[1])]
    if args.broken:
        with open(args.broken, encoding="utf-8") as rows:
            rows = (row.rstrip("\n").split("\t") for row in rows)
            compared.append(("articles broken", found[1], sorted(row[0] for row in rows if row[2] == "whole")))
    same = True
    for what, ours, theirs in compared:
        print(f"{what}: {len(ours)}, expected {len(theirs)}")
        if ours != theirs:
            same = False
            for name, rows in [("not expected", set(ours) - set(theirs)), ("missing", set(theirs) - set(ours))]:
                print(f"  {name}: {len(rows)}", *sorted(rows)[:5], sep="\n    ")
            if len(ours) != len(set(ours)):
                print("  some more than once")
    sys.exit(not same)


if __name__ == "__main__":
    main()
