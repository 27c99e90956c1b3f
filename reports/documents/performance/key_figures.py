"""The table of key figures: each measure in the period, against target, a year and a period before, and to date."""

from dataclasses import replace

from reports.content import Cell, Column, Figure, Row, Section, Table, Text, figures
from reports.documents.performance.desk import FULL, Desk
from reports.documents.shared.tables import without_column, without_empty_columns
from reports.figures import Record, difference, growth, ratio, toned

AMOUNTS = ("booked_amount", "invoiced_amount", "gross_margin_amount", "collected_amount")
LEDGER = ("opening_receivable_amount", "invoiced_amount", "closing_receivable_amount", "collected_amount")
VARIANTS = ("cash_over_billed", "balance_based", "cash_over_opening_ar", "due_in_period", "due_incl_overdue",
            "plan_attainment", "on_time", "contract_progress", "shipped_based")  # fmt: skip
RATES = ("plan_attainment", "due_in_period")
RECEIVABLES = ("closing_receivable_amount", "overdue_amount")


def section(desk: Desk) -> Section:
    """The key figures; measures that the company does not supply are named below the table, not shown empty."""
    rows = {name: _amount(desk, name) for name in AMOUNTS}
    rows["gross_margin_rate"] = _margin_rate(desk) if rows["gross_margin_amount"] else None
    headline = desk.data.collection.values.get("collection_rate_variant") or RATES[0]
    rows |= {name: _collection_rate(desk, f"{name}_rate") for name in dict.fromkeys((headline, *RATES))}
    rows |= {name: _receivable(desk, name) for name in RECEIVABLES}
    rows["backlog_amount"] = _backlog(desk)
    rows["new_customer_count"] = _new_customers(desk)
    word = desk.writer.word
    missing = tuple(_label(desk, name) for name, cells in rows.items() if cells is None)
    if not any(f.value is not None for cells in rows.values() if cells for f in figures(cells[1])):
        missing += (word("target"),)
    shown = tuple(
        Row(((_label(desk, name),), *cells), role="" if name in AMOUNTS else "minor")
        for name, cells in rows.items()
        if cells is not None
    )
    table = without_empty_columns(Table("key_figures", _columns(desk), shown))
    if desk.data.period.kind == "year":
        table = without_column(table, word("change_year"))
    note = (Text(desk.writer.sentence("not_supplied", names=desk.listed(missing))),) if missing else ()
    return Section("key_figures", word("key_figures"), (desk.writer.money,), (table, *note), mailed=True)


def _label(desk: Desk, name: str) -> str:
    """The measure in words; a collection rate goes by the name of its variant."""
    variant = name.removesuffix("_rate")
    if variant not in VARIANTS:
        return desk.writer.word(name)
    text = desk.writer.word(variant)
    return text[:1].upper() + text[1:]


def _columns(desk: Desk) -> tuple[Column, ...]:
    word, kind = desk.writer.word, desk.data.period.kind
    titles = (desk.span, word("target"), word("attainment"), word("yoy"), word(f"change_{kind}"))
    totals = (word("ytd"), word("ytd_attainment"), word("year_time"))
    return (Column("", numeric=False, weight=1.5), *(Column(title) for title in (*titles, *totals[:2])),
            Column(totals[2], weight=1.4))  # fmt: skip


def _amount(desk: Desk, name: str) -> tuple[Cell, ...] | None:
    own = desk.data.performance
    actual, before, ytd = own.amount(name), own.amount(f"prior_year_{name}", "no_base"), own.amount(f"ytd_{name}")
    prior, target = own.amount(f"prior_{name}", "no_base"), own.amount(f"target_{name}", "no_target")
    if not any(figure.value for figure in (actual, before, ytd, prior, target)):
        return None
    return (
        (actual,),
        (target,),
        (toned(ratio(actual, target, "no_target"), 1, FULL),),
        (toned(growth(actual, before), 1),),
        (toned(growth(actual, prior), 1),),
        (ytd,),
        (ratio(ytd, own.amount(f"ytd_target_{name}", "no_target"), "no_target"),),
        _year(own, ytd, own.amount(f"year_target_{name}", "no_target")),
    )


