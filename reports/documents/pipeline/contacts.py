"""Contacts and appointments, market research, and what in the process data needs mending."""

from decimal import Decimal

from reports.content import Cell, Column, Row, Section, Table
from reports.documents.pipeline.data import Answers
from reports.documents.pipeline.desk import Desk
from reports.documents.pipeline.questions import Questions
from reports.documents.shared.tables import without_empty_columns
from reports.figures import Record

NOTHING = (None, Decimal(0))
LIMIT = 10


def load(asked: Questions) -> Answers:
    """Activities by kind, research by product line, and the findings, which are of the whole company."""
    research = "select * from mart_research where period_type = $kind and period_label = $label order by last_research_on desc nulls last, segment"
    findings = f"""
        select kind, count(*) as subject_count, sum(record_count) as record_count, min(first_on) as first_on,
            string_agg(subject, ', ' order by record_count desc, subject) filter (place <= {LIMIT}) as subjects
        from (select *, row_number() over (partition by kind order by record_count desc, subject) as place from mart_process_finding)
        group by kind order by kind"""
    return {
        "kinds": asked.of_unit("mart_activity", order="kind = 'all', activity_count desc, kind", keys=("kind",)),
        "research": asked.asked_of("mart_research", ("segment", "period_label"), research),
        "findings": asked.asked_of("mart_process_finding", ("kind",), findings),
    }


def sections(desk: Desk) -> list[Section]:
    """Two halves, and the findings below them."""
    return [*_kinds(desk), *_research(desk), *_findings(desk)]


def _kinds(desk: Desk) -> list[Section]:
    found, word = desk.found("contacts", "kinds"), desk.writer.word
    if not found:
        return desk.not_supplied("contacts", half=True)
    titles = ("activities_n", "contact_rate", "booked_n", "held_rate", "no_show_rate")
    columns = (Column(word("contact_kind"), numeric=False, weight=0), *(Column(word(title)) for title in titles))
    rows = tuple(Row(_kind(desk, r), role="total" if r.values["kind"] == "all" else "") for r in found)
    table = without_empty_columns(Table("contacts", columns, rows), NOTHING)
    return [Section("contacts", word("contacts_title"), (word("contacts_note"),), (table,), half=True)]


def _kind(desk: Desk, record: Record) -> tuple[Cell, ...]:
    kind = record.values["kind"]
    known = ("visit", "call", "meeting", "mail", "other")
    name = desk.writer.word("total" if kind == "all" else f"activity_{kind}") if kind in (*known, "all") else str(kind)
    rates = ((record.rate(measure),) for measure in ("held_rate", "no_show_rate"))
    booked = (record.count("booked_count"),) if record.values["booked_count"] else None
    contact = (record.rate("contact_rate"),) if record.values["attempt_count"] else None
    return (name,), (record.count("activity_count"),), contact, booked, *(rates if booked else (None, None))


def _research(desk: Desk) -> list[Section]:
    found, word = desk.found("contacts", "research"), desk.writer.word
    if not found:
        return desk.not_supplied("research", half=True)
    columns = (
        Column(word("line"), numeric=False, weight=0),
        Column(word("research_n")),
        Column(word("last_research"), numeric=False, weight=0),
        Column(word("days_since")),
    )
    rows = tuple(Row(_researched(desk, record)) for record in found[:LIMIT])
    return [
        Section(
            "research", word("research_title"), (word("research_note"),), (Table("research", columns, rows),), half=True
        )
    ]


def _researched(desk: Desk, record: Record) -> tuple[Cell, ...]:
    segment = record.values["segment"]
    name = desk.writer.word("no_line") if segment == "all" else desk.writer.name({"name": segment})
    last = desk.writer.day(record.values["last_research_on"])
    return (name,), (record.count("research_count"),), (last,), (record.days("days_since_research"),)


def _findings(desk: Desk) -> list[Section]:
    found, word = desk.found("contacts", "findings"), desk.writer.word
    if not found:
        return []
    columns = (
        Column(word("finding"), numeric=False, weight=0),
        Column(word("subjects_n"), weight=0),
        Column(word("which"), numeric=False),
    )
    rows = tuple(
        Row(
            (
                (word(f"process_{record.values['kind']}"),),
                (record.count("subject_count"),),
                (str(record.values["subjects"]),),
            )
        )
        for record in found
    )
    return [
        Section(
            "process_findings",
            word("process_findings"),
            (word("process_findings_note"),),
            (Table("process_findings", columns, rows),),
        )
    ]
