"""Compliance: steps passed with all their evidence, stages skipped and taken back, and what was missing where."""

from decimal import Decimal

from reports.content import Cell, Column, Row, Section, Table
from reports.documents.pipeline.data import Answers
from reports.documents.pipeline.desk import Desk
from reports.documents.pipeline.questions import Questions
from reports.documents.shared.detail import detail
from reports.documents.shared.tables import top, without_empty_columns
from reports.figures import Record

MART, GAPS = "mart_process_compliance", "mart_process_gap"
LIMIT, LISTED = 8, 40
NOTHING = (None, Decimal(0))


def load(asked: Questions) -> Answers:
    """Stages, the units below, and the evidence that was missing in the period."""
    where = "f.passed_on >= $start and f.passed_on < $cutoff"
    order = "f.amount desc nulls last, f.opportunity_id, f.stage, f.evidence_order"
    keys = ("opportunity_id", "stage", "evidence_order")
    return {
        "stages": asked.of_unit(MART, order="stage_order = 0, stage_order", keys=("stage",)),
        "units": asked.of_children(MART, where="stage = 'all'", keys=("stage",)),
        "gaps": asked.listed(GAPS, "f.owned_on", keys=keys, order=order, where=where),
    }


def sections(desk: Desk) -> list[Section]:
    """By stage, by unit, and on the following pages the evidence that was missing."""
    word = desk.writer.word
    stages = [
        stage
        for stage in desk.found("compliance", "stages")
        if stage.values["passed_count"] or stage.values["back_step_count"]
    ]
    if not stages:
        return desk.not_supplied("compliance")
    rows = tuple(Row((*_line(_named(desk, s), s),), role="total" if s.values["stage"] == "all" else "") for s in stages)
    table = without_empty_columns(Table("compliance", _columns(desk, "stage"), rows), NOTHING)
    by_stage = Section("compliance", word("compliance_title"), (word("compliance_note"),), (table,), mailed=True)
    return [by_stage, *_units(desk), *_gaps(desk)]


def _named(desk: Desk, record: Record) -> str:
    return desk.writer.word("total") if record.values["stage"] == "all" else desk.stage(record)


def _columns(desk: Desk, first: str) -> tuple[Column, ...]:
    titles = (
        "passed",
        "judged",
        "complete",
        "compliance_rate",
        "skipped",
        "created_later",
        "back_steps",
        "out_of_order",
    )
    word = desk.writer.word
    return (Column(word(first), numeric=False, weight=0), *(Column(word(title)) for title in titles))


def _line(name: str, record: Record) -> tuple[Cell, ...]:
    counts = ("passed", "judged", "complete")
    slips = ("skipped", "created_later", "back_step", "out_of_order")
    return (
        (name,),
        *((record.count(f"{count}_count"),) for count in counts),
        (record.rate("compliance_rate", "nothing_to_judge"),),
        *((record.count(f"{count}_count"),) for count in slips),
    )


def _units(desk: Desk) -> list[Section]:
    found = [unit for unit in desk.found("compliance", "units") if unit.values["passed_count"]]
    if len(found) < 2:
        return []
    found.sort(key=lambda unit: (unit.values["compliance_rate"] is None, unit.values["compliance_rate"], unit.keys))
    rows = tuple(Row(_line(desk.writer.name(unit.values), unit)) for unit in found[:LIMIT])
    table = without_empty_columns(Table("compliance_units", _columns(desk, "unit"), rows), NOTHING)
    return [Section("compliance_units", desk.writer.word("compliance_units"), (), (table,))]


def _gaps(desk: Desk) -> list[Section]:
    found, word = desk.found("compliance", "gaps"), desk.writer.word
    if not found:
        return []
    rows = [Row(_gap(desk, record)) for record in found]
    blank = (None,) * 6
    shown = top(rows, lambda left: (desk.others(len(left)), *blank), LISTED)
    titles = ("deal", "customer", "owner", "stage", "missing", "passed_on")
    columns = (*(Column(word(title), numeric=False, weight=0) for title in titles), Column(word("amount")))
    note = (word("gaps_note", n=len(found)),)
    return [detail(desk, "gaps", note, Table("gaps", columns, shown))]


def _gap(desk: Desk, record: Record) -> tuple[Cell, ...]:
    values, writer = record.values, desk.writer
    missing = values["evidence_name_zh"] if writer.language == "zh" else values["evidence_name_en"]
    return (
        (str(values["opportunity_id"]),),
        (writer.short_name({"name": values["customer_name"], "name_en": values["customer_name_en"]}, 26),),
        (desk.owner(record),),
        (desk.stage(record),),
        (missing,),
        (writer.day(values["passed_on"]),),
        (record.amount("amount"),),
    )