def _year(own: Record, ytd: Figure, target: Figure) -> Cell:
    """How much of the year's target is reached, against how much of the year is gone."""
    reached = ratio(ytd, target, "no_target")
    return (reached, " / ", own.rate("time_elapsed_rate")) if reached.value is not None else None


def _margin_rate(desk: Desk) -> tuple[Cell, ...] | None:
    own = desk.data.performance

    def rate(prefix: str) -> Figure:
        return ratio(own.amount(f"{prefix}gross_margin_amount"), own.amount(f"{prefix}booked_amount"), "no_sales")

    now, target = rate(""), rate("target_")
    if now.value is None:
        return None
    target = replace(target, reason="no_target")
    changes = [toned(difference(now, rate(prefix)), 1) for prefix in ("prior_year_", "prior_")]
    against = toned(difference(now, target, "no_target"), 1)
    return ((now,), (target,), (against,), (changes[0],), (changes[1],), (rate("ytd_"),), None, None)


def _collection_rate(desk: Desk, name: str) -> tuple[Cell, ...] | None:
    data = desk.data
    if not _has_ledger(desk):
        return None
    now = data.collection.rate(name, "no_due")
    last_year, prior = data.collection_last_year.rate(name, "no_base"), data.collection_before.rate(name, "no_base")
    changes = [toned(difference(now, other), 1) for other in (last_year, prior)]
    return ((now,), None, None, (changes[0],), (changes[1],), None, None, None)


def _receivable(desk: Desk, name: str) -> tuple[Cell, ...] | None:
    data, writer = desk.data, desk.writer
    now = data.collection.amount(name)
    last_year, prior = data.collection_last_year.amount(name, "no_base"), data.collection_before.amount(name, "no_base")
    if not _has_ledger(desk):
        return None
    changes = [toned(growth(now, other), -1) for other in (last_year, prior)]
    if name == "overdue_amount":
        share = ratio(now, data.collection.amount("closing_receivable_amount"), "no_due")
        remark = writer.sentence("overdue_share", share=share)
    else:
        remark = writer.sentence("dso_days", days=data.collection.days("dso_days", "no_sales"))
    return ((now,), None, None, (changes[0],), (changes[1],), None, None, remark)


def _has_ledger(desk: Desk) -> bool:
    data = desk.data
    books = (data.collection, data.collection_before, data.collection_last_year)
    return any(book.values.get(measure) for book in books for measure in LEDGER)


def _backlog(desk: Desk) -> tuple[Cell, ...] | None:
    own = desk.data.performance
    now = own.amount("backlog_amount")
    if not now.value:
        return None
    changes = [
        (toned(growth(now, own.amount(f"{prefix}backlog_amount", "no_base")), 1),)
        if own.values.get(f"{prefix}backlog_amount") is not None
        else None
        for prefix in ("prior_year_", "prior_")
    ]
    return ((now,), None, None, *changes, None, None, None)


def _new_customers(desk: Desk) -> tuple[Cell, ...] | None:
    own, name = desk.data.performance, "new_customer_count"
    now, ytd, target = own.count(name), own.count(f"ytd_{name}"), own.count(f"target_{name}", "no_target")
    if now.value is None:
        return None
    changes = [
        (toned(difference(now, own.count(f"{prefix}{name}", "no_base")), 1),) for prefix in ("prior_year_", "prior_")
    ]
    return (
        (now,),
        (target,),
        (toned(ratio(now, target, "no_target"), 1, FULL),),
        *changes,
        (ytd,),
        (ratio(ytd, own.count(f"ytd_target_{name}", "no_target"), "no_target"),),
        _year(own, ytd, own.count(f"year_target_{name}", "no_target")),
    )
