"""Reads the Parquet tables back with DuckDB and prints what an office asks first: python3 summary.py OUT"""

import sys

import duckdb

out = sys.argv[1]
for table in ("documents", "findings", "proposals", "unreadable"):
    duckdb.sql(f"create view {table} as select * from read_parquet('{out}/{table}/*.parquet')")
for question in (
    "select count(*) documents, count(distinct sha256) distinct_files from documents",
    "select handling, count(*) documents from documents group by all order by all",
    "select confidence, count(*) findings, count(distinct rule) rules from findings group by all order by all",
    "select rule, count(*) findings from findings group by all order by findings desc, rule limit 5",
    "select code, count(*) files from unreadable group by all order by all",
):
    duckdb.sql(question).show()
