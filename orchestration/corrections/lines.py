"""A file of corrections as lines: headers in either language, `#` comments, and the encodings that Excel writes."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from salesops.errors import UserError

CHINESE = {
    "名称": "name",
    "工号": "employee_id",
    "客户编码": "customer_id",
    "起": "from",
    "止": "to",
    "动作": "action",
    "数据表": "table",
    "记录": "record",
    "字段": "field",
    "值": "value",
    "原因": "reason",
    "决定人": "by",
    "有效至": "until",
}


@dataclass(frozen=True)
class Line:
    """One line: its number in the file, and its cells by column."""

    path: Path
    number: int
    cells: dict[str, str]

    @property
    def id(self) -> str:
        """How a person finds it again: people.csv:3."""
        return f"{self.path.name}:{self.number}"

    @property
    def where(self) -> str:
        """The same with the whole path."""
        return f"{self.path}:{self.number}"

    def text(self, column: str) -> str:
        """The cell of a column that must not be empty."""
        if cell := self.cells[column]:
            return cell
        raise UserError(f"the column `{column}` is empty.", where=self.where, mend="Fill it in.")

    def day(self, column: str) -> date | None:
        """The cell as a day, None where it is empty."""
        if not (cell := self.cells[column]):
            return None
        try:
            year, month, day = cell.replace("/", "-").split("-")
            return date(int(year), int(month), int(day))
        except ValueError:
            what = f"the column `{column}` has no day: `{cell}`."
            raise UserError(what, where=self.where, mend="Write a day as 2025-06-30.") from None


def read(path: Path, columns: tuple[str, ...]) -> list[Line]:
    """All lines below the header; UserError about the file as a whole, or the first line with too many cells."""
    rows = _rows(path)
    _, header = next(rows, (1, []))
    names = [CHINESE.get(name, name) for name in header]
    if sorted(names) != sorted(columns):
        what = f"the columns are {', '.join(header) or 'missing'}."
        raise UserError(what, where=f"{path}:1", mend=f"Write this header: {','.join(columns)}")
    return [_line(path, number, names, cells) for number, cells in rows]


def _line(path: Path, number: int, names: list[str], cells: list[str]) -> Line:
    if len(cells) > len(names):
        what = f"the line has {len(cells)} cells, the header has {len(names)}."
        raise UserError(what, where=f"{path}:{number}", mend="Put a text with a comma in quotes.")
    filled = [*cells, *[""] * (len(names) - len(cells))]
    return Line(path, number, dict(zip(names, filled, strict=True)))


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Line number and trimmed cells, without comments, blank lines and the empty cells that Excel adds at the end."""
    reader = csv.reader(_text(path).splitlines(keepends=True))
    for row in reader:
        cells = [cell.strip() for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells and not cells[0].startswith("#"):
            yield reader.line_num, cells


def _text(path: Path) -> str:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError("the file is not UTF-8 text.", where=str(path), mend="Save it as UTF-8.")
