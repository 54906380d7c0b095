"""The script a reviewer who knows some Python would write: python-docx + re + openpyxl, one process.

    python3 benches/compare/review.py FOLDER OUT.json [LIST.xlsx ...]

Reads every .docx below FOLDER in the order of its paragraphs and tables, splits it into articles, clauses and points, looks for the
words of every term of rules/*/terms.yaml (one compiled pattern a term) and for every cited document number, reads the lists, and
writes what it found as JSON. It resolves nothing, knows no dates, no exceptions and no quantities: far less than the program does
with the same words, so the ratio of the two times flatters the script.
"""

import json
import re
import sys
import unicodedata
from pathlib import Path

import docx
import openpyxl
import yaml
from docx.table import Table
from docx.text.paragraph import Paragraph

ARTICLE = re.compile(r"^\s*Điều\s+(\d+[a-zđ]?)\s*[.:]?\s*(.*)$", re.I)
CLAUSE = re.compile(r"^\s*(\d{1,3})\s*[.)]\s+(.*)$")
POINT = re.compile(r"^\s*([a-zđ])\)\s+(.*)$")
NUMBER = re.compile(r"\b\d{1,5}\s*/(?:\s*\d{4}\s*/)?\s*[A-ZĐ][A-ZĐ0-9-]{1,30}\b")


def terms(root):
    """One pattern a term, longest variant first, without regard to case."""
    patterns = []
    for file in sorted(root.glob("rules/*/terms.yaml")):
        for term in yaml.safe_load(file.read_text(encoding="utf-8")):
            words = sorted({term["canonical"], *term.get("variants", [])}, key=len, reverse=True)
            union = "|".join(re.escape(unicodedata.normalize("NFC", word)) for word in words)
            patterns.append((term["id"], re.compile(rf"(?<!\w)(?:{union})(?!\w)", re.I)))
    return patterns


def paragraphs(document):
    for block in document.element.body.iterchildren():
        if block.tag.endswith("}p"):
            yield Paragraph(block, document).text
        elif block.tag.endswith("}tbl"):
            for row in Table(block, document).rows:
                yield "\t".join(cell.text for cell in row.cells)


def units(document):
    """(path, text) of every unit; paragraphs without a number belong to the unit above."""
    article, clause, path, text = "", "", "head", []
    for line in paragraphs(document):
        line = unicodedata.normalize("NFC", line).strip()
        if not line:
            continue
        found = ARTICLE.match(line)
        if found:
            article, clause, new = found[1], "", f"A{found[1]}"
        elif article and (found := CLAUSE.match(line)):
            clause, new = found[1], f"A{article}.{found[1]}"
        elif article and (found := POINT.match(line)):
            new = ".".join(filter(None, (f"A{article}", clause, found[1])))
        else:
            text.append(line)
            continue
        yield path, "\n".join(text)
        path, text = new, [found[2]]
    yield path, "\n".join(text)


def rows(workbook):
    for sheet in openpyxl.load_workbook(workbook, read_only=True, data_only=True):
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            named = NUMBER.findall(" ".join(str(cell) for cell in row if cell is not None))
            if named:
                yield {"sheet": sheet.title, "row": number, "numbers": named}


def main():
    folder, out, lists = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
    patterns = terms(Path(__file__).resolve().parents[2])
    documents, failed = [], []
    for file in sorted(folder.rglob("*.docx")):
        try:
            document = docx.Document(str(file))
        except Exception as error:
            failed.append({"file": file.name, "error": str(error)})
            continue
        found = []
        for path, text in units(document):
            for name, pattern in patterns:
                for hit in pattern.finditer(text):
                    found.append({"path": path, "term": name, "span": hit.span(), "quote": hit[0]})
            for hit in NUMBER.finditer(text):
                found.append({"path": path, "cites": hit[0], "span": hit.span()})
        documents.append({"file": str(file.relative_to(folder)), "found": found})
    listed = [row for name in lists for row in rows(name)]
    result = {"documents": documents, "failed": failed, "lists": listed}
    out.write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")


main()
