#!/usr/bin/env python3
"""Builds a parallel corpus of many articles on Apache Spark: aligned by triglyph, without duplicates.

    pip install -r examples/spark/requirements.txt
    examples/spark/corpus.py articles.jsonl corpus --triglyph target/release/triglyph
    spark-submit --master yarn examples/spark/corpus.py hdfs:///articles hdfs:///corpus --triglyph triglyph

IN is JSON Lines, packed or not, a file or a folder of them: an article a line, as `triglyph align --stream`
reads it. Or a folder whose name ends in .parquet, or any with `--parquet`: columns `id: string`, `versions:
array<struct<lang, text, html, markdown, url, licence, name>>` of which any may be missing, and perhaps
`position: bigint`, a number of its own for each article, which tells the order.

Under OUT, in Parquet but for the last:

    beads/pair=de-en …  a row for each pair of versions in a bead that is kept: texts to train on
    groups              a row a kept bead, with all its versions
    failed, left_out    articles and versions that could not be read, and why
    steps               what is in between; all articles and beads as they came from triglyph in steps/aligned
    statistics.json     articles, beads, what each filter took, pairs, scores

What is kept is exactly what `triglyph corpus build` keeps; README.md says how, and what it costs.
"""

import argparse
import itertools
import json
import os
import queue
import shlex
import subprocess
import threading
from collections import Counter

import pyarrow as pa
from pyspark import SparkFiles
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

# A row is an article, where `bead` is null, or a bead. A sketch is eight numbers, the bands of its 32 places.
ALIGNED = """position bigint, id string, error string, left_out array<struct<name: string, reason: string>>,
    bead int, group string, sketch array<bigint>, filtered string, score double, moved boolean,
    shape string, langs array<string>, texts array<array<string>>"""
ARROW = pa.schema([
    ("position", pa.int64()), ("id", pa.string()), ("error", pa.string()),
    ("left_out", pa.list_(pa.struct([("name", pa.string()), ("reason", pa.string())]))),
    ("bead", pa.int32()), ("group", pa.string()), ("sketch", pa.list_(pa.int64())), ("filtered", pa.string()),
    ("score", pa.float64()), ("moved", pa.bool_()),
    ("shape", pa.string()), ("langs", pa.list_(pa.string())), ("texts", pa.list_(pa.list_(pa.string()))),
])

# The definition of near duplicates, the same as in triglyph: of 32 places of 16 bits so many agree, among
# beads of which a band of four places agrees; only so many of a band are compared with.
BANDS, ALIKE, REFERENCES = 8, 26, 100
# The number of articles that are handed over at once.
BATCH = 32

# --- reading


def read_lines(spark, path):
    """The lines of JSON files that are not blank, as bytes, with their positions."""
    lines = spark.read.text(path, lineSep="\n").where(F.col("value").rlike(r"[^ \t\f\r]"))
    return numbered(spark, lines.select(F.col("value").cast("binary").alias("line"), "_metadata"))


def read_parquet(spark, path):
    """The rows of Parquet files as lines of JSON, with their positions."""
    rows = spark.read.parquet(path)
    line = F.to_json(F.struct("id", "versions")).cast("binary").alias("line")
    if "position" in rows.columns:
        return rows.select("position", line)
    return numbered(spark, rows.select(line, "_metadata"))


def numbered(spark, lines):
    """Counts lines in the order of the files' names and of the lines in them, from 0.

    The lines of one block of a file are read in their order by one task, whatever blocks that task reads
    besides: it is enough to count those of each block. RDD.zipWithIndex takes the order in which tasks were
    given their blocks, which is not that of the names."""
    lines = lines.select("line", F.col("_metadata.file_path").alias("file"),
                         F.col("_metadata.file_block_start").alias("block"),
                         F.monotonically_increasing_id().alias("at"))
    blocks = lines.groupBy("file", "block").agg(F.min("at").alias("first"), F.count("*").alias("count")).collect()
    offsets, behind = [], 0
    for block in sorted(blocks, key=lambda block: (block["file"], block["block"])):
        offsets.append((block["file"], block["block"], behind - block["first"]))
        behind += block["count"]
    offsets = spark.createDataFrame(offsets, "file string, block bigint, offset bigint")
    return lines.join(F.broadcast(offsets), ["file", "block"]).selectExpr("at + offset as position", "line")


