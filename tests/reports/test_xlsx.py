"""The workbook: values as they are, the rows behind the figures, and nothing that calculates."""

import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from reports.content import Document
from reports.formats import xlsx

Make = Callable[..., Document]
SUMS = {
    ("Order lines", "Net amount"): "booked_amount",
    ("Order lines", "Gross margin"): "gross_margin_amount",
    ("Invoices", "Net amount"): "invoiced_amount",
    ("Cash", "Cash collected"): "collected_amount",
}


def written(document: Document, folder: Path) -> tuple[Path, dict[str, list[list[Any]]]]:
    path = folder / "report.xlsx"
    xlsx.write(document, path)
    book = CalamineWorkbook.from_path(path)
    return path, {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def figure(document: Document, measure: str) -> Decimal:
    key = next(section for section in document.sections if section.name == "key_figures").blocks[0]
    cells = [row.cells[1][0] for row in key.rows]
    return next(cell.value for cell in cells if cell.measure == measure)


@pytest.mark.parametrize(("scope", "label"), [("Q", None), ("R2", "2025-02"), ("R21", "2025-Q1")])
def test_the_rows_of_a_sheet_add_up_to_the_figure_of_the_report(
    make: Make, tmp_path: Path, scope: str, label: str | None
) -> None:
    document = make("en", label=label, scope=scope)
    _, sheets = written(document, tmp_path)
    for (sheet, column), measure in SUMS.items():
        head, *rows = sheets[sheet]
        total = sum(Decimal(str(row[head.index(column)])) for row in rows)
        assert total == figure(document, measure), (sheet, column)
    cover = {row[0]: row[3] for row in sheets["About"]}
    assert f"{figure(document, 'collected_amount'):,.2f}" in cover["Cash"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_first_sheet_says_what_it_is_and_lists_every_other_one(make: Make, tmp_path: Path, language: str) -> None:
    document = make(language)
    _, sheets = written(document, tmp_path)
    names = list(sheets)
    cover = sheets[names[0]]
    said = " ".join(str(cell) for row in cover for cell in row)
    for fact in (document.title, document.subtitle, "2025-03", document.status, *document.facts[:2], document.snapshot):
        assert fact in said
    listed = {row[0]: row[2] for row in cover[11:]}
    assert list(listed) == names[1:]
    assert all(listed[name] == len(sheets[name]) - 1 for name in names[1:])


@pytest.mark.quirk("Q34")
def test_amounts_are_numbers_in_full_and_days_are_dates(make: Make, tmp_path: Path) -> None:
    document = make("zh")
    _, sheets = written(document, tmp_path)
    first = sheets["订单行"][1]
    assert isinstance(first[0], str)
    assert isinstance(first[2], date)
    assert isinstance(first[10], float)
    assert Decimal(str(sheets["关键指标"][1][1])) == figure(document, "booked_amount")
    assert "万元" not in str([rows[0] for rows in sheets.values()])


@pytest.mark.quirk("Q33")
def test_nothing_in_the_workbook_calculates_or_leads_outside(
    make: Make, hostile_published: Path, tmp_path: Path
) -> None:
    path, sheets = written(make("zh", of=hostile_published), tmp_path)
    assert "=cmd|' /C calc'!A0" in {cell for rows in sheets.values() for row in rows for cell in row}
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets")}
    assert not [name for name, text in parts.items() if "<f>" in text or "<f " in text or 'r:id="' in text]


def test_the_same_document_gives_the_same_bytes(make: Make, tmp_path: Path) -> None:
    first, second = (written(make("en"), tmp_path)[0].read_bytes() for _ in range(2))
    assert first == second


def test_rows_beyond_the_limit_are_counted_and_added_up(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 10)
    document = make("en")
    _, sheets = written(document, tmp_path)
    assert len(sheets["Order lines"]) == 12
    assert sheets["Order lines"][-1][0] == "30 more rows"
    cover = {row[0]: row for row in sheets["About"]}
    assert cover["Order lines"][2] == 40
    assert f"{figure(document, 'booked_amount'):,.2f}" in cover["Order lines"][3]


def test_names_of_sheets_are_such_as_excel_takes_and_differ() -> None:
    taken: set[str] = set()
    names = [xlsx._free_name(title, taken) for title in ("a/b:c", "A B C", "x" * 40, "x" * 40, "[]", "'")]
    assert names == ["a b c", "A B C 2", "x" * 31, "x" * 29 + " 2", "-", "- 2"]
