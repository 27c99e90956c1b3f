"""Extra columns of an export: text that travels unchanged into the dimension or fact of its table."""

import re
from collections.abc import Iterator
from functools import cache

from expectations.contract import contracts

HOMES = {
    "activities": "fct_activities",
    "competitors": "dim_competitor",
    "credit_notes": "fct_credit_notes",
    "customers": "dim_customer",
    "employees": "dim_employee",
    "feedback": "fct_feedback",
    "invoices": "fct_invoices",
    "opportunities": "fct_opportunities",
    "opportunity_stages": "fct_opportunity_stages",
    "order_lines": "fct_order_lines",
    "orders": "fct_order_lines",
    "products": "dim_product",
    "receipts": "fct_receipts",
    "territories": "dim_territory",
}
"""Table -> the mart in which its extra columns stand."""

MOST_BYTES = 63  # of a name in PostgreSQL
A_NAME = re.compile(r"[^\W_][\w /().\-（）]*")


def problems(table: str, extra: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with the extra columns of a table, and how to mend it."""
    if table not in HOMES:
        yield f"the table `{table}` feeds no dimension or fact in which extra columns could stand.", "Take `extra` out."
        return
    for name, column in extra.items():
        mend = f"In `extra`, write `another_name: {column}` in its place."
        if not A_NAME.fullmatch(name) or len(name.encode()) > MOST_BYTES:
            what = f"`{name}` cannot name a column of a mart: {MOST_BYTES} bytes of letters, digits and spaces at most."
            yield what, mend
        elif name.casefold() in _taken():
            yield f"`{name}` is the name of a field of ours, so no extra column can have it.", mend


def clash(extras: list[tuple[str, str, dict[str, str]]]) -> tuple[str, str, str] | None:
    """Of (file, table, extra columns): the file, name and column that another table brings into the same mart."""
    brought: dict[tuple[str, str], str] = {}
    for file, table, extra in extras:
        for name, column in extra.items():
            if brought.setdefault((HOMES[table], name.casefold()), table) != table:
                return file, name, column
    return None


@cache
def _taken() -> frozenset[str]:
    """The names of all fields, and of all columns of our marts."""
    from orchestration.manifest import mart_columns

    fields = {field.name for contract in contracts().values() for field in contract.fields}
    return frozenset(fields.union(*mart_columns().values()))
