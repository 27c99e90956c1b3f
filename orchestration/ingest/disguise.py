"""What a file is, whatever its name says: web pages and text called .xls, workbooks called .csv."""

import codecs
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal

from orchestration.ingest.excel import OLE, SUFFIXES, ZIP
from salesops.errors import UserError

Kind = Literal["text", "workbook", "web page"]
MOST_BYTES = 200 << 20
PAGE = re.compile(rb"<(?:!doctype html|html|head|meta|style|body|div|table)\b", re.IGNORECASE)
CHARSET = re.compile(rb"charset=[\"']?([-\w]+)", re.IGNORECASE)
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def kind(path: Path, name: str) -> Kind:
    """By the first bytes; UserError where nothing here reads it."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    named_workbook = Path(name).suffix.lower() in SUFFIXES
    if head.startswith((OLE, ZIP)):
        if not named_workbook:
            what = "the file is a workbook or an archive, though its name says text."
            raise UserError(what, where=name, mend="Rename it to .xlsx, or export it as CSV.")
        return "workbook"
    if not named_workbook:
        return "text"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and head.lstrip().startswith(b"<?xml"):
        raise UserError(
            "the file is an XML table of Excel 2003.", where=name, mend="Open it in Excel and save it as .xlsx."
        )
    return "web page" if PAGE.search(head.replace(b"\0", b"")) else "text"


def text_note(name: str) -> UserError:
    """What is told of text called .xls."""
    return UserError("the file is text, though its name says Excel; it is read as text.", where=name)


def text_dialect(path: Path, encoding: str, delimiter: str) -> tuple[str, str]:
    """Encoding and delimiter of text called .xls: what its first line shows, else what the mapping says."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith(UTF16):
        encoding = "utf-16"
    line = head.decode(encoding, errors="ignore").splitlines()[:1]
    tabs = bool(line) and line[0].count("\t") > line[0].count(delimiter)
    return encoding, "\t" if tabs and delimiter == "," else delimiter


def page_rows(path: Path, name: str) -> list[list[str]]:
    """The cells of the longest table of a web page; merged cells say the same in each of their places."""
    if path.stat().st_size > MOST_BYTES:
        raise UserError("the web page is larger than 200 MB.", where=name, mend="Export it as CSV.")
    tables = Tables()
    tables.feed(_decoded(path.read_bytes(), name))
    rows: list[list[str]] = max(tables.found, key=len, default=[])
    if not rows:
        raise UserError(
            "the file is a web page without a table, though its name says Excel.",
            where=name,
            mend="Log in and export it again: it is likely a page that asks for a login.",
        )
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def _decoded(content: bytes, name: str) -> str:
    named = CHARSET.search(content[:4096])
    for encoding in (
        "utf-16" if content.startswith(UTF16) else "utf-8-sig",
        named[1].decode() if named else "",
        "gb18030",
    ):
        try:
            return content.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    raise UserError("the text is not UTF-8.", where=name, mend="Export it again as CSV UTF-8.")


class Tables(HTMLParser):
    """Collects the rows of each table; of tables inside a cell, the text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[list[str]]] = []
        self.depth = 0
        self.cell: list[str] | None = None
        self.spans = (1, 1)
        self.below: dict[int, tuple[int, str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens tables, rows and cells."""
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.found.append([])
                self.below = {}
        elif self.depth == 1 and tag == "tr":
            self._end_cell()
            self.found[-1].append([])
        elif self.depth == 1 and tag in ("td", "th") and self.found[-1]:
            self._end_cell()
            given = dict(attrs)
            self.spans = (_span(given.get("colspan")), _span(given.get("rowspan")))
            self.cell = []
        elif tag == "br" and self.cell is not None:
            self.cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Closes cells and tables."""
        if self.depth == 1 and tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "table":
            self.depth = max(0, self.depth - 1)

    def handle_data(self, data: str) -> None:
        """The text of a cell."""
        if self.cell is not None:
            self.cell.append(data)

    def _end_cell(self) -> None:
        if self.cell is None:
            return
        text, row = " ".join("".join(self.cell).split()), self.found[-1][-1]
        self.cell = None
        self._from_above(row)
        wide, high = self.spans
        for _ in range(wide):
            if high > 1:
                self.below[len(row)] = (high - 1, text)
            row.append(text)
        self._from_above(row)

    def _from_above(self, row: list[str]) -> None:
        """Cells of rows above that reach down into this one."""
        while len(row) in self.below and len(self.found[-1]) > 1:
            left, text = self.below.pop(len(row))
            if left > 1:
                self.below[len(row)] = (left - 1, text)
            row.append(text)


def _span(value: str | None) -> int:
    return max(1, min(int(value), 1000)) if value and value.isdigit() else 1
