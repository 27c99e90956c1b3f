"""The line to paste into a mapping that would let quarantined rows in, where their cells show one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import yaml

from expectations.contract import contracts
from orchestration.ingest.header import even
from orchestration.ingest.mapping import Column, Source
from orchestration.ingest.moments import EPOCHS, SERIAL
from orchestration.ingest.quarantine import Row
from orchestration.ingest.rows import SKIP, TOTAL_WORDS

DAYS = (
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d.%m.%y",
    "%y-%m-%d",
    "%y/%m/%d",
)
MONTHS = ("%d-%b-%y", "%d-%b-%Y", "%d %b %Y", "%b %d, %Y", "%d %B %Y", "%B %d, %Y", "%d%b%Y")
TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
CURRENCIES = {
    **dict.fromkeys(("RMB", "CNH", "人民币", "人民币元", "元", "￥", "¥"), "CNY"),
    **dict.fromkeys(("$", "US$", "美元"), "USD"),
    **dict.fromkeys(("€", "欧元"), "EUR"),
    **dict.fromkeys(("£", "英镑"), "GBP"),
    **dict.fromkeys(("HK$", "港币", "港元"), "HKD"),
    **dict.fromkeys(("日元", "JP¥"), "JPY"),
}


@dataclass(frozen=True)
class Mend:
    """What to write, below which keys of which mapping, and a word of caution."""

    where: str
    line: str
    caution: str = ""


def mends(source: Source, rows: Sequence[Row]) -> list[Mend]:
    """One mend for each reason that these rows of the source show, where there is one."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        for rule in row.rules:
            found.setdefault((row.table, rule), []).append(row)
    each = (_mend(source, table, rule, some) for (table, rule), some in found.items())
    return list(dict.fromkeys(mend for mend in each if mend))


def _mend(source: Source, table: str, reason: str, rows: list[Row]) -> Mend | None:
    field, rule = reason.split(":", 1)
    column = source.mapping.tables[table].columns.get(field) if table in source.mapping.tables else None
    if column is None or column.column is None or rule not in RULES:
        return None
    cells = sorted({str(cell).strip() for row in rows if (cell := _cell(source, row, column))})
    return RULES[rule](source, table, field, column, cells, rows)


def _cell(source: Source, row: Row, column: Column) -> Any:
    names = [column.column or "", *source.mapping.also_called.get(column.column or "", [])]
    return next((row.cells[even(name)] for name in names if row.cells.get(even(name))), None)


def _in_column(source: Source, table: str, field: str, column: Column, changes: dict[str, Any], caution: str) -> Mend:
    given = column.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return Mend(f"sources/{source.path.name}, tables: {table}: columns:", f"{field}: {_flow(given | changes)}", caution)


def _in_read(source: Source, changes: dict[str, Any], caution: str = "") -> Mend:
    given = source.mapping.read.model_dump(mode="json", exclude_defaults=True)
    return Mend(f"sources/{source.path.name}:", f"read: {_flow(given | changes)}", caution)


def _flow(value: Any) -> str:
    return yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10_000, sort_keys=False).strip()


def _values(source: Source, table: str, field: str, column: Column, cells: list[str], rows: list[Row]) -> Mend | None:
    if column.beside or not cells:
        return None
    known = ", ".join(dict.fromkeys(value for value in column.values.values() if value != SKIP))
    changed = {"values": {**column.values, **dict.fromkeys(cells, SKIP)}}
    caution = f"`skip` leaves the rows out; else write one of these in its place: {known}." if known else ""
    return _in_column(source, table, field, column, changed, caution)


def _format(source: Source, table: str, field: str, column: Column, cells: list[str], rows: list[Row]) -> Mend | None:
    fitting = [form for form in _formats() if all(_fits(cell, form) for cell in cells)]
    fitting += ["excel"] if all(re.fullmatch(SERIAL, cell) for cell in cells) else []
    if not cells or not fitting:
        return None
    caution = ""
    if len(fitting) > 1:
        caution = f"These cells fit {' and '.join(fitting)}: ask whoever exports the file which one is meant."
    if fitting[0] in EPOCHS:
        caution = "If the workbook came from an old Excel for Mac, write excel1904 instead."
    formats = [*(column.format or ["%Y-%m-%d"]), fitting[0]]
    return _in_column(source, table, field, column, {"format": formats}, caution)


def _formats() -> list[str]:
    return [day + time for day in (*DAYS, *MONTHS) for time in TIMES]


def _fits(cell: str, form: str) -> bool:
    try:
        return datetime.strptime(cell, form).year >= 1900
    except ValueError:
        return False


def _decimal(source: Source, table: str, field: str, column: Column, cells: list[str], rows: list[Row]) -> Mend | None:
    commas = all(re.fullmatch(r"[-+]?[^\d]?\d{1,3}(\.\d{3})*,\d+|[-+]?\d+,\d+", cell) for cell in cells)
    if not cells or not commas or source.mapping.read.decimal == ",":
        return None
    return _in_read(source, {"decimal": ","}, "It holds for every number of the file.")


def _currency(source: Source, table: str, field: str, column: Column, cells: list[str], rows: list[Row]) -> Mend | None:
    if not cells or any(cell not in CURRENCIES for cell in cells):
        return None
    changed = {"values": {cell: CURRENCIES[cell] for cell in cells} | {"CNY": "CNY", "USD": "USD"}}
    caution = "Every value of the column must stand there; ￥ may also be JPY, and $ another dollar."
    return _in_column(source, table, field, column, changed, caution)


def _empty(source: Source, table: str, field: str, column: Column, cells: list[str], rows: list[Row]) -> Mend | None:
    words = {
        (name, cell) for row in rows for name, cell in row.cells.items() if cell and re.fullmatch(TOTAL_WORDS, cell)
    }
    if words:
        skipped = dict(source.mapping.read.skip_rows_where)
        for name, cell in sorted(words):
            skipped[name] = [*skipped.get(name, []), cell.strip()]
        return _in_read(source, {"skip_rows_where": skipped})
    if field in contracts()[table].key and not source.mapping.read.fill_down:
        caution = "Only if such a row belongs to the one above it; add the other columns that stand there once."
        return _in_read(source, {"fill_down": [column.column]}, caution)
    return None


Rule = Callable[[Source, str, str, Column, list[str], list[Row]], Mend | None]
RULES: dict[str, Rule] = {
    "unknown_value": _values,
    "date": _format,
    "timestamp": _format,
    "amount": _decimal,
    "quantity": _decimal,
    "number": _decimal,
    "rate": _decimal,
    "currency": _currency,
    "required": _empty,
}
