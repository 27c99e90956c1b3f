"""The last pages of every report: the reconciliations and the sources."""

from dataclasses import replace

from reports.content import Column, Figure, Row, Section, Table
from reports.documents.shared.desk import Desk
from reports.documents.shared.load import ReportData
from reports.figures import Record

LIMIT = 40


def reconciliations(desk: Desk[ReportData]) -> list[Section]:
    """Each control figure of the ledger against the marts."""
    word, found = desk.writer.word, desk.data.reconciliations
    if not found:
        return []
    rows = tuple(
        Row(((desk.writer.name(_named(record)),), (record.values["period_label"],), *((figure,) for figure in _against_ledger(record))))
        for record in found[:LIMIT]
    )  # fmt: skip
    columns = (
        Column(word("check"), numeric=False, weight=3),
        Column(word("period"), numeric=False),
        *(Column(word(key)) for key in ("in_marts", "in_ledger", "difference")),
    )
    table = Table("reconciliation", columns, rows)
    return [detail(desk, "reconciliation", (word("reconciliation_note", money=desk.writer.currency),), table)]


def _named(record: Record) -> dict[str, object]:
    return {"name": record.values["name_zh"], "name_en": record.values["name_en"]}


def _against_ledger(record: Record) -> tuple[Figure, ...]:
    names = ("actual_amount", "expected_amount", "difference_amount")
    ours, theirs, apart = (record.figure(name, "exact") for name in names)
    return ours, theirs, replace(apart, signed=True, tone="" if record.values["is_ok"] else "bad")


def sources(desk: Desk[ReportData]) -> list[Section]:
    """Rows in and kept out, by table."""
    word, found = desk.writer.word, desk.data.accounts
    if not found:
        return []
    keys = ("file_count", "rows_read", "rows_loaded", "rows_quarantined", "rows_skipped")
    rows = tuple(
        Row(((str(record.values["table_name"]),), *((record.count(key),) for key in keys))) for record in found
    )
    titles = ("files", *keys[1:])
    columns = (Column(word("source"), numeric=False, weight=2), *(Column(word(title)) for title in titles))
    return [detail(desk, "sources", (word("sources_note"),), Table("sources", columns, rows))]


def detail(desk: Desk[ReportData], name: str, note: tuple[str, ...], table: Table) -> Section:
    """A table of the following pages."""
    return Section(name, desk.writer.word(name), note, (table,), detail=True)
