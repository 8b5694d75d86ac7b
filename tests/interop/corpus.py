"""Reads a corpus that `triglyph corpus build` made with the programs of others.

    corpus.py FOLDER

FOLDER holds corpus.jsonl, corpus.tmx and corpus.parquet of one build without splits. JSON lines are checked by
the schema; the units that translate-toolkit reads from the TMX, and the rows that pyarrow reads from Parquet, must be
the beads.
"""

import json
import sys
from pathlib import Path

import jsonschema
import pyarrow.parquet
from check import HERE, XML, same
from translate.storage.tmx import tmxfile


def main():
    folder = Path(sys.argv[1])
    with (folder / "corpus.jsonl").open(encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    schema = json.loads((HERE.parent.parent / "schema" / "triglyph-1.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    for record in records:
        validator.validate(record)
    beads = []
    for record in (record for record in records if "error" not in record):
        for bead in record["beads"]:
            versions = zip(record["versions"], bead["segments"])
            texts = {v["lang"]: [v["segments"][i]["text"] for i in indices] for v, indices in versions}
            beads.append((record["id"], bead["group"], bead["score"], texts))
    assert beads

    with (folder / "corpus.tmx").open("rb") as file:
        units = tmxfile(file).units
    found = [
        sorted((n.get(f"{{{XML}}}lang"), unit.getNodeText(n)) for n in unit.getlanguageNodes())
        for unit in units
    ]
    expected = [sorted((l, " ".join(t)) for l, t in texts.items() if t) for _, _, _, texts in beads]
    same("tmx", found, expected)

    rows = pyarrow.parquet.read_table(folder / "corpus.parquet").to_pylist()
    names = ["article", "bead", "score", "moved", "conflict", "group", "filtered"]
    langs = [name for name in rows[0] if name not in names]
    found = [
        (row["article"], row["group"], row["score"], {lang: row[lang] for lang in langs if row[lang]})
        for row in rows
    ]
    expected = [(i, g, s, {l: t for l, t in texts.items() if t}) for i, g, s, texts in beads]
    same("parquet", found, expected)
    print(f"{len(records)} articles, {len(beads)} beads: TMX and Parquet hold the same")


if __name__ == "__main__":
    main()
