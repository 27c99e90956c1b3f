"""Excel sheets, turned into the same text that a CSV export would be, row for row."""

import csv
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from salesops.errors import UserError

SUFFIXES = {".xlsx", ".xls"}
MOST_BYTES = 2 << 30  # unpacked; a sheet of Excel's own limits stays far below
OLE = b"\xd0\xcf\x11\xe0"

Rows = list[list[Any]]


def to_csv(path: Path, name: str, sheet: str | None, header_levels: list[int], target: Path) -> None:
    """Writes the sheet as UTF-8 CSV; an empty row becomes an empty line, so that row numbers stay."""
    rows = _read(path, name, sheet, header_levels)
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for row in rows:
            cells = [_as_text(cell) for cell in row]
            if any(cells):
                writer.writerow(cells)
            else:
                stream.write("\n")


def _read(path: Path, name: str, sheet: str | None, header_levels: list[int]) -> Rows:
    import python_calamine as calamine

    _refuse_unsafe(path, name)
    try:
        workbook = calamine.CalamineWorkbook.from_path(str(path))
        names = workbook.sheet_names
        if sheet and sheet not in names:
            have = ", ".join(names)
            raise UserError(f"the sheet `{sheet}` is missing.", where=name, mend=f"The workbook has: {have}.")
        found = workbook.get_sheet_by_name(sheet) if sheet else workbook.get_sheet_by_index(0)
        rows = found.to_python(skip_empty_area=False)
        merged = found.merged_cell_ranges or []
    except calamine.PasswordError:
        raise _protected(name) from None
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError) as error:
        mend = "Open it in Excel and save it again as .xlsx."
        raise UserError(f"the workbook cannot be read ({error}).", where=name, mend=mend) from None
    for start, end in merged:
        _fill(rows, start, end, header_levels)
    return rows


def _refuse_unsafe(path: Path, name: str) -> None:
    with path.open("rb") as stream:
        magic = stream.read(4)
    if magic == OLE:
        if path.suffix.lower() == ".xlsx":
            raise _protected(name)
        return
    if magic[:2] != b"PK":
        raise UserError(
            "the file is not an Excel workbook, though its name says so.",
            where=name,
            mend="It is likely text or a web page: open it in Excel and save it as .xlsx.",
        )
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile:
        raise UserError("the workbook is damaged.", where=name, mend="Export it again.") from None
    if size > MOST_BYTES:
        raise UserError("the workbook unpacks to more than 2 GB.", where=name, mend="Export it as CSV.")


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
        return str(int(cell)) if cell.is_integer() else format(Decimal(repr(cell)), "f")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time | timedelta | int):
        return str(cell)
    return str(cell or "")
