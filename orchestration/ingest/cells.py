"""From original cells to those that the fields of a table are made of; a plain cell is looked at once."""

import re

from expectations.contract import Contract
from orchestration.ingest import parsing, sql
from orchestration.ingest.mapping import Column, Mapping, Table
from orchestration.ingest.moments import quick_moment
from orchestration.ingest.staging import Staged

NUMBERS = {"amount", "quantity", "rate", "number", "integer"}
NO_DATE = "0000-00-00"


class Cells:
    """The SQL of the cells that a table needs.

    Most numbers and dates are plain: one cast makes their value (`q field`), and no more is asked of the cell. All other
    cells are trimmed (u0, u1 …), and null where they say nothing (t0, t1 …). A t of a plain number or date may be null.
    """

    def __init__(
        self, staged: Staged, mapping: Mapping, table: Table, contract: Contract, zones: tuple[str, str | None]
    ) -> None:
        self.staged, self.mapping, self.contract, self.zones = staged, mapping, contract, zones
        self._quick = dict[str, str]()
        self._spared = dict[int, list[str] | None]()  # by place: the quick values that spare it; None: always needed
        for name, column in [*table.columns.items(), ("_version_at", version_column(table))]:
            self._take(name, column)
        self._spared |= dict.fromkeys(staged.places[one] for one in table.extra.values() if one in staged.places)

    def looked_at(self, cells: str) -> str:
        """All columns of a relation of cells, with q, u and t."""
        quick = "".join(f", {value} as {_quick_name(name)}" for name, value in self._quick.items())
        places, nulls = sorted(self._spared), self.mapping.null_values
        trimmed = "".join(f", {self._trimmed(place)} as u{place}" for place in places)
        texts = "".join(f", {parsing.cell(f'u{place}', nulls)} as t{place}" for place in places)
        return f"select *{texts} from (select *{trimmed} from (select *{quick} from {cells}))"

    def or_quick(self, name: str, value: str) -> str:
        """The quick value of a field, and where there is none, this one."""
        return f"coalesce({_quick_name(name)}, {value})" if name in self._quick else value

    def _take(self, name: str, column: Column | None) -> None:
        if column is None or column.column is None:
            return
        quick = self._quick_value(name, column, self.staged.column(column.column))
        if quick is None:
            named = [one for one in (column.column, column.beside) if one is not None]
            self._spared |= dict.fromkeys(self.staged.places[one] for one in named)
            return
        self._quick[name] = quick
        spared_by = self._spared.setdefault(self.staged.places[column.column], [])
        if spared_by is not None:
            spared_by.append(name)

    def _trimmed(self, place: int) -> str:
        trimmed, spared_by = parsing.trimmed(self.staged.cell(place)), self._spared[place]
        if spared_by is None:
            return trimmed
        unknown = " or ".join(f"{_quick_name(name)} is null" for name in spared_by)
        return f"case when {unknown} then {trimmed} end"

    def _quick_value(self, name: str, column: Column, cell: str) -> str | None:
        """The value of a plain cell, else null; None where a plain number or date may stand for nothing."""
        kind = "timestamp" if name == "_version_at" else self.contract.field(name).kind
        digits = any(value != NO_DATE and re.search("[0-9]", value) for value in self.mapping.null_values)
        if column.values or column.until or digits:
            return None
        if kind in {"date", "timestamp"}:
            return quick_moment(cell, column.format, self.zones)
        if kind not in NUMBERS or self.mapping.read.decimal == ",":
            return None
        if kind == "integer" and not times(column):
            return parsing.quick_whole_number(cell)
        return parsing.quick_number(cell, self.contract.field(name).sql_type, times(column))


def version_column(table: Table) -> Column | None:
    """The column that says which version of a row is newer, with the formats of the fields that it feeds too."""
    if not table.newest_by:
        return None
    same = [one for one in table.columns.values() if one.column == table.newest_by]
    return Column(column=table.newest_by, format=[form for one in same for form in one.format])


def times(column: Column) -> str | None:
    """What the numbers of a column are multiplied by, if by anything."""
    return str(column.times) if column.times not in (None, 1) else None


def _quick_name(name: str) -> str:
    return sql.name(f"q {name}")
