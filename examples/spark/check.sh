#!/usr/bin/env bash
# Runs the example on invented documents and compares its findings, id by id, with those of the program alone.
#   examples/spark/check.sh [N]       needs Java 17 and python3-venv; N documents, default 2000
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v java >/dev/null || { echo "skipped: Java is not here"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -c 'import pyspark, duckdb' 2>/dev/null || {
  python3 -m venv "$work/venv" && "$work/venv/bin/pip" -q install pyspark duckdb
  export PATH="$work/venv/bin:$PATH"
}
cargo build --release --locked --quiet --bin rasoat --example make_batch
target/release/examples/make_batch "${1:-2000}" "$work/batch"
printf 'PK\003\004hỏng' >"$work/batch/hong.docx"
PYSPARK_PYTHON=$(command -v python3) python3 examples/spark/review.py "$work/batch" "$work/tables" \
  --program "$PWD/target/release/rasoat" --as-of 2026-11-22 2>"$work/log" || { tail -20 "$work/log"; exit 1; }
python3 examples/spark/summary.py "$work/tables"
start=$(date +%s.%N)
find "$work/batch" -name '*.docx' | sort | target/release/rasoat scan --ndjson --as-of 2026-11-22 >"$work/alone.ndjson" || [ $? = 3 ]
awk "BEGIN { printf \"the program alone, all cores: %.1f s\n\", $(date +%s.%N) - $start }"
python3 - "$work" <<'P'
import json, sys, duckdb
work = sys.argv[1]
alone = sorted(f["id"] for line in open(f"{work}/alone.ndjson", encoding="utf-8") for f in json.loads(line)["findings"])
spark = sorted(id for (id,) in duckdb.sql(f"select id from read_parquet('{work}/tables/findings/*.parquet')").fetchall())
assert alone and alone == spark, (len(alone), len(spark))
print(f"the same {len(alone)} findings both ways")
P
