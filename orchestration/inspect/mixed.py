"""Ledgers that hold invoices and receipts in one list: told apart by a column of kinds whose amounts have one sign."""

from dataclasses import dataclass, replace
from decimal import Decimal

import duckdb

from orchestration.ingest import sql
from orchestration.inspect.draft import Line, TableDraft
from orchestration.inspect.match import TableFit
from orchestration.inspect.profile import Profile, number_of
from orchestration.inspect.synonyms import plain

FEW = 12
KINDS = ("type", "kind", "类型", "类别", "种类")
SURE = 60


@dataclass(frozen=True)
class Mixed:
    """A column of kinds, the amount whose sign goes with them, and the kinds above and below zero."""

    kind: str
    amount: str
    above: tuple[str, ...]
    below: tuple[str, ...]


def find_mixed(con: duckdb.DuckDBPyConnection, columns: list[Profile], decimal: str) -> tuple[Mixed, ...]:
    """Every such pair of columns in the rows looked at."""
    kinds = [one for one in columns if 1 < one.distinct <= FEW and any(word in plain(one.name) for word in KINDS)]
    amounts = [one for one in columns if one.kind == "number" and 0 < one.negatives < one.numbers]
    found = (_mixed(con, kind, amount, decimal) for kind in kinds for amount in amounts)
    return tuple(one for one in found if one)


def _mixed(con: duckdb.DuckDBPyConnection, kind: Profile, amount: Profile, decimal: str) -> Mixed | None:
    number = number_of(f"c{amount.place}", decimal)
    rows = con.execute(f"""
        select c{kind.place}, count(*) filter ({number} > 0), count(*) filter ({number} < 0) from looked
        where c{kind.place} is not null group by 1 order by {sql.name(f"c{kind.place}")}""").fetchall()
    if any(above and below for _, above, below in rows):
        return None
    above = tuple(value for value, more, less in rows if more and not less)
    below = tuple(value for value, more, less in rows if less and not more)
    return Mixed(kind.name, amount.name, above, below) if above and below else None


def told_apart(fits: list[TableFit], mixed: tuple[Mixed, ...]) -> Mixed | None:
    """How a file that fits both tables is told apart; None where it does not, or nothing tells."""
    by_table = {fit.table: fit for fit in fits}
    invoices, receipts = by_table["invoices"], by_table["receipts"]
    if invoices.missing or receipts.missing or fits[0].table not in ("invoices", "receipts"):
        return None
    for one in mixed:
        if invoices.fits["gross_amount"].column.name == receipts.fits["amount"].column.name == one.amount:
            return one
    return None


def split(draft: TableDraft, mixed: Mixed) -> TableDraft:
    """The rows of one of the two tables; receipts are below zero in the list, and above it here."""
    if draft.table == "invoices":
        return replace(draft, sure=SURE, where=((mixed.kind, mixed.above),))
    lines = tuple(_turned(line, mixed) if line.field == "amount" else line for line in draft.lines)
    return replace(draft, sure=SURE, lines=lines, where=((mixed.kind, mixed.below),))


def _turned(line: Line, mixed: Mixed) -> Line:
    why = f"{line.why}; its sign goes with {mixed.kind}"
    return replace(line, score=SURE, why=why, times=-(line.times or Decimal(1)))
