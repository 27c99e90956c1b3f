"""Quotations: how many become orders, what each round gives, and which offers have run out undecided."""

from reports.content import Cell, Column, Section
from reports.documents.pipeline import compared
from reports.documents.pipeline.data import Answers
from reports.documents.pipeline.desk import Desk
from reports.documents.pipeline.questions import Questions
from reports.figures import Record

MEASURES: compared.Measures = (
    ("quote_to_order_rate", "rate"), ("quote_to_order_value_rate", "rate"), ("decided_count", "count"), ("ordered_count", "count"),
    ("expired_count", "count"), ("rounds_per_quote", "ratio"), ("discount_per_round_rate", "rate"), ("ordered_discount_rate", "rate"),
    ("open_count", "count"), ("open_amount", "amount"), ("open_mean_age_days", "days"), ("expired_open_count", "count"),
)  # fmt: skip


def load(asked: Questions) -> Answers:
    """The unit's quotes, and those that are open although their day is past."""
    expired = asked.listed(
        "fct_quotes",
        "f.business_date",
        keys=("quote_id",),
        where="f.is_expired_open",
        order="f.net_amount desc nulls last, f.quote_id",
    )
    return {**compared.load(asked, "mart_quote"), "expired": expired}


def sections(desk: Desk) -> list[Section]:
    """Measures, and the offers to take up again."""
    if not desk.found("quotes", "now"):
        return desk.not_supplied("quotes")
    word = desk.writer.word
    note = (word("quotes_note", money=desk.writer.money),)
    written = [Section("quotes", word("quotes_title"), note, (compared.table(desk, "quotes", MEASURES),), half=True)]
    expired = desk.found("quotes", "expired")
    if expired:
        columns = (
            Column(word("customer"), numeric=False),
            Column(word("quote"), numeric=False, weight=0),
            Column(word("amount"), weight=0),
            Column(word("valid_until"), numeric=False, weight=0),
            Column(word("owner"), numeric=False, weight=0),
        )
        table = compared.open_list(desk, "quotes_expired", expired, columns, lambda record: _expired(desk, record))
        after = (word("as_of_note", day=desk.writer.day(desk.data.publication["as_of"])),)
        written.append(Section("quotes_expired", word("quotes_expired"), after, (table,), half=True))
    return written


def _expired(desk: Desk, record: Record) -> tuple[Cell, ...]:
    return (
        compared.customer(desk, record),
        (str(record.values["quote_id"]),),
        compared.figure(record, "net_amount", "amount"),
        (compared.short_day(desk, record, "valid_until"),),
        compared.owner(desk, record),
    )
