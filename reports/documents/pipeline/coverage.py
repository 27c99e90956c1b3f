"""Coverage: what is due to close in the period against what is still to win, and what the open pipeline is worth."""

from dataclasses import replace
from decimal import Decimal

from reports.content import Cell, Column, Figure, Row, Section, Table
from reports.documents.pipeline.data import Answers
from reports.documents.pipeline.desk import Desk
from reports.documents.pipeline.questions import Questions
from reports.documents.shared.tables import without_empty_columns
from reports.figures import Record, toned

MART = "mart_pipeline_coverage"
LIMIT = 10
NOTHING = (None, Decimal(0))


def load(asked: Questions) -> Answers:
    """The scope's coverage, and that of the units just below."""
    return {"whole": asked.of_unit(MART), "units": asked.of_children(MART)}


def sections(desk: Desk) -> list[Section]:
    """One line for the scope and one for each unit below it."""
    whole, word = desk.one("coverage", "whole"), desk.writer.word
    if whole is None:
        return desk.not_supplied("coverage")
    units = [unit for unit in desk.found("coverage", "units") if unit.values["open_count"] or unit.values["won_amount"]]
    rows = [Row(_line(unit, desk.writer.name(unit.values))) for unit in units[:LIMIT]]
    rows.append(Row(_line(whole, desk.unit), role="total"))
    titles = (
        "target",
        "won_so_far",
        "to_win",
        "due_pipeline",
        "coverage_times",
        "next_due",
        "next_target",
        "next_times",
        "coverage_needed",
        "weighted",
        "overdue_close",
    )
    columns = (Column(word("unit"), numeric=False, weight=0), *(Column(word(title)) for title in titles))
    table = without_empty_columns(Table("coverage", columns, tuple(rows)), NOTHING)
    return [
        Section(
            "coverage", word("coverage_title"), (word("coverage_note", money=desk.writer.money),), (table,), mailed=True
        )
    ]


def _line(record: Record, name: str) -> tuple[Cell, ...]:
    return (
        (name,),
        (record.amount("target_amount", "no_target"),),
        (record.amount("won_amount"),),
        (record.amount("remaining_amount", "no_target"),),
        (record.amount("due_amount"),),
        (covered(record),),
        (record.amount("next_due_amount"),),
        (record.amount("next_target_amount", "no_target"),),
        (_next(record),),
        (times(record, "required_coverage_rate", "no_closed"),),
        (record.amount("weighted_amount"),),
        (replace(record.amount("overdue_amount"), tone="bad" if record.values["overdue_amount"] else ""),),
    )


def covered(record: Record) -> Figure:
    """How many times what is due covers what is still to win, coloured by what the win rate asks for."""
    figure, needed = (
        times(record, "coverage_rate", record.values["coverage_state"]),
        record.values["required_coverage_rate"],
    )
    return figure if needed is None else toned(figure, 1, Decimal(needed))


def _next(record: Record) -> Figure:
    """The same for the period after, of which nothing is won yet."""
    figure, needed = times(record, "next_coverage_rate", "no_target"), record.values["required_coverage_rate"]
    return figure if needed is None else toned(figure, 1, Decimal(needed))


def times(record: Record, measure: str, reason: str) -> Figure:
    """A ratio as a multiple, to one place."""
    figure = record.figure(measure, "ratio", reason)
    return figure if figure.value is None else replace(figure, value=round(figure.value, 1))
