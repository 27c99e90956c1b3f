"""Small pieces of SQL: quoted names, quoted values, lists."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb


def name(identifier: str) -> str:
    """A quoted identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def names(identifiers: Iterable[str]) -> str:
    """Quoted identifiers with commas."""
    return ", ".join(map(name, identifiers))


def text(value: str | Path) -> str:
    """A quoted text value."""
    return "'" + str(value).replace("'", "''") + "'"


def texts(values: Iterable[str | Path]) -> str:
    """Quoted text values with commas."""
    return ", ".join(map(text, values))


def among(value: str, known: Iterable[str]) -> str:
    """Whether an expression has one of these values. (`in (…)` would become a join: slow, and it loses the order of rows.)"""
    return f"list_contains([{texts(known)}]::varchar[], {value})"


def one(con: "duckdb.DuckDBPyConnection", query: str) -> tuple[Any, ...]:
    """The first row of a query that always has one."""
    row = con.execute(query).fetchone()
    assert row is not None, query
    return row
