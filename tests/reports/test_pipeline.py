"""The pipeline report where a company supplies little of what it tells, and that its tables hold together."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reports.content import Document, Row, Section, Table, figures
from reports.documents import pipeline
from reports.marts import Marts
from reports.periods import resolve
from tests.reports.conftest import COMPANY


@pytest.fixture(scope="module")
def bare(published: Path) -> Iterator[dict[str, Document]]:
    """The report over a publication without any mart of the process."""
    with Marts(published) as marts:
        data = pipeline.load(marts, resolve(marts, None), "Q")
        yield {language: pipeline.build(data, language, COMPANY) for language in ("zh", "en")}  # type: ignore[arg-type]


def tables(document: Document) -> list[tuple[Section, Table]]:
    return [(section, block) for section in document.sections for block in section.blocks if isinstance(block, Table)]


def test_what_is_not_supplied_is_said_and_not_shown_empty(bare: dict[str, Document]) -> None:
    sections = {section.name: section for section in bare["en"].sections}
    later = ("quotes", "contracts", "cash_cycle", "deliveries", "service", "won_to_cash")
    for name in ("leads", "compliance", "effectiveness", "contacts", *later):
        assert not [block for block in sections[name].blocks if isinstance(block, Table)]
        assert sections[name].blocks[0].sentence[0] == "Not supplied: ", name  # type: ignore[union-attr]


def test_both_languages_show_the_same_figures(bare: dict[str, Document]) -> None:
    shown = {language: [figure.value for figure in figures(document.sections)] for language, document in bare.items()}
    assert shown["zh"] == shown["en"]


def lines(document: Document) -> list[tuple[str, int, Row]]:
    return [(table.name, len(table.columns), row) for _, table in tables(document) for row in table.rows]


def test_every_line_has_a_cell_for_every_column(bare: dict[str, Document]) -> None:
    assert [name for name, columns, row in lines(bare["en"]) if len(row.cells) != columns] == []


def test_a_stalled_deal_is_shown_with_its_hint_in_the_readers_language(bare: dict[str, Document]) -> None:
    from reports.documents.pipeline import stalled
    from reports.documents.pipeline.desk import Desk
    from reports.figures import Record
    from reports.text import Writer

    values: dict[str, Any] = {
        "opportunity_id": "O1", "customer_name": "甲", "customer_name_en": None, "owner_name": "乙", "owner_name_en": "Yi",
        "stage": "needs", "stage_name_zh": "需求确认", "stage_name_en": "Needs", "amount": 5, "main_cause": "pushed",
        "hint_zh": "约定日期", "hint_en": "Agree a date",
    }  # fmt: skip
    for language, hint, cause in (("zh", "约定日期", "多次推迟"), ("en", "Agree a date", "pushed")):
        desk = Desk(None, Writer.of(COMPANY, language))  # type: ignore[arg-type]
        [row] = stalled._short(desk, (Record("mart_opportunity_health", (), values),)).rows
        assert row.cells[-2:] == ((cause,), (hint,))
