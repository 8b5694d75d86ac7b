#!/usr/bin/env bash
# Builds a corpus with examples/spark/corpus.py on a Spark cluster of two executors on this machine, kills one
# of them while articles go through it, and compares what is kept with what triglyph itself keeps.
#
#     tests/corpus/spark.sh target/release/triglyph
#
# Spark and what it needs of Python is installed into target/spark where it is missing. Without Java, or where
# nothing can be installed, it says "skipped" and succeeds, but fails if CI is set. Linux only.
set -euo pipefail

triglyph=$(realpath "${1:?the path of the program}")
cd "$(dirname "$0")/../.."

skipped() {
    echo "skipped: $1"
    [ -z "${CI:-}" ]
    exit
}
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -version 2> /dev/null || skipped "no Java"
python=$PWD/target/spark/bin/python
modules="import pyspark, pandas, pyarrow"
if ! "$python" -c "$modules" 2> /dev/null; then
    python3 -m venv target/spark && "$python" -m pip install --quiet -r examples/spark/requirements.txt ||
        skipped "pyspark cannot be installed"
fi

work=$(mktemp -d)
driver=
# Spark stops its executors when the driver ends.
trap '[ -z "$driver" ] || kill "$driver" 2> /dev/null || true; rm -rf "$work"' EXIT

# Executors work below SPARK_HOME, which has to be written to.
package=$("$python" -c "import os, pyspark; print(os.path.dirname(pyspark.__file__))")
export SPARK_HOME=$work/spark PYSPARK_PYTHON=$python
mkdir "$SPARK_HOME"
ln -s "$package"/* "$SPARK_HOME"

# Starts the job, as `run FOLDER`. Most of its time goes into compiling code that runs once: the first compiler
# of the JVM is enough, and plans need not be changed on the way.
run() {
    local java="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    "$SPARK_HOME/bin/spark-submit" --master "local-cluster[2,1,1024]" \
        --driver-memory 1g --driver-java-options "$java" --conf "spark.executor.extraJavaOptions=$java" \
        --conf spark.ui.enabled=false --conf spark.sql.shuffle.partitions=2 --conf spark.sql.adaptive.enabled=false \
        examples/spark/corpus.py "$work/articles.jsonl" "$1" --triglyph "$triglyph" --partitions 10 \
        > "$1.log" 2>&1 &
    driver=$!
}

# The job must have ended well, as `ended FOLDER`.
ended() {
    local status=0
    wait "$driver" || status=$?
    driver=
    [ $status = 0 ] || { tail -n 50 "$1.log"; echo "spark.sh: the job ended with status $status"; exit 1; }
}

# The same must be kept in a folder of the job as by triglyph.
compare() {
    "$python" tests/corpus/compare.py "$1" --stream "$work/aligned.jsonl"
    [ ! -e "$work/corpus" ] || "$python" tests/corpus/compare.py "$1" --corpus "$work/corpus/corpus.jsonl"
}

# Status 3: some articles failed.
or_some_failed() { "$@" || [ $? = 3 ]; }

SECONDS=0
"$python" tests/corpus/make.py "$work/articles.jsonl" --articles 1000 --paragraphs 5-15 --broken 0.05
or_some_failed "$triglyph" align --stream --annotate < "$work/articles.jsonl" > "$work/aligned.jsonl"
if "$triglyph" corpus --help > /dev/null 2>&1; then
    or_some_failed "$triglyph" corpus build "$work/articles.jsonl" -o "$work/corpus" --format jsonl --annotate
fi
echo "triglyph: ${SECONDS} s"

SECONDS=0
run "$work/lost"
"$python" tests/corpus/lose_executor.py "$driver" "$work/lost/steps/aligned"
ended "$work/lost"
grep -q "Lost executor" "$work/lost.log" || { echo "spark.sh: no executor was lost"; exit 1; }
echo "Spark, an executor killed: ${SECONDS} s"
compare "$work/lost"
