#!/usr/bin/env python3
"""Times triglyph beside hunalign and Vecalign on the same sentences; see README.md."""

import argparse
import itertools
import os
import re
import shutil
import statistics
import string
import subprocess
import sys
import tempfile
import time
from collections import namedtuple
from pathlib import Path

# A program on one article: the command, and the file that its standard output goes to.
Call = namedtuple("Call", "command output")
# What one run took: seconds of wall time, and the greatest memory of any process in MB.
Cost = namedtuple("Cost", "seconds megabytes")
# Two files in a folder of our own, one sentence a line.
Pair = namedtuple("Pair", "folder source target")

# ru_maxrss is in kilobytes, but in bytes on macOS.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024
ONE_THREAD = {
    name: "1"
    for name in (
        "RAYON_NUM_THREADS",
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
    )
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "inputs",
        nargs="+",
        type=Path,
        metavar="INPUT",
        help="two files, one sentence a line; or folders with LANG.txt for both languages",
    )
    parser.add_argument("--langs", default="en,de", help="languages of the two sides [en,de]")
    parser.add_argument("--runs", type=int, default=5, help="runs of each program [5]")
    parser.add_argument(
        "--tile", type=int, metavar="N", help="repeat the lines of two files until N are reached"
    )
    parser.add_argument("--triglyph", default="target/release/triglyph", metavar="PROGRAM")
    parser.add_argument("--hunalign", default="hunalign", metavar="PROGRAM")
    parser.add_argument("--dictionary", type=Path, help="for hunalign: `target @ source` [empty]")
    parser.add_argument("--vecalign", default="vecalign.py", metavar="PROGRAM")
    for side in ("src", "tgt"):
        parser.add_argument(
            f"--{side}-embed",
            nargs=2,
            metavar=("OVERLAPS", "VECTORS"),
            help="for Vecalign, as it takes them itself",
        )
    args = parser.parse_args()
    args.langs = args.langs.split(",")
    if len(args.langs) != 2 or args.runs < 1:
        parser.error("expected two languages, and one run or more")
    if not is_pair(args.inputs):
        if not all(path.is_dir() for path in args.inputs):
            parser.error("expected two files, or folders")
        if args.tile or args.src_embed or args.tgt_embed:
            parser.error("--tile and vectors are for two files")
    return args


def is_pair(inputs):
    return len(inputs) == 2 and all(path.is_file() for path in inputs)


def read_lines(path):
    """The lines of a file that are not blank."""
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def suffix(copy):
    """The letters of a copy: none for the first one, then a to z, aa, ab and so on."""
    letters = ""
    while copy > 0:
        copy, letter = divmod(copy - 1, 26)
        letters = string.ascii_lowercase[letter] + letters
    return letters


