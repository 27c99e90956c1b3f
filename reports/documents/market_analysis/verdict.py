"""The verdict: share and growth against the market first, then winning, then what waits for an answer."""

from dataclasses import replace

from reports.content import Figure, Sentence
from reports.documents.market_analysis.desk import Desk
from reports.documents.market_analysis.findings import counted
from reports.figures import difference, toned


def lead(desk: Desk) -> Sentence:
    """`Share of 12.3% (−0.8pp): we grew 1.2%, the market 5.0% (2024-H2).`, or what else is known."""
    return _share(desk) or _wins(desk) or _heard(desk) or desk.writer.sentence("lead_nothing")


def verdict(desk: Desk) -> Sentence:
    """What follows the lead."""
    first = lead(desk)
    said = [part for part in (_wins(desk), _heard(desk), _waiting(desk)) if part and part != first]
    between = () if desk.writer.language == "zh" else (" ",)
    return tuple(piece for place, part in enumerate(said) for piece in ((between if place else ()) + part))


def subject(desk: Desk) -> Sentence:
    """The mail's subject: period, status, unit, share, win rate, and what is overdue."""
    writer, period = desk.writer, desk.data.period
    start = writer.sentence(
        "market_subject", period=period.name(writer.language), status=writer.word(f"state_{period.state}"),
        scope=desk.unit,
    )  # fmt: skip
    parts = []
    if desk.share and desk.share.values["share_rate"] is not None:
        parts.append(writer.sentence("market_subject_share", share=desk.share.rate("share_rate")))
    win = desk.data.wins.rate("win_rate")
    if win.value is not None:
        parts.append(writer.sentence("market_subject_win", rate=win))
    if desk.overdue_items:
        parts.append(writer.sentence("market_subject_overdue", n=_overdue(desk)))
    separator = " " if writer.language == "zh" else ", "
    tail = tuple(piece for place, part in enumerate(parts) for piece in ((separator,) if place else (" ",)) + part)
    return (*start, *tail)


def _share(desk: Desk) -> Sentence:
    share, trend = desk.share, desk.trend
    if share is None or share.values["share_rate"] is None:
        return ()
    now = share.rate("share_rate")
    period = str(share.values["period_label"])
    change = share.figure("share_change", "points")
    own, market = (trend.rate(name) if trend else None for name in ("covered_growth_rate", "market_growth_rate"))
    if change.value is None or own is None or own.value is None or market is None or market.value is None:
        return desk.writer.sentence("lead_share_first", share=now, period=period)
    given = {"share": now, "change": toned(replace(change, signed=True), 1), "own": replace(own, signed=True)}
    return desk.writer.sentence("lead_share", market=replace(market, signed=True), period=period, **given)


def _wins(desk: Desk) -> Sentence:
    wins = desk.data.wins
    rate, count = wins.rate("win_rate", "no_closed"), wins.count("closed_count")
    if rate.value is None:
        return ()
    change = difference(rate, wins.rate("prior_year_win_rate"))
    if change.value is None:
        return desk.writer.sentence("said_win_first", rate=rate, n=count)
    return desk.writer.sentence("said_win", rate=rate, n=count, change=toned(change, 1))


def _heard(desk: Desk) -> Sentence:
    heard = desk.data.routing.count("mention_count")
    if not heard.value:
        return ()
    closed = desk.data.routing.rate("closed_loop_rate", "no_feedback")
    return desk.writer.sentence("said_heard", n=heard, closed=closed)


def _waiting(desk: Desk) -> Sentence:
    return desk.writer.sentence("said_overdue", n=_overdue(desk)) if desk.overdue_items else ()


def _overdue(desk: Desk) -> Figure:
    keys = (("org_unit_id", desk.data.scope["org_unit_id"]), ("is_overdue", "true"))
    return replace(counted(desk.overdue_items, keys), tone="bad")
