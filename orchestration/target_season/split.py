"""The split of a target in SQL: the text of the macro from which the marts are built, rendered for other tables."""

from functools import cache
from typing import Any

from orchestration.transform import DBT_PROJECT

MACROS = DBT_PROJECT / "macros" / "target_season.sql"


@cache
def split_sql(owners: str, totals: str, locks: str, profile: str) -> str:
    """The query over the tables of these names; what they hold, and what the query gives, the macro says."""
    macros: Any = _macros()
    return str(macros.split_targets(owners, totals, locks, profile))


def _macros() -> Any:
    from jinja2 import Environment

    return Environment(autoescape=False).from_string(MACROS.read_text(encoding="utf-8")).module
