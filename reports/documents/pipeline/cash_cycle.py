"""From order to cash: the days of each step against last year, what arrives on time in full, and what waits to be shipped."""

from dataclasses import replace

from reports.content import Cell, Column, Figure, Inline, Row, Section, StackedChart, Table
from reports.documents.pipeline import compared
from reports.documents.pipeline.data import Answers
from reports.documents.pipeline.desk import Desk
from reports.documents.pipeline.questions import Questions
from reports.documents.shared.tables import filled, without_empty_columns
from reports.figures import Record, difference, toned

STEPS = ("order_to_ship", "ship_to_invoice", "invoice_to_cash")
BACKLOG: compared.Measures = (
    ("order_count", "count"), ("ordered_amount", "amount"), ("unshipped_line_count", "count"), ("unshipped_amount", "amount"),
    ("unshipped_median_days", "days"), ("unshipped_oldest_days", "days"), ("past_promise_amount", "amount"), ("over_limit_amount", "amount"),
)  # fmt: skip


def load(asked: Questions) -> Answers:
    """The unit's steps, and its orders."""
    return {"steps": asked.of_unit("mart_order_to_cash"), **compared.load(asked, "mart_order")}


def sections(desk: Desk) -> list[Section]:
    """The picture, the same in figures, and what is ordered and not shipped."""
    steps = desk.one("cash_cycle", "steps")
    if steps is None:
        return desk.not_supplied("cash_cycle")
    word = desk.writer.word
    picture = [
        Section("cash_cycle", word("cash_cycle_title"), (word("cash_cycle_note"),), (_chart(desk, steps),), half=True)
    ]
    figures = Section(
        "cash_cycle_figures",
        word("cash_cycle_figures"),
        (word("cash_cycle_weighted"),),
        (_table(desk, steps),),
        half=True,
    )
    backlog = compared.table(desk, "cash_cycle", BACKLOG)
    orders = Section(
        "orders",
        word("orders"),
        (word("orders_note", money=desk.writer.money),),
        (replace(backlog, name="orders"),),
        half=True,
    )
    return [*(picture if _known(steps, "") else []), figures, orders]


def _known(steps: Record, prefix: str) -> bool:
    return all(steps.values[f"{prefix}{step}_median_days"] is not None for step in STEPS)


def _chart(desk: Desk, steps: Record) -> StackedChart:
    """Two bars: the median days of the steps now, and a year before."""
    word, writer = desk.writer.word, desk.writer
    bars = [
        (name, tuple(steps.days(f"{prefix}{step}_median_days") for step in STEPS))
        for name, prefix in ((desk.span, ""), (word("last_year"), "prior_year_"))
        if _known(steps, prefix)
    ]
    items: list[Inline] = []
    for name, figures in bars:
        for step, figure in zip(STEPS, figures, strict=True):
            items += writer.sentence("cash_cycle_alt_item", bar=name, step=word(f"step_{step}"), days=figure)
    alt = filled(writer.sentence("cash_cycle_alt", items="\0"), tuple(items))
    return StackedChart("cash_cycle", alt, tuple(word(f"step_{step}") for step in STEPS), tuple(bars))


def _table(desk: Desk, steps: Record) -> Table:
    word = desk.writer.word
    rows = [
        Row(_step(desk, steps, step), role="total" if step == "order_to_cash" else "")
        for step in (*STEPS, "order_to_cash")
    ]
    rate, before = (steps.rate(f"{prefix}on_time_in_full_rate", "no_base") for prefix in ("", "prior_year_"))
    otif: tuple[Cell, ...] = (
        (word("m_on_time_in_full_rate"),),
        (rate,),
        (before,),
        (toned(difference(rate, before), 1),),
        None,
    )
    titles = ("median_days", "last_year", "change", "mean_days")
    columns = (
        Column("", numeric=False, weight=3),
        *(Column(word(title)) for title in titles),
        Column(word("line_count")),
    )
    count = steps.count("due_line_count")
    rows.append(Row((*otif, (count,))))
    return without_empty_columns(Table("cash_cycle_figures", columns, tuple(rows)))


def _step(desk: Desk, steps: Record, step: str) -> tuple[Cell, ...]:
    now: Figure = steps.days(f"{step}_median_days")
    before = steps.days(f"prior_year_{step}_median_days", "no_base")
    change = toned(difference(now, before), -1)
    mean, lines = steps.days(f"{step}_mean_days"), steps.count(f"{step}_line_count")
    return (desk.writer.word(f"step_{step}"),), (now,), (before,), (change,), (mean,), (lines,)
