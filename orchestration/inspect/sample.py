"""The first megabytes of a file as rows of text: encoding, delimiter, sheet and header rows found by looking."""

import codecs
import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from orchestration.ingest.excel import SUFFIXES, to_csv
from orchestration.ingest.header import even
from orchestration.inspect.synonyms import all_names, plain
from salesops.errors import UserError

MOST_BYTES = 2 << 20
LOOKED_AT = 40
DELIMITERS = (",", "\t", ";", "|")
BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
HAN = re.compile("[\u4e00-\u9fff]")
VALUE = re.compile(
    r"[-+△(￥¥$€£]*\s*[\d.,]+\s*[)%]?|\d{4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?)?( .*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
)


@dataclass(frozen=True)
class Sample:
    """What can be read of a file: a UTF-8 copy of its beginning, and how the file itself is written."""

    path: Path
    name: str
    encoding: str
    bom: bool
    delimiter: str
    sheet: str | None
    sheets: tuple[str, ...]
    header_rows: tuple[int, ...]
    title: str
    whole: bool
    last: tuple[str, ...]

    @property
    def excel(self) -> bool:
        """Whether the file is a workbook."""
        return self.sheet is not None


def take(path: Path, name: str, scratch: Path) -> Sample:
    """A sample of the file; UserError where nothing can be read from it."""
    if path.suffix.lower() in SUFFIXES:
        return _of_workbook(path, name, scratch)
    with path.open("rb") as stream:
        head = stream.read(MOST_BYTES)
        size = path.stat().st_size
        stream.seek(max(0, size - (1 << 16)))
        tail = stream.read()
    if not head.strip():
        raise UserError("the file is empty.", where=name, mend="Export it again.")
    whole = size <= MOST_BYTES
    encoding = _encoding(head, tail, whole)
    text = _decoded(head, encoding, whole)
    delimiter = _delimiter(text)
    target = scratch / f"{_stem(path)}.csv"
    target.write_text(text, encoding="utf-8", newline="")
    rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), LOOKED_AT))
    levels = header_levels(rows)
    last = _last_row(text if whole else tail.decode(encoding, errors="replace"), delimiter)
    bom = any(head.startswith(mark) for mark in BOMS)
    return Sample(target, name, encoding, bom, delimiter, None, (), levels, _title(rows, levels), whole, last)


def _stem(path: Path) -> str:
    return re.sub(r"\W+", "_", path.stem)


def _encoding(head: bytes, tail: bytes, whole: bool) -> str:
    """The encoding that the bytes fit; without a mark, UTF-8 before GB18030 before Windows' Western one."""
    for mark, name in BOMS.items():
        if head.startswith(mark):
            return name
    if head[:400].count(b"\0") > 20:
        return "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"
    start = tail.find(b"\n") + 1 if not whole else 0  # a cut-off character must not decide
    for encoding in ("utf-8", "gb18030"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(head, final=whole)
            text += codecs.getincrementaldecoder(encoding)().decode(tail[start:], final=True)
        except UnicodeDecodeError:
            continue
        outside = sum(1 for sign in text if sign > "\x7f")
        if encoding == "utf-8" or len(HAN.findall(text)) >= outside / 2:
            return encoding
    return "cp1252"


def _decoded(head: bytes, encoding: str, whole: bool) -> str:
    """The text, cut after the last record that is surely complete."""
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(head, final=whole).removeprefix("\ufeff")
    if whole:
        return text
    end = text.rfind("\n") + 1
    while end > 0 and text.count('"', 0, end) % 2:
        end = text.rfind("\n", 0, end - 1) + 1
    return text[:end] or text


def _delimiter(text: str) -> str:
    """The sign that cuts most records into the same number of cells, more than one."""

    def fit(sign: str) -> tuple[float, int]:
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=sign), 60))
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            return 0.0, 0
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        return count / len(rows), width

    return max(DELIMITERS, key=fit)