# --- aligning


def aligner(program, arguments):
    """A function for mapInArrow that sends the lines of a partition through one process of triglyph."""

    def align(batches):
        path = SparkFiles.get(program)
        if not os.access(path, os.X_OK):
            os.chmod(path, 0o755)
        # Its stderr is the executor's.
        process = subprocess.Popen([path, "align", "--stream", "--annotate", *arguments],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            yield from exchange(process, batches)
        finally:
            process.kill()
            process.wait()

    return align


def exchange(process, batches):
    """Writes lines to the process and reads as many from it; fails if there are fewer or more.

    A thread writes, so that neither pipe can fill up while nobody reads the other. It is one batch ahead of
    what is read: the process has always work, and no more than two batches are held."""
    waiting = queue.SimpleQueue()

    def feed():
        try:
            while (line := waiting.get()) is not None:
                process.stdin.write(line + b"\n")
            process.stdin.close()
        except OSError:
            pass  # The process has died: whoever reads from it finds out.

    threading.Thread(target=feed, daemon=True).start()
    number, sent = 0, []
    for batch in itertools.chain(batches, [None]):
        # What was sent before is read after the next is on its way.
        before, sent = sent, []
        if batch is None:
            waiting.put(None)
        else:
            sent = list(zip(batch.column("position").to_pylist(), batch.column("line").to_pylist()))
            for _, line in sent:
                waiting.put(line)
        rows = []
        for position, line in before:
            answer = process.stdout.readline()
            if not answer.endswith(b"\n"):
                status = process.wait()
                where = f"before article {position}, number {number} of this task"
                raise RuntimeError(f"triglyph ended with status {status} {where}")
            rows += rows_of(json.loads(answer), position, line, number)
            number += 1
        if rows:
            yield pa.RecordBatch.from_pylist(rows, schema=ARROW)
    if process.stdout.read(1):
        raise RuntimeError("triglyph wrote more lines than there are articles")
    # 3: some articles failed, and are told.
    if (status := process.wait()) not in (0, 3):
        raise RuntimeError(f"triglyph ended with status {status}")


def rows_of(aligned, position, line, number):
    """The row of an article and the rows of its beads."""
    article = {"position": position, "id": aligned["id"]}
    # An article without a name is called by its line, which triglyph counts from the beginning of the partition.
    if aligned["id"] == f"line-{number + 1}" and name_of(line) != aligned["id"]:
        article["id"] = f"line-{position + 1}"
    yield {**article, "error": aligned.get("error"), "left_out": aligned.get("left_out")}
    for number, bead in enumerate(aligned.get("beads", [])):
        within = [(version, segments) for version, segments in zip(aligned["versions"], bead["segments"]) if segments]
        yield {
            **article,
            "bead": number,
            "group": bead["group"],
            "sketch": [signed(bead["sketch"][at:at + 16]) for at in range(0, 16 * BANDS, 16)],
            "filtered": bead.get("filtered"),
            "score": bead["score"],
            "moved": bead.get("moved", False),
            "shape": ":".join(str(len(segments)) for segments in bead["segments"]),
            "langs": [version["lang"] for version, _ in within],
            "texts": [[version["segments"][i]["text"] for i in segments] for version, segments in within],
        }


def name_of(line):
    """The name that a line gives its article, if any."""
    try:
        return str(json.loads(line)["id"])
    except (ValueError, TypeError, KeyError):
        return None


def signed(digits):
    """The 64 bits of hexadecimal digits as a number that Spark's `bigint` holds."""
    number = int(digits, 16)
    return number - (1 << 64) if number >> 63 else number


# --- duplicates


def first_of(aligned):
    """Of the beads that no filter takes the first of each group: (position, bead, sketch)."""
    candidates = aligned.where("bead is not null and filtered is null")
    # The least (position, bead); the sketch only comes along.
    first = F.min(F.struct("position", "bead", "sketch")).alias("first")
    return candidates.groupBy("group").agg(first).select("first.*")


def near_duplicates(first):
    """The same beads as (position, bead, near): whether an earlier one is much like it."""
    # Rank within each band. Most bands have one bead only and are dropped before sketches are looked at.
    bands = first.select("position", "bead", F.posexplode("sketch").alias("band", "value"))
    ranked = bands.selectExpr(
        "*",
        "row_number() over (partition by band, value order by position, bead) as rank",
        "lead(bead) over (partition by band, value order by position, bead) is not null as followed")
    ranked = ranked.where("rank > 1 or followed").join(first, ["position", "bead"])
    # Columns and not an array: the condition is compiled to code that is short enough to be fast.
    sketch = [f"sketch[{band}] as s{band}" for band in range(BANDS)]
    ranked = ranked.selectExpr("band", "value", "rank", "position", "bead", *sketch)
    agreed = " + ".join(
        f"int((shiftright(a.s{band} ^ b.s{band}, {16 * place}) & 65535) = 0)"
        for band in range(BANDS) for place in range(4))
    near = ranked.alias("a").where("rank > 1").join(
        ranked.alias("b").where(f"rank <= {REFERENCES}"),
        F.expr(f"a.band = b.band and a.value = b.value and b.rank < a.rank and {agreed} >= {ALIKE}"),
        "left_semi")
    near = near.select("position", "bead").distinct().withColumn("near", F.lit(True))
    return first.join(near, ["position", "bead"], "left").select(
        "position", "bead", F.coalesce("near", F.lit(False)).alias("near"))


# --- writing


def pairs(groups):
    """A row for each pair of versions of each bead; the language first in the alphabet is the source."""
    versions = F.expr("arrays_zip(langs, transform(texts, segments -> array_join(segments, ' '))) as versions")
    versions = groups.select("id", "position", "bead", "group", "score", versions)
    first = versions.select("*", F.posexplode("versions").alias("i", "a"))
    both = first.select("*", F.posexplode("versions").alias("j", "b"))
    # The fields of arrays_zip: `langs`, and `1` for what has no name.
    swapped = "a.langs > b.langs"
    both = both.where("i < j").selectExpr(
        "id", "position", "bead", "group", "score",
        f"if({swapped}, b, a) as source", f"if({swapped}, a, b) as target")
    return both.selectExpr(
        "concat(source.langs, '-', target.langs) as pair", "id", "position", "bead", "group", "score",
        "source.langs as source_lang", "target.langs as target_lang", "source.`1` as source", "target.`1` as target")


def statistics(aligned, left, beads):
    """What is in the corpus and what was taken out of it."""
    words = "size(filter(split({}, '\\\\s+'), word -> word != ''))"
    articles = aligned.where("bead is null").selectExpr(
        "count(*) as articles", "count(error) as failed", "coalesce(sum(size(left_out)), 0) as left_out").first().asDict()
    filters = Counter({row["filtered"]: row["count"] for row in
                       aligned.where("bead is not null").groupBy("filtered").count().collect()})
    candidates = filters.pop(None, 0)
    near = Counter({row["near"]: row["count"] for row in left.groupBy("near").count().collect()})
    filters["duplicate"] = candidates - near.total()
    filters["near-duplicate"] = near[True]
    by_pair = beads.groupBy("pair").agg(
        F.count("*").alias("beads"),
        F.sum(F.expr(words.format("source"))).alias("source_words"),
        F.sum(F.expr(words.format("target"))).alias("target_words"))
    # A bin is a twentieth wide; beads of one version have no place in it.
    kept = left.where("not near").withColumn("kept", F.lit(True))
    scores = aligned.where("size(langs) > 1").join(kept, ["position", "bead"], "left")
    scores = scores.groupBy(F.expr("least(int(score * 20), 19) as bin")).agg(
        F.count("*").alias("all"), F.count("kept").alias("kept")).collect()
    scores = {row["bin"]: {"all": row["all"], "kept": row["kept"]} for row in scores}
    return {
        **articles,
        "beads": candidates + sum(filters.values()) - filters["duplicate"] - filters["near-duplicate"],
        "kept": near[False],
        "filters": dict(sorted(filters.items())),
        "pairs": {row["pair"]: {name: row[name] for name in ("beads", "source_words", "target_words")}
                  for row in by_pair.orderBy("pair").collect()},
        "scores": [scores.get(bin, {"all": 0, "kept": 0}) for bin in range(20)],
    }


def write_text(spark, path, text):
    """Writes a file wherever Spark writes."""
    hadoop = spark._jvm.org.apache.hadoop.fs
    path = hadoop.Path(path)
    out = path.getFileSystem(spark._jsc.hadoopConfiguration()).create(path, True)
    out.write(bytearray(text.encode()))
    out.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("input", metavar="IN")
    parser.add_argument("out", metavar="OUT")
    parser.add_argument("--triglyph", default="triglyph", metavar="PATH",
                        help="the program, as the executors can run it; it is sent to them")
    parser.add_argument("--triglyph-args", default="", metavar="ARGS", help="options for `triglyph align`, in one string")
    parser.add_argument("--partitions", type=int, metavar="N",
                        help="spread the articles over so many partitions instead of taking the splits of the input")
    parser.add_argument("--parquet", action="store_true", help="IN is Parquet, whatever its name")
    parser.add_argument("--resume", action="store_true", help="begin with OUT/steps/aligned of a run that stopped behind it")
    args = parser.parse_args()

    spark = SparkSession.builder.appName("triglyph corpus").getOrCreate()
    # Articles are long: the 10,000 rows of a batch that are usual would be some hundred megabytes.
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", BATCH)
    def stored(name, rows, *columns):
        """Writes rows below OUT, so that no later step computes them again, and reads them."""
        path = f"{args.out}/{name}"
        rows.write.mode("overwrite").partitionBy(*columns).parquet(path)
        return spark.read.parquet(path)

    if args.resume:
        aligned = spark.read.parquet(f"{args.out}/steps/aligned")
    else:
        is_parquet = args.parquet or args.input.rstrip("/").endswith(".parquet")
        lines = (read_parquet if is_parquet else read_lines)(spark, args.input)
        if args.partitions:
            # By position and not at random: a task that is run again gets the same articles.
            lines = lines.repartition(args.partitions, "position")
        spark.sparkContext.addFile(args.triglyph)
        align = aligner(os.path.basename(args.triglyph), shlex.split(args.triglyph_args))
        aligned = stored("steps/aligned", lines.mapInArrow(align, ALIGNED))

    articles = aligned.where("bead is null")
    stored("failed", articles.where("error is not null").select("id", "position", "error"))
    left_out = articles.select("id", "position", F.explode("left_out").alias("left_out"))
    stored("left_out", left_out.select("id", "position", "left_out.*"))

    first = stored("steps/first", first_of(aligned))
    left = stored("steps/left", near_duplicates(first))
    kept = left.where("not near").select("position", "bead")
    groups = stored("groups", aligned.drop("error", "left_out", "filtered").join(kept, ["position", "bead"]))
    beads = stored("beads", pairs(groups), "pair")
    told = json.dumps(statistics(aligned, left, beads), indent=2) + "\n"
    write_text(spark, f"{args.out}/statistics.json", told)
    spark.stop()


if __name__ == "__main__":
    main()
