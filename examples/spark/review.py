"""Reviews the documents of a folder on a Spark cluster: each partition pipes its lines through `rasoat scan --ndjson`.

    python3 review.py FOLDER OUT [--program rasoat] [--as-of 2026-11-22] [--master local-cluster[2,1,1024]] [--partitions 8]

OUT gets Parquet tables: documents, findings, proposals, unreadable. Every worker needs the program (one file, rules inside) and
must see FOLDER; where it does not, put the bytes into the line: {"file": name, "content": base 64}.
"""

import argparse
import json
import os
import shlex
import time
from pathlib import Path

# Spark starts its workers with the scripts beside its jars: those of the package, when no other Spark is set up.
if "SPARK_HOME" not in os.environ:
    import pyspark

    os.environ["SPARK_HOME"] = str(Path(pyspark.__file__).parent)

from pyspark.sql import SparkSession, functions as F, types as T

KINDS = (".docx", ".doc", ".pdf", ".rtf", ".odt", ".txt")

TEXT = T.StringType()
TEXTS = T.ArrayType(TEXT)


def rows(**fields):
    return T.ArrayType(T.StructType([T.StructField(name, kind) for name, kind in fields.items()]))


# What the tables keep of a result; ket-qua.json has more, and unknown keys are left out here.
RESULT = T.StructType(
    [
        T.StructField("item", TEXT),
        T.StructField("as_of", TEXT),
        T.StructField(
            "documents",
            rows(
                file=TEXT, sha256=TEXT, kind=TEXT, number=TEXT, issuer=TEXT, level=TEXT, issued=TEXT, effective=TEXT,
                title=TEXT, normative=T.BooleanType(), relevance=TEXT, status=TEXT, handling=TEXT,
            ),
        ),
        T.StructField("unreadable", rows(file=TEXT, code=TEXT, message=TEXT, next_step=TEXT)),
        T.StructField(
            "findings",
            rows(
                id=TEXT, path=TEXT, cite=TEXT, rule=TEXT, kind=TEXT, handling=TEXT, severity=TEXT, confidence=TEXT,
                quote=TEXT, message=TEXT, wording=TEXT,
            ),
        ),
        T.StructField(
            "proposals",
            rows(
                id=TEXT, path=TEXT, cite=TEXT, handling=TEXT, findings=TEXTS, reason=TEXT, wording=TEXT,
                authority=TEXT, drafter=TEXT, deadline=TEXT,
            ),
        ),
    ]
)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--program", default="rasoat")
    options.add_argument("--as-of", required=True)
    options.add_argument("--master", default="local-cluster[2,1,1024]")
    options.add_argument("--partitions", type=int, default=8)
    options.add_argument("--lines", type=Path, help="write the answers as they come, for `rasoat merge`")
    args = options.parse_args()

    files = sorted(str(path.resolve()) for path in args.folder.rglob("*") if path.suffix.lower() in KINDS)
    lines = [json.dumps({"id": file, "file": file}, ensure_ascii=False) for file in files]
    # One thread a task: Spark has as many tasks as cores already.
    command = f"{shlex.quote(args.program)} scan --ndjson --threads 1 --as-of {args.as_of}"

    spark = SparkSession.builder.master(args.master).appName("rasoat").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    start = time.monotonic()
    answers = spark.sparkContext.parallelize(lines, args.partitions).pipe(command)
    if args.lines:
        answers = answers.cache()
        answers.saveAsTextFile(str(args.lines))
    results = spark.createDataFrame(answers.map(lambda line: (line,)), "line string")
    results = results.select(F.from_json("line", RESULT).alias("r")).select("r.*").cache()
    for table in ("documents", "findings", "proposals", "unreadable"):
        flat = results.select("item", "as_of", F.explode(table).alias("row")).select("item", "as_of", "row.*")
        flat.write.mode("overwrite").parquet(str(args.out / table))
    answered = results.count()
    print(f"files {len(files)}, answered {answered}, {time.monotonic() - start:.1f} s from lines to Parquet")
    spark.stop()
    if answered != len(files):
        raise SystemExit("some lines were not answered")


main()
