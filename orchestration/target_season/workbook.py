"""Proposals as a workbook: every owner and method, with the basis in words."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from orchestration.target_season.ask import REASONS

HEADS = (
    ("Metric", 16, None),
    ("Code", 12, None),
    ("Owner", 24, None),
    ("Method", 18, None),
    ("Low", 17, "low_value"),
    ("Middle", 17, "middle_value"),
    ("High", 17, "high_value"),
    ("Set", 17, "set_value"),
    ("Set last year", 17, "prior_set_value"),
    ("Gap to the middle", 17, "gap_value"),
    ("Basis", 80, None),
)


def write(rows: Iterable[dict[str, Any]], say: Callable[[str], str], language: str, path: Path) -> None:
    """Write the workbook; `say` puts heads and methods into the reader's language."""
    from xlsxwriter import Workbook

    path.parent.mkdir(parents=True, exist_ok=True)
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(say("Proposals"))
        bold, money = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "#,##0.00"})
        for place, (head, width, _) in enumerate(HEADS):
            sheet.set_column(place, place, width, money if HEADS[place][2] else None)
            sheet.write_string(0, place, say(head), bold)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(_cells(row, say, language)):
                if value is not None:
                    sheet.write(number, place, value)
        sheet.freeze_panes(1, 4)
        sheet.autofilter(0, 0, max(number, 1), len(HEADS) - 1)


def _cells(row: dict[str, Any], say: Callable[[str], str], language: str) -> list[Any]:
    name = (row["name_en"] if language == "en" else None) or row["name"] or row["owner_id"]
    values = [None if row[field] is None else float(row[field]) for _, _, field in HEADS if field]
    why = row[f"note_{language}"] or say(REASONS[row["reason"]])
    return [row["metric_name"], row["owner_id"], name, say(row["method"]), *values, why]
