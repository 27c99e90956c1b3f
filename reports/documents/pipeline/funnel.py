"""The funnel by three methods: of those that entered, of those that left, and of those that stood there at the start."""

from dataclasses import replace

from reports.content import Cell, Column, Figure, Row, Section, Table
from reports.documents.pipeline.data import Answers
from reports.documents.pipeline.desk import Desk
from reports.documents.pipeline.questions import Questions
from reports.documents.shared.tables import without_empty_columns
from reports.figures import Record


def load(asked: Questions) -> Answers:
    """The stages in their order."""
    return {"stages": asked.of_unit("mart_stage_conversion", order="stage_order", keys=("stage",))}


def sections(desk: Desk) -> list[Section]:
    """One line for each stage; a rate of a cohort that is not decided yet is grey."""
    found, word = desk.found("funnel", "stages"), desk.writer.word
    if not found:
        return desk.not_supplied("funnel")
    titles = ("entered", "by_cohort", "left_n", "by_exits", "stood_n", "by_snapshot", "median_days", "p75_days")
    columns = (Column(word("stage"), numeric=False, weight=0), *(Column(word(title)) for title in titles))
    table = without_empty_columns(Table("funnel", columns, tuple(Row(_line(desk, record)) for record in found)))
    return [Section("funnel", word("funnel_title"), (word("funnel_note"),), (table,), mailed=True)]


def _line(desk: Desk, record: Record) -> tuple[Cell, ...]:
    cohort = record.rate("entry_cohort_rate", "no_deals")
    return (
        (desk.stage(record),),
        (record.count("entered_count"),),
        (cohort if record.values["is_mature"] else _muted(cohort),),
        (record.count("exited_count"),),
        (record.rate("in_period_rate", "no_deals"),),
        (record.count("opening_count"),),
        (record.rate("snapshot_rate", "no_deals"),),
        (record.days("median_days", "no_deals"),),
        (record.days("p75_days", "no_deals"),),
    )


def _muted(figure: Figure) -> Figure:
    return replace(figure, tone="muted")
