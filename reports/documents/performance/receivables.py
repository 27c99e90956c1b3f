"""Money that is still out: the roll-forward, its age, and who owes it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from reports.content import Cell, Column, Figure, Inline, Row, Section, StackedChart, Table, Words
from reports.documents.performance.desk import Desk
from reports.documents.shared.tables import filled, summed, top
from reports.figures import Record, difference, toned, total
from reports.text import Writer

NARROW = 19
OPENING, CLOSING = "opening_receivable_amount", "closing_receivable_amount"
STEPS = (
    ("plus_invoiced", "invoiced_amount", 1),
    ("minus_credit_notes", "credit_note_amount", -1),
    ("minus_applied", "applied_amount", -1),
    ("minus_written_off", "written_off_amount", -1),
)


def roll_forward(desk: Desk) -> list[Section]:
    """Opening to closing; what the listed steps do not explain is shown as a step of its own."""
    own, writer = desk.data.collection, desk.writer
    opening, closing = own.amount(OPENING), own.amount(CLOSING)
    if closing.value is None or opening.value is None or not (opening.value or closing.value):
        return []
    rows = [Row(((writer.word(OPENING),), (opening,)))]
    explained = opening.value
    for key, measure, sign in STEPS:
        step = own.amount(measure)
        if step.value:
            explained += sign * step.value
            rows.append(Row(((writer.word(key),), (step,)), role="minor"))
    if closing.value != explained:
        formula = f"{CLOSING} - {OPENING} - " + " ".join(f"{'-' if s > 0 else '+'} {m}" for _, m, s in STEPS)
        other = replace(closing, value=closing.value - explained, measure=formula, signed=True)
        rows.append(Row(((writer.word("plus_other"),), (other,)), role="minor"))
    rows.append(Row(((writer.word("equals_closing"),), (closing,)), role="total"))
    overdue = own.amount("overdue_amount")
    if overdue.value is not None:
        rows.append(Row(((writer.word("of_which_overdue"),), (replace(overdue, tone="bad" if overdue.value else ""),))))
    columns = (Column("", numeric=False, weight=2), Column(writer.money))
    table = Table("roll_forward", columns, tuple(rows))
    return [Section("receivables", writer.word("receivables"), (writer.word("receivables_note"),), (table,), half=True)]


def _measures(desk: Desk) -> tuple[Table, ...]:
    """The headline rate and how long the money is out, four to a row."""
    own, writer = desk.data.collection, desk.writer
    listed = [
        (writer.word("dso_label"), own.days("dso_days", "no_sales")),
        (writer.word("dso_countback_label"), own.days("dso_countback_days", "no_sales")),
        (writer.word("cei_label"), own.rate("cei_rate", "no_due")),
    ]
    variant = own.values.get("collection_rate_variant")
    if variant:
        name = writer.word("headline_rate", variant=writer.word(variant))
        listed.insert(0, (name, own.rate("collection_rate", "no_due")))
    known = [(name, figure) for name, figure in listed if figure.value is not None]
    if not known:
        return ()
    columns = tuple(Column(name, weight=2 if place == 0 and variant else 1.2) for place, (name, _) in enumerate(known))
    return (Table("days_outstanding", columns, (Row(tuple((figure,) for _, figure in known)),)),)


def ageing(desk: Desk) -> list[Section]:
    """Receivables by age, against the period before."""
    data, writer = desk.data, desk.writer
    now = {record.values["bucket"]: record.amount("open_amount") for record in data.ageing}
    if not any(figure.value for figure in now.values()):
        return []
    old = {record.values["bucket"]: record.amount("open_amount") for record in data.ageing_before}
    order = {record.values["bucket"]: record.values["bucket_order"] for record in (*data.ageing_before, *data.ageing)}
    buckets = sorted(order, key=lambda bucket: (order[bucket], bucket))
    bars = [(desk.span, _bar(now, buckets))]
    if any(figure.value for figure in old.values()):
        bars.append((desk.before, _bar(old, buckets)))
    items: list[Inline] = []
    for bucket, figure in zip(buckets, bars[0][1], strict=True):
        items += writer.sentence("ageing_alt_item", bucket=_bucket(writer, bucket), amount=figure)
    alt = writer.sentence("ageing_alt", bar=desk.span, total=total(bars[0][1]), items="\0", money=writer.money)
    parts = tuple(_bucket(writer, bucket) for bucket in buckets)
    chart = StackedChart("ageing", filled(alt, tuple(items)), parts, tuple(bars))
    overdue = data.collection.amount("overdue_amount")
    change = toned(difference(overdue, data.collection_before.amount("overdue_amount")), -1)
    key = "ageing_note" if change.value is not None else "ageing_note_first"
    given: dict[str, Inline] = {"overdue": overdue, "change": change}
    return [
        Section("ageing", writer.word("ageing"), writer.sentence(key, **given), (chart, *_measures(desk)), half=True)
    ]


def _bar(amounts: dict[str, Figure], buckets: list[str]) -> tuple[Figure, ...]:
    known = next(iter(amounts.values()))
    nothing = replace(known, value=Decimal(0))
    return tuple(
        amounts.get(bucket) or replace(nothing, keys=(("bucket", bucket), *known.keys[1:])) for bucket in buckets
    )


def _bucket(writer: Writer, bucket: str) -> str:
    if bucket == "not_due":
        return writer.word("bucket_not_due")
    return writer.word("bucket_days", days=bucket.replace("-", "–"))


def overdue_customers(desk: Desk) -> list[Section]:
    """The customers who owe most that is overdue, with the owner and what was promised."""
    found, writer = desk.data.overdue_customers, desk.writer
    if not found:
        return []
    rows = [Row(_debtor(desk, record)) for record in found]

    def others(left: object) -> tuple[Cell, ...]:
        rest = found[len(found) - len(left) :]  # type: ignore[arg-type]
        return (desk.others(len(rest)), (summed(record.amount("overdue_amount") for record in rest),), None, None, None)

    word = writer.word
    columns = (
        Column(word("customer"), numeric=False),
        Column(word("overdue_column"), weight=0),
        Column(word("days_column"), weight=0),
        Column(word("owner"), numeric=False, weight=0),
        Column(word("promised"), numeric=False, weight=0),
    )
    first = found[0]
    count = Figure(Decimal(len(found)), "count", first.mart, "count(distinct customer_id)", first.keys[1:])
    note = writer.sentence(
        "overdue_note",
        n=count,
        items=total((record.count("item_count") for record in found), first.keys[1:]),
        amount=total((record.amount("overdue_amount") for record in found), first.keys[1:]),
    )
    table = Table("overdue", columns, top(rows, others))
    return [Section("overdue", word("overdue"), note, (table,), half=True, mailed=True)]


def _debtor(desk: Desk, record: Record) -> tuple[Cell, ...]:
    writer = desk.writer
    owner = writer.name(record.values, "owner_") if record.values.get("owner_name") else ""
    return (
        (writer.short_name(record.values, NARROW),),
        (replace(record.amount("overdue_amount"), tone="bad"),),
        (record.count("days_overdue"),),
        (owner,),
        (promise(desk, record.values.get("promised_on")),),
    )


def promise(desk: Desk, day: date | None) -> Words:
    """A promised day, and whether it has passed."""
    writer, last_day = desk.writer, desk.data.period.last_day
    if day is None:
        return Words(writer.word("promise_none"), "muted")
    short = writer.short_day(day, last_day)
    return Words(writer.word("promise_passed", day=short), "bad") if day <= last_day else Words(short)
