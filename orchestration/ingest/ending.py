"""How a file ends: its last record, and the lines after the table that are no records."""

import csv
import re
from io import StringIO
from pathlib import Path

from orchestration.ingest.text import Text

FOOTER_LINES = 20
TAIL = 1 << 16


def ending(text: Text, delimiter: str, width: int, first: int) -> tuple[int | None, list[str], int | None]:
    """The number (from 0) and the cells of the last record before the footer, and the number of the footer's first line."""
    lines = dict(enumerate(_tail(text, delimiter)))
    begin = text.records - len(lines)
    blanks = set(text.blanks) if width > 1 else set()
    rows = {begin + place: row[:width] for place, row in lines.items()}
    rows = {number: row for number, row in rows.items() if number >= first and number not in blanks}
    footer = _footer(text, rows, width, first)
    last = max((number for number in rows if footer is None or number < footer), default=None)
    return last, rows[last] if last is not None else [], footer


def _footer(text: Text, rows: dict[int, list[str]], width: int, first: int) -> int | None:
    """Where the last lines begin that are no records: after a blank line, nothing but single cells."""
    near = [line for line in text.blanks if line >= max(first, text.records - FOOTER_LINES)]
    if not near or width < 2:
        return None
    after = {number: sum(cell != "" for cell in row) for number, row in rows.items() if number > near[0]}
    full = max((number for number, cells in after.items() if cells > 1), default=-1)
    start = next((line for line in near if line > full), None)
    return None if start is None or not after or max(after) < start else start


def _tail(text: Text, delimiter: str) -> list[list[str]]:
    """The last records of the file, more of them than a footer has; a blank line is a record without cells."""
    size, length = TAIL, text.path.stat().st_size
    while True:
        rows = list(csv.reader(StringIO(_end(text.path, length, size), newline=""), delimiter=delimiter))
        if len(rows) > FOOTER_LINES + 1 or size >= length:
            return rows[-text.records :]
        size *= 8


def _end(path: Path, length: int, size: int) -> str:
    """The last `size` bytes from the beginning of a record on: within a quoted cell at first, if the marks are odd."""
    with path.open("rb") as stream:
        stream.seek(max(0, length - size))
        data = stream.read()
    if size >= length:
        return data.decode("utf-8-sig")
    inside = data.count(b'"') % 2 == 1
    for found in re.finditer(rb'["\n]', data):
        inside ^= found[0] == b'"'
        if found[0] == b"\n" and not inside:
            return data[found.end() :].decode()
    return ""
