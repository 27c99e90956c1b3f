"""Excel sheets, turned into the same text that a CSV export would be, row for row."""

import csv
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.ingest import sheet_xml
from orchestration.ingest.moments import EPOCHS
from salesops.errors import UserError

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

SUFFIXES = {".xlsx", ".xls"}
MOST_BYTES = 2 << 30  # unpacked; a sheet of Excel's own limits stays far below
EXACT = 1e15  # Excel keeps 15 digits of a number
OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

Rows = list[list[Any]]


@dataclass(frozen=True)
class Sheet:
    """What is known of a sheet beside its cells: the day from which it counts dates, and what a person should know."""

    epoch: str = EPOCHS["excel"]
    notes: tuple[UserError, ...] = ()


def to_csv(path: Path, name: str, sheet: str | None, header_levels: list[int], target: Path) -> Sheet:
    """Writes the sheet as UTF-8 CSV; an empty row becomes an empty line, so that row numbers stay."""
    rows, found = _read(path, name, sheet, header_levels)
    write(rows, target)
    return found


def write(rows: Rows, target: Path) -> None:
    """Writes cells as CSV."""
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for row in rows:
            cells = [_as_text(cell) for cell in row]
            if any(cells):
                writer.writerow(cells)
            else:
                stream.write("\n")


def _read(path: Path, name: str, sheet: str | None, header_levels: list[int]) -> tuple[Rows, Sheet]:
    import python_calamine as calamine

    _refuse_unsafe(path, name)
    try:
        with path.open("rb") as stream:
            workbook = calamine.CalamineWorkbook.from_filelike(stream)
            chosen = _chosen(workbook, name, sheet)
            cells = workbook.get_sheet_by_name(chosen)
            rows = cells.to_python(skip_empty_area=False)
            merged = cells.merged_cell_ranges or []
    except calamine.PasswordError:
        raise _protected(name) from None
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError) as error:
        mend = "Open it in Excel and save it again as .xlsx."
        raise UserError(f"the workbook cannot be read ({error}).", where=name, mend=mend) from None
    facts = sheet_xml.facts(path, chosen) if zipfile.is_zipfile(path) else sheet_xml.Facts()
    for (row, column), text in facts.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    for start, end in merged:
        _fill(rows, start, end, header_levels)
    notes = (*_unnamed(workbook, name, sheet, chosen), *_notes(name, chosen, facts))
    return rows, Sheet(EPOCHS["excel1904" if facts.from_1904 else "excel"], notes)


def _chosen(workbook: "CalamineWorkbook", name: str, sheet: str | None) -> str:
    """The sheet of that name or pattern; without one, the first that a person sees."""
    names = workbook.sheet_names
    if not names:
        raise _damaged(name)
    if not sheet:
        return next(iter(_visible(workbook)), names[0])
    found = [sheet] if sheet in names else [one for one in names if fnmatchcase(one, sheet)]
    have = ", ".join(names)
    if not found:
        raise UserError(f"the sheet `{sheet}` is missing.", where=name, mend=f"The workbook has: {have}.")
    if len(found) > 1:
        raise UserError(f"`{sheet}` means several sheets.", where=name, mend=f"The workbook has: {have}.")
    return found[0]


def _visible(workbook: "CalamineWorkbook") -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    wanted = (SheetVisibleEnum.Visible, SheetTypeEnum.WorkSheet)
    return [one.name for one in workbook.sheets_metadata if (one.visible, one.typ) == wanted]


def _unnamed(workbook: "CalamineWorkbook", name: str, sheet: str | None, chosen: str) -> tuple[UserError, ...]:
    others = [one for one in _visible(workbook) if one != chosen]
    if sheet or not others:
        return ()
    what = f"of several sheets the first, `{chosen}`, is read; the others are {', '.join(others)}."
    return (UserError(what, where=name, mend="Write `read: {sheet: NAME}` to say which one is meant."),)


def _notes(name: str, sheet: str, facts: sheet_xml.Facts) -> tuple[UserError, ...]:
    notes = []
    if facts.hidden:
        what = f"{facts.hidden} rows of the sheet are hidden, or left out by a filter; they are read all the same."
        notes.append(UserError(what, where=f"{name}, {sheet}"))
    if facts.red:
        what = f"{facts.red} numbers are red without a minus sign; they are read as positive."
        mend = "If red means negative there, write the sign, or `negative_where:` in the mapping."
        notes.append(UserError(what, where=f"{name}, {sheet}", mend=mend))
    return tuple(notes)


def _refuse_unsafe(path: Path, name: str) -> None:
    with path.open("rb") as stream:
        magic = stream.read(4)
    if magic == OLE:
        if ENCRYPTED in path.read_bytes():
            raise _protected(name)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except sheet_xml.DAMAGED:
        raise _damaged(name) from None
    if size > MOST_BYTES:
        raise UserError("the workbook unpacks to more than 2 GB.", where=name, mend="Export it as CSV.")


def _damaged(name: str) -> UserError:
    return UserError("the workbook is damaged.", where=name, mend="Export it again.")


def _protected(name: str) -> UserError:
    return UserError("the workbook is protected by a password.", where=name, mend="Save it without a password.")


def _fill(rows: Rows, start: tuple[int, int], end: tuple[int, int], header_levels: list[int]) -> None:
    """A merged header stands over all its columns; merged text over all its rows. A number is never repeated."""
    (top, left), (bottom, right) = start, end
    if top >= len(rows) or left >= len(rows[top]):
        return
    value = rows[top][left]
    in_header = any(top <= level - 1 <= bottom for level in header_levels)
    below_header = not header_levels or top >= max(header_levels)
    if not in_header and not (below_header and left == right and isinstance(value, str)):
        return
    for row in rows[top : bottom + 1]:
        row[left : right + 1] = [value] * len(row[left : right + 1])


def _as_text(cell: Any) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        if abs(cell) >= EXACT:
            return f"{cell:.14E}"
        return str(int(cell)) if cell.is_integer() else format(Decimal(repr(cell)), "f")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time | timedelta | int):
        return str(cell)
    return str(cell or "")
