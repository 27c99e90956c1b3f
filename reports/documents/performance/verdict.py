"""The verdict: attainment, gap and main cause first, then the year's pace and the money that is still out."""

from dataclasses import replace
from decimal import Decimal

from reports.content import Figure, Sentence
from reports.documents.performance.desk import Desk
from reports.figures import difference, growth, ratio, toned, total


def lead(desk: Desk) -> Sentence:
    """`94.1% of target, 1,700 short.`"""
    whole, writer = desk.whole, desk.writer
    if whole.rate.value is None or whole.gap.value is None:
        yoy = growth(whole.actual, whole.before)
        if yoy.value is None:
            return writer.sentence("lead_no_target_first", sales=whole.actual)
        return writer.sentence("lead_no_target", sales=whole.actual, yoy=yoy)
    key = "lead_short" if whole.gap.value < 0 else "lead_over"
    return writer.sentence(key, rate=replace(whole.rate, tone=""), gap=_size(whole.gap))


def subject(desk: Desk, scope: str) -> Sentence:
    """The mail's subject: period, status, unit, and the three numbers that matter."""
    writer, period, own = desk.writer, desk.data.period, desk.data.collection
    start = writer.sentence(
        "subject", period=period.name(writer.language), status=writer.word(f"state_{period.state}"), scope=scope
    )
    parts = [writer.sentence("subject_rate", rate=desk.whole.rate)] if desk.whole.rate.value is not None else []
    collected = own.rate("collection_rate")
    if collected.value is not None:
        parts.append(writer.sentence("subject_collected", rate=collected))
    change = difference(own.amount("overdue_amount"), desk.data.collection_before.amount("overdue_amount"))
    if change.value:
        parts.append(writer.sentence("subject_overdue", change=change))
    separator = " " if writer.language == "zh" else ", "
    tail = tuple(piece for place, part in enumerate(parts) for piece in ((separator,) if place else (" ",)) + part)
    return (*start, *tail)


def verdict(desk: Desk) -> Sentence:
    """What follows the lead."""
    return (*_cause(desk), *_pace(desk), *_collection(desk), *_overdue(desk))


def _size(gap: Figure) -> Figure:
    """A gap without its sign, where the words already say which way."""
    value = abs(gap.value) if gap.value is not None else None
    return replace(gap, value=value, measure=f"abs({gap.measure})", signed=False, tone="")


def _cause(desk: Desk) -> Sentence:
    """The part that explains most of the gap; what was never split to the parts may be the largest."""
    whole = desk.whole.gap
    known = [part for part in desk.parts if part.gap.value is not None]
    if whole.value is None or not known:
        return ()
    sign = -1 if whole.value < 0 else 1
    rest = unsplit(desk)
    main = known[0] if sign < 0 else known[-1]
    if rest.number * sign > max(main.gap.number * sign, Decimal(0)):
        return desk.writer.sentence("cause_rest", gap=rest)
    if main.gap.number * sign <= 0:
        return ()
    return desk.writer.sentence("cause" if sign < 0 else "cause_good", name=main.name, gap=main.gap, rate=main.rate)


def unsplit(desk: Desk) -> Figure:
    """The gap of the whole that its parts do not explain."""
    known = [part.gap for part in desk.parts if part.gap.value is not None]
    explained = total(known) if known else replace(desk.whole.gap, value=Decimal(0), measure="0")
    return toned(replace(difference(desk.whole.gap, explained), kind="amount"), 1)


def _pace(desk: Desk) -> Sentence:
    own = desk.data.performance
    ytd = own.amount("ytd_sales_amount")
    year = ratio(ytd, own.amount("year_target_amount", "no_target"), "no_target")
    to_date = ratio(ytd, own.amount("ytd_target_amount", "no_target"), "no_target")
    if year.value is None or to_date.value is None or desk.data.period.kind == "year":
        return ()
    return desk.writer.sentence("year_pace", ytd=to_date, year=year, time=own.rate("time_elapsed_rate"))


def _collection(desk: Desk) -> Sentence:
    now = desk.data.collection.rate("collection_rate", "no_due")
    variant = desk.data.collection.values.get("collection_rate_variant")
    if now.value is None or not variant:
        return ()
    name, change = desk.writer.word(variant), difference(now, desk.data.collection_before.rate("collection_rate"))
    if change.value is None:
        return desk.writer.sentence("collection_first", variant=name, rate=now)
    return desk.writer.sentence("collection_now", variant=name, rate=now, before=desk.before, change=toned(change, 1))


def _overdue(desk: Desk) -> Sentence:
    now = desk.data.collection.amount("overdue_amount")
    if not now.value:
        return ()
    share = ratio(now, desk.data.collection.amount("closing_receivable_amount"), "no_due")
    change = difference(now, desk.data.collection_before.amount("overdue_amount"))
    if change.value is None:
        return desk.writer.sentence("overdue_first", overdue=now, share=share)
    return desk.writer.sentence("overdue_now", overdue=now, share=share, before=desk.before, change=toned(change, -1))
