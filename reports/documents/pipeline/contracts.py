"""Contracts: signed in time, for the amount that was won; and deals won without one."""

from reports.content import Cell, Column, Section, Words
from reports.documents.pipeline import compared
from reports.documents.pipeline.data import Answers
from reports.documents.pipeline.desk import Desk
from reports.documents.pipeline.questions import Questions
from reports.figures import Record

MEASURES: compared.Measures = (
    ("signed_count", "count"), ("signed_amount", "amount"), ("signed_in_time_rate", "rate"), ("won_to_signed_median_days", "days"),
    ("signed_to_ordered_median_days", "days"), ("difference_amount", "amount"), ("without_attachment_count", "count"),
    ("without_contract_count", "count"), ("without_contract_amount", "amount"),
)  # fmt: skip


def load(asked: Questions) -> Answers:
    """The unit's contracts, and won deals that are to have one and have none."""
    unsigned = asked.listed(
        "mart_won_to_cash",
        "f.business_date",
        keys=("opportunity_id",),
        where="f.won_on is not null and f.contract_count = 0",
        order="f.sign_by, f.opportunity_id",
    )
    return {**compared.load(asked, "mart_contract"), "unsigned": unsigned}


def sections(desk: Desk) -> list[Section]:
    """Measures, and deals without a contract, the longest overdue first."""
    if not desk.found("contracts", "now"):
        return desk.not_supplied("contracts")
    word = desk.writer.word
    note = (word("contracts_note", money=desk.writer.money),)
    written = [
        Section("contracts", word("contracts_title"), note, (compared.table(desk, "contracts", MEASURES),), half=True)
    ]
    unsigned = desk.found("contracts", "unsigned")
    if unsigned:
        columns = (
            Column(word("customer"), numeric=False),
            Column(word("deal"), numeric=False, weight=0),
            Column(word("amount"), weight=0),
            Column(word("sign_by"), numeric=False, weight=0),
            Column(word("owner"), numeric=False, weight=0),
        )
        table = compared.open_list(desk, "contracts_missing", unsigned, columns, lambda record: _deal(desk, record))
        after = (word("as_of_note", day=desk.writer.day(desk.data.publication["as_of"])),)
        written.append(Section("contracts_missing", word("contracts_missing"), after, (table,), half=True))
    return written


def _deal(desk: Desk, record: Record) -> tuple[Cell, ...]:
    late = record.values["sign_by"] is not None and record.values["sign_by"] < desk.data.publication["as_of"]
    return (
        compared.customer(desk, record),
        (str(record.values["opportunity_id"]),),
        compared.figure(record, "won_amount", "amount"),
        (Words(compared.short_day(desk, record, "sign_by"), "bad" if late else ""),),
        compared.owner(desk, record),
    )