def _of_workbook(path: Path, name: str, scratch: Path) -> Sample:
    """The sheet whose header says most, turned into the same text that loading reads."""
    import python_calamine as calamine

    target = scratch / f"{_stem(path)}.csv"
    to_csv(path, name, None, [], target)  # refuses what cannot be read safely
    sheets = calamine.CalamineWorkbook.from_path(str(path)).sheet_names
    best: tuple[float, str, tuple[int, ...]] | None = None
    for sheet in sheets:
        to_csv(path, name, sheet, [], target)
        rows = _rows(target)
        levels = header_levels(rows)
        worth = _worth(rows[levels[-1] - 1], _width(rows)) if len(rows) > levels[-1] else -1.0
        if best is None or worth > best[0]:
            best = (worth, sheet, levels)
    assert best is not None
    _, sheet, levels = best
    to_csv(path, name, sheet, list(levels), target)
    rows = _rows(target)
    with target.open(encoding="utf-8", newline="") as stream:
        last = _last_row(stream.read(), ",")
    return Sample(target, name, "utf-8", False, ",", sheet, tuple(sheets), levels, _title(rows, levels), True, last)


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(islice(csv.reader(stream), LOOKED_AT))


def _last_row(text: str, delimiter: str) -> tuple[str, ...]:
    """The cells of the last line that says anything."""
    lines = text.rstrip().splitlines()[-1:]
    return tuple(next(csv.reader(lines, delimiter=delimiter), []))


def _title(rows: list[list[str]], levels: tuple[int, ...]) -> str:
    above = [cell.strip() for row in rows[: levels[0] - 1] for cell in row if cell.strip()]
    return " ".join(dict.fromkeys(above))[:200]


def _width(rows: list[list[str]]) -> int:
    return Counter(len(row) for row in rows if row).most_common(1)[0][0] if any(rows) else 0


def header_levels(rows: list[list[str]]) -> tuple[int, ...]:
    """The rows (from 1) that hold the names of the columns; more than one where names stand above names."""
    width = _width(rows)
    worths = [(_worth(row, width), -number) for number, row in enumerate(rows[:20])]
    best = -max(worths, default=(0.0, 0))[1]
    if not rows:
        return (1,)
    levels = [best]
    while levels[0] > 0 and _stands_above(rows[levels[0] - 1], rows[levels[0]]):
        levels.insert(0, levels[0] - 1)
    below = rows[best + 1] if best + 1 < len(rows) else []
    if len(levels) == 1 and _completes(rows[best], below):
        levels.append(best + 1)
    return tuple(level + 1 for level in levels)


def _worth(row: list[str], width: int) -> float:
    """How much a row looks like names of columns: texts, each once, many of them known."""
    filled = [even(cell) for cell in row if cell.strip()]
    if len(filled) < min(2, width):
        return -1.0
    texts = sum(1 for cell in filled if not VALUE.fullmatch(cell) and len(cell) < 60)
    known = sum(1 for cell in filled if plain(cell) in all_names())
    once = len(set(filled)) / len(filled)
    return len(filled) / max(width, 1) + texts / len(filled) + 1.5 * known / len(filled) + once - (texts == 0)


def _stands_above(upper: list[str], lower: list[str]) -> bool:
    """A row of names above names: several texts, merged over columns or over both rows."""
    filled = [cell for cell in upper if cell.strip()]
    if len(set(filled)) < 2 or any(VALUE.fullmatch(even(cell)) for cell in filled):
        return False
    merged = len(filled) < len(lower) or len(set(filled)) < len(filled) or any(map(str.__eq__, upper, lower))
    return merged and len(filled) * 2 > len(lower) / 2


def _completes(upper: list[str], lower: list[str]) -> bool:
    """Names below names: each stands under a blank or beside one, and none is a value."""
    blanks = [place for place, cell in enumerate(upper) if not cell.strip() and place < len(lower)]
    filled = [even(cell) for cell in lower if cell.strip()]
    if not blanks or not filled or any(VALUE.fullmatch(cell) for cell in filled):
        return False
    return all(lower[place].strip() for place in blanks) and any(plain(cell) in all_names() for cell in filled)
