"""Leads: where they came from, what became of them, how soon they were answered, and which wait beyond the limit."""

from dataclasses import replace
from decimal import Decimal

from reports.content import Block, Cell, Column, Row, Section, Table, Text
from reports.documents.pipeline.data import Answers
from reports.documents.pipeline.desk import Desk
from reports.documents.pipeline.questions import Questions
from reports.documents.shared.detail import detail
from reports.documents.shared.questions import within
from reports.documents.shared.tables import top, without_empty_columns
from reports.figures import Record

LISTED = 40
NOTHING = (None, Decimal(0))


def load(asked: Questions) -> Answers:
    """Sources, answers, and the leads of the period that were answered too late."""
    order = "not f.is_waiting, f.created_on, f.lead_id, f.step"
    where = "f.created_on >= $start and f.created_on < $cutoff"
    listed = f"""
        select f.*, coalesce(e.name, f.employee_id) as owner_name, e.name_en as owner_name_en
        from mart_lead_breach as f left join dim_employee as e on e.employee_id = f.employee_id
        where {within("f.owned_on")} and {where} order by {order}"""
    return {
        "sources": asked.of_unit(
            "mart_lead", order="lead_source = 'all', lead_count desc, lead_source", keys=("lead_source",)
        ),
        "response": asked.of_unit("mart_lead_response"),
        "breaches": asked.asked_of("mart_lead_breach", ("lead_id", "step"), listed),
    }


def sections(desk: Desk) -> list[Section]:
    """By source, how soon they were answered, and the late ones on the following pages."""
    found, word = desk.found("leads", "sources"), desk.writer.word
    if not found:
        return desk.not_supplied("leads")
    blocks: tuple[Block, ...] = (_sources(desk, found), *_response(desk))
    page = Section("leads", word("leads_title"), (word("leads_note", money=desk.writer.money),), blocks, mailed=True)
    return [page, *_breaches(desk)]


def _sources(desk: Desk, found: tuple[Record, ...]) -> Table:
    word = desk.writer.word
    rows = [Row(_source(desk, r), role="total" if r.values["lead_source"] == "all" else "") for r in found]
    titles = (
        "leads_n",
        "valid_n",
        "valid_rate",
        "duplicates",
        "cost_per_lead",
        "converted",
        "conversion_rate",
        "won_n",
    )
    columns = (Column(word("lead_source"), numeric=False, weight=0), *(Column(word(title)) for title in titles))
    return without_empty_columns(Table("leads", columns, tuple(rows)), NOTHING)


def _source(desk: Desk, record: Record) -> tuple[Cell, ...]:
    source = record.values["lead_source"]
    names = {"all": "total", "unknown": "source_unknown"}
    return (
        (desk.writer.word(names[source]) if source in names else desk.writer.name({"name": source}),),
        (record.count("lead_count"),),
        (record.count("valid_count"),),
        (record.rate("valid_rate"),),
        (record.count("duplicate_count"),),
        (record.figure("cost_per_lead_amount", "exact"),),
        (record.count("converted_count"),),
        (record.rate("conversion_rate"),),
        (record.count("won_count"),),
    )


def _response(desk: Desk) -> tuple[Text, ...]:
    record = desk.one("leads", "response")
    if record is None or not record.values["valid_count"]:
        return ()
    counts = {
        name: record.count(f"{name}_count")
        for name in ("assign_breach", "touch_breach", "unassigned", "untouched", "seller", "largest_seller")
    }
    for name in ("assign_breach", "touch_breach"):
        counts[name] = replace(counts[name], tone="bad" if counts[name].value else "")
    days = {f"{name}_days": record.days(f"{name}_median_days") for name in ("assign", "touch")}
    mean = {"mean": record.days("leads_per_seller")}
    return (Text(desk.writer.sentence("leads_response", **counts, **days, **mean)),)


def _breaches(desk: Desk) -> list[Section]:
    found, word = desk.found("leads", "breaches"), desk.writer.word
    if not found:
        return []
    rows = [Row(_breach(desk, record)) for record in found]
    shown = top(rows, lambda left: (desk.others(len(left)), *(None,) * 7), LISTED)
    titles = ("lead", "name_of_lead", "lead_source", "owner", "lead_step", "created")
    columns = (
        *(Column(word(t), numeric=False, weight=0) for t in titles),
        *(Column(word(t)) for t in ("limit", "taken")),
    )
    return [
        detail(
            desk, "lead_breaches", (word("lead_breaches_note", n=len(found)),), Table("lead_breaches", columns, shown)
        )
    ]


def _breach(desk: Desk, record: Record) -> tuple[Cell, ...]:
    values, writer = record.values, desk.writer
    taken: Cell = (writer.word("still_waiting"),) if values["is_waiting"] else (record.days("days_taken"),)
    return (
        (str(values["lead_id"]),),
        (writer.name({"name": values["name"]}) if values["name"] else "",),
        (str(values["lead_source"]),),
        (desk.owner(record),),
        (writer.word(f"lead_step_{values['step']}"),),
        (writer.day(values["created_on"]),),
        (record.days("limit_days"),),
        taken,
    )