def tiled(sides, lines):
    """Whole copies of both sides until the first has so many lines; words of five letters and
    more end in the letters of their copy."""
    if not sides[0]:
        sys.exit("nothing to repeat: the first file has no lines")
    copies = -(-lines // len(sides[0]))
    word = re.compile(r"[^\W\d_]{5,}")
    return [
        [
            word.sub(lambda found: found.group() + suffix(copy), line)
            for copy in range(copies)
            for line in side
        ]
        for side in sides
    ]


def tokenized(line):
    """Words and marks with spaces between them, as hunalign expects."""
    return " ".join(re.findall(r"\w+|[^\w\s]", line))


def prepare(args, scratch):
    """Writes the articles to a folder each: as they are, and with spaces between words and marks."""
    if is_pair(args.inputs):
        files = [args.inputs]
    else:
        files = [[folder / f"{lang}.txt" for lang in args.langs] for folder in args.inputs]
    pairs = []
    for number, paths in enumerate(files):
        sides = [read_lines(path) for path in paths]
        if args.tile:
            sides = tiled(sides, args.tile)
        folder = scratch / str(number)
        folder.mkdir()
        names = [folder / name for name in ("source.txt", "target.txt")]
        for name, side in zip(names, sides):
            name.write_text("".join(line + "\n" for line in side), encoding="utf-8")
            tokens = "".join(tokenized(line) + "\n" for line in side)
            name.with_suffix(".tokens").write_text(tokens, encoding="utf-8")
        pairs.append(Pair(folder, *names))
        lines = " and ".join(str(len(side)) for side in sides)
        print(f"article {number + 1}: {lines} lines", file=sys.stderr)
    return pairs


def triglyph_call(args, program, pair, options):
    command = [program, "align", pair.source, pair.target]
    command += ["--unit", "sentence", "--input", "lines", "--format", "tsv"]
    for path, lang in zip((pair.source, pair.target), args.langs):
        command += ["--lang", f"{path}={lang}"]
    help_text = subprocess.run([program, "align", "--help"], capture_output=True, text=True).stdout
    if "--threads" in help_text:
        command += ["--threads", "1"]
    return Call(command + options + ["-o", pair.folder / "triglyph.tsv"], None)


def hunalign_call(args, program, pair, options):
    dictionary = args.dictionary or pair.folder / "empty.dic"
    if not args.dictionary:
        dictionary.touch()
    texts = [path.with_suffix(".tokens") for path in (pair.source, pair.target)]
    return Call([program, "-utf", *options, dictionary, *texts], pair.folder / "hunalign.ladder")


def vecalign_call(args, program, pair, options):
    command = [sys.executable, program] if program.endswith(".py") else [program]
    command += ["--alignment_max_size", "8", "--src", pair.source, "--tgt", pair.target]
    command += ["--src_embed", *args.src_embed, "--tgt_embed", *args.tgt_embed, *options]
    return Call(command, pair.folder / "vecalign.txt")


def contenders(args, pairs):
    """The calls of each program that is there, by name; says which are not."""
    listed = [
        ("triglyph", args.triglyph, triglyph_call, []),
        ("hunalign", args.hunalign, hunalign_call, []),
        ("triglyph --self-train", args.triglyph, triglyph_call, ["--self-train"]),
        ("hunalign -realign", args.hunalign, hunalign_call, ["-realign"]),
        ("vecalign", args.vecalign, vecalign_call, []),
    ]
    found = {}
    for name, program, call, options in listed:
        path = shutil.which(program) or (Path(program).is_file() and program)
        if not path:
            print(f"{name}: no program {program}, skipped", file=sys.stderr)
        elif call is vecalign_call and not (args.src_embed and args.tgt_embed):
            print(f"{name}: no vectors given, skipped", file=sys.stderr)
        else:
            found[name] = [call(args, path, pair, options) for pair in pairs]
    return found


def run(name, calls):
    """Runs a program on all articles, one after the other."""
    seconds, megabytes = 0.0, 0.0
    for command, output in calls:
        with open(output or os.devnull, "wb") as out, tempfile.TemporaryFile() as messages:
            start = time.perf_counter()
            process = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=messages,
                env=os.environ | ONE_THREAD,
            )
            # The usage of this child alone: getrusage has the greatest of all.
            _, status, usage = os.wait4(process.pid, 0)
            seconds += time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                messages.seek(0)
                said = messages.read().decode(errors="replace").strip()
                sys.exit(f"{name} ended with {process.returncode}: {said[-500:]}")
        megabytes = max(megabytes, usage.ru_maxrss * RSS_UNIT / 1e6)
    return Cost(seconds, megabytes)


def table(costs):
    print("| program | median s | least–most s | peak MB |")
    print("|---|---|---|---|")
    for name, runs in costs.items():
        seconds = [cost.seconds for cost in runs]
        middle, peak = statistics.median(seconds), max(cost.megabytes for cost in runs)
        print(f"| {name} | {middle:.2f} | {min(seconds):.2f}–{max(seconds):.2f} | {peak:.0f} |")


def main():
    args = arguments()
    with tempfile.TemporaryDirectory() as scratch:
        programs = contenders(args, prepare(args, Path(scratch)))
        if not programs:
            sys.exit("no program to time")
        costs = {name: [] for name in programs}
        # The first round, which finds no file in memory, is not counted.
        for round_, (name, calls) in itertools.product(range(args.runs + 1), programs.items()):
            cost = run(name, calls)
            if round_ > 0:
                costs[name].append(cost)
        table(costs)


if __name__ == "__main__":
    main()
