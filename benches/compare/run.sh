#!/usr/bin/env bash
# The program and the script beside it (review.py) on the same files, in turn, three times each; needs python3-venv or python-docx, openpyxl, PyYAML.
#   benches/compare/run.sh [FOLDER]        default: 500 invented documents
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -c 'import docx, openpyxl, yaml' 2>/dev/null || {
  python3 -m venv "$work/venv" && "$work/venv/bin/pip" -q install python-docx openpyxl pyyaml
  PATH="$work/venv/bin:$PATH"
}
cargo build --release --locked --quiet --bin rasoat --example make_batch
folder=${1:-$work/batch}
[ -d "$folder" ] || target/release/examples/make_batch 500 "$folder"
seconds() { local from to; from=$(date +%s.%N); "$@" >"$work/log" 2>&1 || [ $? = 3 ] || { cat "$work/log"; exit 1; }; to=$(date +%s.%N); awk "BEGIN { print $to - $from }"; }
ratio() { awk "BEGIN { printf \"%.1f\", $1 / $2 }"; }
echo "documents: $(find "$folder" -name '*.docx' | wc -l); cores: $(nproc)"
for turn in 1 2 3; do
  ours=$(seconds target/release/rasoat scan "$folder" --as-of 2026-11-22 --format json --quiet --out "$work/out")
  one=$(seconds target/release/rasoat scan "$folder" --as-of 2026-11-22 --format json --quiet --threads 1 --out "$work/out")
  script=$(seconds python3 benches/compare/review.py "$folder" "$work/script.json")
  echo "turn $turn: script $script s; program $ours s ($(ratio "$script" "$ours") x), on one thread $one s ($(ratio "$script" "$one") x)"
done
