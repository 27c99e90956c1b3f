"""What is not in order: approvals beyond authority, faults of the organisation, and who bears which duty."""

from reports.content import Cell, Column, Section
from reports.documents.quarter_review.desk import Desk
from reports.figures import Record

LEVELS = ("company", "region", "department", "team")
INVOLVEMENTS = ("accountable", "responsible", "consulted", "informed")


def exceptions(desk: Desk) -> Section:
    """Approvals beyond the authority of who gave them."""
    word = desk.writer.word
    texts = ("approver", "requester", "kind", "document", "approved_on", "problem")
    columns = (
        *(Column(word(f"qr_{title}"), numeric=False, weight=0) for title in texts),
        *(Column(word(f"qr_{title}")) for title in ("asked", "allowed", "excess")),
    )

    def cells(record: Record) -> tuple[Cell, ...]:
        values = record.values
        is_share = values["kind"] in ("discount", "price")
        return (
            (desk.named(values["approved_by_employee_id"]),),
            (desk.named(values["requested_by_employee_id"]),),
            (word(f"qr_kind_{values['kind']}"),),
            (str(values["document_id"] or ""),),
            (desk.writer.day(values["approved_on"]),),
            (word(f"qr_{values['problem']}"),),
            *((record.rate(f"{name}_rate") if is_share else record.amount(f"{name}_amount"),)
              for name in ("asked", "allowed", "excess")),
        )  # fmt: skip

    return desk.section("exceptions", "dim_authority", desk.data.exceptions, columns, cells)


def organisation(desk: Desk) -> Section:
    """What is wrong with units and people today, since when, and how to mend it."""
    word = desk.writer.word
    columns = (
        Column(word("qr_thing"), numeric=False, weight=0),
        Column(word("qr_problem"), numeric=False, weight=2),
        Column(word("qr_since"), numeric=False, weight=0),
        Column(word("qr_items"), weight=0),
        Column(word("qr_amount"), weight=0),
        Column(word("qr_mend"), numeric=False, weight=2),
    )

    def cells(record: Record) -> tuple[Cell, ...]:
        values = record.values
        return (
            (desk.writer.name(values),),
            (desk.said(record, "says"),),
            (desk.writer.day(values["since"]),),
            (record.count("item_count"),) if values["item_count"] is not None else None,
            (record.amount("amount"),) if values["amount"] is not None else None,
            (desk.said(record, "mend"),),
        )

    return desk.section("organisation", "mart_headcount", desk.data.problems, columns, cells)


def duties(desk: Desk) -> list[Section]:
    """The duty table of the whole company, each duty with what is wrong with it."""
    if not desk.data.is_whole:
        return []
    word = desk.writer.word
    titles = ("duty", *INVOLVEMENTS, "problem")
    columns = tuple(Column(word(f"qr_{title}"), numeric=False) for title in titles)
    first = {str(record.values["duty_id"]): record for record in reversed(desk.data.duties)}
    one_each = sorted(first.values(), key=lambda record: (record.values["duty_order"], record.keys))

    def cells(record: Record) -> tuple[Cell, ...]:
        duty = record.values["duty_id"]
        told = [desk.said(one, "says") for one in desk.data.duty_problems if one.values["duty_id"] == duty]
        bearers = [(_bearers(desk, duty, how),) for how in INVOLVEMENTS]
        return ((desk.said(record, "name"),), *bearers, (desk.listed(tuple(told)),))

    return [desk.section("duties", "dim_duty", one_each, columns, cells, detail=True)]


def _bearers(desk: Desk, duty: str, involvement: str) -> str:
    found = [
        r.values for r in desk.data.duties if (r.values["duty_id"], r.values["involvement"]) == (duty, involvement)
    ]
    names = [
        _level(desk, str(one["bearer"])) if one["bearer_kind"] == "level" else desk.named(one["bearer"])
        for one in found
    ]
    return desk.listed(tuple(names))


def _level(desk: Desk, level: str) -> str:
    """Every unit of a level: the usual levels by their name, a company's own as it calls them."""
    known = desk.writer.word(f"qr_level_{level}") if level in LEVELS else level
    return desk.writer.word("qr_every_unit_of", level=known)
