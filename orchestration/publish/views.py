"""Views of one grain, alike in the DuckDB file and in PostgreSQL: nobody sums months and quarters, or a unit and its parts."""

from collections.abc import Iterable

GRAINS = ("week", "month", "quarter", "half", "year")


def grain_views(mart: str, columns: Iterable[str]) -> list[tuple[str, str]]:
    """Name and condition of each one-grain view of a mart."""
    names = set(columns)
    if not mart.startswith("mart_") or "period_type" not in names:
        return []
    whole = [(f"{mart}_{grain}", f"period_type = '{grain}'") for grain in GRAINS]
    return whole + [(f"{view}_leaf", f"{where} and is_leaf") for view, where in whole if "is_leaf" in names]
