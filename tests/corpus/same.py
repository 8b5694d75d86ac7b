"""Checks that a corpus is the same however it was built.

    same.py TRIGLYPH ARTICLES [--kills 10] [--threads 1,2,8] [--shards 1,4,16]

A build in one piece is compared, byte for byte, with one that is killed at random points and resumed, with
builds on other numbers of threads, and with parts that were merged. `timing.json` is left out.
"""

import argparse
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

FORMATS = "jsonl,tmx,tsv,moses"


def call(triglyph, *arguments):
    done = subprocess.run([triglyph, "--quiet", "corpus", *arguments], check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"{' '.join(map(str, arguments))}: status {done.returncode}")


def files(folder):
    found = {}
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if path.is_file() and path.name != "timing.json":
            found[str(path.relative_to(folder))] = path.read_bytes()
    return found


def compare(what, expected, folder, but=()):
    found = files(folder)
    names = [n for n in expected.keys() | found.keys() if n not in but and expected.get(n) != found.get(n)]
    if names or not found:
        sys.exit(f"{what}: differs in {', '.join(sorted(names))}")
    print(f"{what}: the same {len(found)} files")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("triglyph")
    parser.add_argument("articles")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--threads", default="1,2,8")
    parser.add_argument("--shards", default="1,4,16")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    place = pathlib.Path(tempfile.mkdtemp(prefix="triglyph-same-"))
    triglyph, articles = os.path.abspath(arguments.triglyph), os.path.abspath(arguments.articles)
    output = ["--format", FORMATS, "--leftovers", "--dev", "0.1", "--test", "0.1"]
    try:
        began = time.monotonic()
        call(triglyph, "build", articles, "-o", place / "whole", *output)
        seconds = time.monotonic() - began
        expected = files(place / "whole")

        killed, kills = place / "killed", 0
        command = [triglyph, "--quiet", "corpus", "build", articles, "-o", killed, "--resume", *output]
        while kills < arguments.kills:
            running = subprocess.Popen(command)
            try:
                running.wait(timeout=chance.uniform(0.02, 0.5) * seconds)
                compare(f"killed and resumed, {kills} times until now", expected, killed)
                shutil.rmtree(killed)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()
                kills += 1
        call(triglyph, "build", articles, "-o", killed, "--resume", *output)
        compare(f"killed {kills} times and resumed", expected, killed)

        for threads in arguments.threads.split(","):
            call(triglyph, "build", articles, "-o", place / f"threads{threads}", "--threads", threads, *output)
            compare(f"{threads} threads", expected, place / f"threads{threads}")

        for shards in map(int, arguments.shards.split(",")):
            parts = [place / f"part{shards}-{part}" for part in range(shards)]
            for number, part in enumerate(parts):
                call(triglyph, "build", articles, "-o", part, "--shard", f"{number}/{shards}")
            merged = place / f"merged{shards}"
            call(triglyph, "merge", *parts, "-o", merged, *output)
            compare(f"{shards} shards", expected, merged)
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    main()
