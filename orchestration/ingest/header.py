"""Column names of an export: title rows passed over, levels joined, spellings evened out."""

import csv
import re
import unicodedata
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from orchestration.ingest.mapping import Source, Table
from salesops.errors import UserError, meant

SAMPLE = 50
MOST_BYTES_OF_CELL = (1 << 31) - 1  # too long a record is put aside later, with its reason
MOST_COLUMNS = 16_384  # of a sheet of Excel
INVISIBLE = re.compile("[\ufeff\u200b-\u200f\u2060\u00ad]")
BESIDE_CHINESE = re.compile(r"(?<=[\u3007\u3400-\u9fff])\s+|\s+(?=[\u3007\u3400-\u9fff])")


def read_header(path: Path, name: str, source: Source, *, merged: bool, delimiter: str | None = None) -> list[str]:
    """The names of the columns; `merged` says that merged cells are already filled (Excel)."""
    read = source.mapping.read
    if read.header:
        return [even(column) for column in read.header]
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(islice(_records(stream, delimiter or read.delimiter), max(read.levels)))
    if len(rows) < max(read.levels):
        raise UserError(
            f"the header should be in row {max(read.levels)}, but the file has only {len(rows)} rows.",
            where=name,
            mend="Write the right `read: {header_row: …}`.",
        )
    levels = [rows[level - 1] for level in read.levels]
    _refuse_wide(max(map(len, levels)), name)
    width = len(levels[-1]) if not merged else max(map(len, levels))
    upper = [level if merged else _fill_right(level) for level in levels[:-1]]
    return _unique(_join(column) for column in _columns([*upper, levels[-1]], width))


def _refuse_wide(columns: int, name: str) -> None:
    if columns > MOST_COLUMNS:
        raise UserError(
            f"the header has {columns:,} columns; {MOST_COLUMNS:,} are the most.",
            where=name,
            mend="Look whether the delimiter and the header row in `read:` are right, or export fewer columns.",
        )


def _records(stream: Iterable[str], delimiter: str) -> Iterable[list[str]]:
    csv.field_size_limit(MOST_BYTES_OF_CELL)
    return csv.reader(stream, delimiter=delimiter)


def _columns(levels: list[list[str]], width: int) -> list[list[str]]:
    return [[level[place] if place < len(level) else "" for level in levels] for place in range(width)]


def _fill_right(level: list[str]) -> list[str]:
    filled: list[str] = []
    for cell in level:
        filled.append(cell if cell.strip() or not filled else filled[-1])
    return filled


def _join(levels: list[str]) -> str:
    """`2025年3月` above `金额` is `2025年3月/金额`; a cell merged downwards counts once."""
    parts: list[str] = []
    for part in map(even, levels):
        if part and part not in parts[-1:]:
            parts.append(part)
    return "/".join(parts)


def even(column: str) -> str:
    """One spelling: half-width signs, no line breaks, no invisible signs, no mark of a required column."""
    visible = INVISIBLE.sub("", unicodedata.normalize("NFKC", column))
    return re.sub(r"\s+", " ", BESIDE_CHINESE.sub("", visible)).strip().strip("*").strip()


def _unique(columns: Iterable[str]) -> list[str]:
    """A name that comes twice gets `_2`, as mappings refer to it."""
    found: dict[str, int] = {}
    unique = []
    for column in columns:
        found[column] = found.get(column, 0) + 1
        unique.append(column if found[column] == 1 or not column else f"{column}_{found[column]}")
    return unique


def places(source: Source, header: list[str], name: str) -> dict[str, int]:
    """The position of every column that the mapping names, by the name it uses; UserError about the first missing."""
    where = dict(zip(reversed(header), range(len(header) - 1, -1, -1), strict=True))
    needed = _needed_columns(source)
    found: dict[str, int] = {}
    for column in named_columns(source):
        spellings = [even(one) for one in (column, *source.mapping.also_called.get(column, []))]
        spelling = next((one for one in spellings if one in where), None)
        if spelling is None and (column in source.mapping.may_lack or column not in needed):
            continue
        if spelling is None:
            have = ", ".join(f"`{one}`" for one in header if one)
            mend = meant(even(column), header, f"The header has: {have}.", least=0.5)
            levels = source.mapping.read.levels
            at = f"{name}, row {max(levels)}" if levels else name
            raise UserError(f"the column `{column}` is missing (sources/{source.path.name}).", where=at, mend=mend)
        found[column] = where[spelling]
    return found


def present(table: Table, found: dict[str, int]) -> Table:
    """The table without what the export may lack and does lack."""
    has = {None, *found}
    kept = {name: one for name, one in table.columns.items() if {one.column, one.beside, *one.negative_where} <= has}
    where = {column: values for column, values in table.where.items() if column in has}
    deleted = {column: values for column, values in table.deleted_where.items() if column in has}
    newest_by = table.newest_by if table.newest_by in has else None
    return table.model_copy(update={"columns": kept, "where": where, "deleted_where": deleted, "newest_by": newest_by})


def named_columns(source: Source) -> list[str]:
    """Every column of the export that the mapping names, each once."""
    extra = [column for table in source.mapping.tables.values() for column in table.extra.values()]
    return list(dict.fromkeys([*_needed_columns(source), *extra]))


def _needed_columns(source: Source) -> list[str]:
    """Those without which the file cannot be read; an extra column may always be missing."""
    names = [*source.mapping.read.skip_rows_where, *source.mapping.read.fill_down]
    for table in source.mapping.tables.values():
        names += [*table.where, *table.deleted_where, *([table.newest_by] if table.newest_by else [])]
        names += [name for column in table.columns.values() for name in column.negative_where]
        names += [name for one in table.columns.values() for name in (one.column, one.beside) if name is not None]
    return names


def repeated(source: Source, header: list[str]) -> list[str]:
    """Columns that the mapping names, though the header has them twice, and that it tells apart nowhere."""
    named = {even(column) for column in named_columns(source)}
    return [name for name in header if name in named and f"{name}_2" in header and f"{name}_2" not in named]


def widened(path: Path, header: list[str], first: int, delimiter: str) -> list[str]:
    """The header with the nameless columns that every row has beyond it: empty cells after the last column."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in islice(_records(stream, delimiter), first, first + SAMPLE) if any(row)]
    widths = {len(row) for row in rows}
    beyond = any(cell.strip() for row in rows for cell in row[len(header) :])
    if len(widths) != 1 or beyond or min(widths) <= len(header):
        return header
    return header + [""] * (min(widths) - len(header))
