"""The three findings: candidates by fixed rules, ranked by the money at stake, each with evidence and confidence."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from reports.content import Cell, Column, Figure, Row, Section, Sentence, Table
from reports.documents.market_analysis.desk import ALL, BLANK, GATE, SURE, Desk
from reports.documents.shared.tables import without_empty_columns
from reports.figures import Record, difference, growth, ratio, toned, total

SHOWN = 3
POINT = Decimal("0.005")
COVERED, HALF_COVERED = Decimal("0.8"), Decimal("0.5")
Confidence = Literal["high", "medium", "low"]
RANK: tuple[Confidence, ...] = ("high", "medium", "low")


@dataclass(frozen=True)
class Finding:
    """What was found, how much money it is about, on how much evidence of which day, and how sure that is."""

    sentence: Sentence
    size: Figure
    evidence: Figure
    dated: date | None
    confidence: Confidence


def findings(desk: Desk) -> tuple[Finding, ...]:
    """At most three, each of another kind; weak evidence comes after good, then the larger sum comes first."""
    rules: tuple[Callable[[Desk], Finding | None], ...] = (_share, _competitor, _reason, _overdue, _rising)
    found = [finding for rule in rules if (finding := rule(desk)) is not None]
    if len(found) < SHOWN and (sales := _sales(desk)) is not None:
        found.append(sales)
    found.sort(key=lambda finding: (finding.confidence == "low", -abs(finding.size.number)))
    return tuple(found[:SHOWN])


def section(desk: Desk) -> list[Section]:
    """The findings as a table."""
    word, writer = desk.writer.word, desk.writer
    rows = tuple(
        Row((f.sentence, (f.size,), (f.evidence,), (writer.day(f.dated),), (word(f"confidence_{f.confidence}"),)))
        for f in findings(desk)
    )
    if not rows:
        return []
    columns = (
        Column(word("finding"), numeric=False, weight=1),
        Column(word("size"), weight=0),
        Column(word("evidence"), weight=0),
        Column(word("source_day"), numeric=False, weight=0),
        Column(word("confidence"), numeric=False, weight=0),
    )
    table = without_empty_columns(Table("findings", columns, rows))
    note = (word("findings_note", gate=GATE, sure=SURE, money=writer.money),)
    return [Section("findings", word("findings"), note, (table,), mailed=True)]


def _share(desk: Desk) -> Finding | None:
    """The segment whose share of the market moved most money."""
    moved = [
        record
        for record in desk.data.shares
        if record.values["territory_id"] == ALL and record.values["segment"] != ALL and abs(_moved(record)) >= POINT
    ]
    if not moved:
        return None

    def size(record: Record) -> Figure:
        market = record.amount("market_amount")
        measure = "share_change * market_amount"
        return toned(replace(market, value=_moved(record) * market.number, measure=measure, signed=True), 1)

    most = max(moved, key=lambda record: (abs(size(record).number), record.keys))
    trend = next((t for t in desk.data.trends if t.values["segment"] == most.values["segment"]), most)
    sentence = desk.writer.sentence(
        "finding_share",
        segment=desk.segment(most),
        share=most.rate("share_rate"),
        change=toned(replace(most.figure("share_change", "points"), signed=True), 1),
        own=replace(trend.rate("covered_growth_rate", "no_base"), signed=True),
        market=replace(trend.rate("market_growth_rate", "no_base"), signed=True),
    )
    return Finding(sentence, size(most), _stated(desk, most), most.values.get("published_on"), _covered(most))


def _moved(record: Record) -> Decimal:
    return record.figure("share_change", "points").number


def _stated(desk: Desk, record: Record) -> Figure:
    """How many cells of the segment the source states itself."""
    segment = record.values["segment"]
    stated = sum(1 for r in desk.data.shares if r.values["segment"] == segment and r.values["is_given"])
    return Figure(Decimal(stated), "count", record.mart, "count(*) where is_given", record.keys)


def _covered(record: Record) -> Confidence:
    coverage = record.rate("coverage_rate").number
    return "high" if coverage >= COVERED else "medium" if coverage >= HALF_COVERED else "low"


def _counted(count: Figure) -> Confidence:
    return "high" if count.number >= SURE else "medium" if count.number >= GATE else "low"


def _competitor(desk: Desk) -> Finding | None:
    """The competitor against whom least is won, of those met often enough, where that is less than usual."""
    usual = desk.data.wins.rate("win_rate", "no_closed")
    met = [
        record
        for record in named(desk)
        if record.count("closed_count").number >= GATE and record.rate("win_rate").number < usual.number
    ]
    if not met:
        return None
    worst = min(met, key=lambda record: (record.rate("win_rate").number, record.keys))
    sentence = desk.writer.sentence(
        "finding_competitor",
        name=desk.competitor(worst),
        rate=replace(worst.rate("win_rate"), tone="bad"),
        usual=usual,
        lost=worst.count("lost_count"),
    )
    size = toned(_negative(worst.amount("lost_amount")), 1)
    count = worst.count("closed_count")
    return Finding(sentence, size, count, desk.data.period.last_day, _counted(count))


def named(desk: Desk) -> list[Record]:
    """The competitors themselves, without the rows for any and for none."""
    return [r for r in desk.data.competitors if r.values["competitor_id"] not in ("any", "none")]


def _negative(figure: Figure) -> Figure:
    value = None if figure.value is None else -figure.value
    return replace(figure, value=value, measure=f"-{figure.measure}", signed=True)


def _reason(desk: Desk) -> Finding | None:
    """The reason given for most of what was lost."""
    given = [r for r in desk.data.lost_reasons if r.values["lost_reason"] != BLANK and r.values["lost_amount"]]
    if not given:
        return None
    main = given[0]
    sentence = desk.writer.sentence(
        "finding_reason",
        reason=desk.writer.name({"name": main.values["lost_reason"]}),
        share=main.rate("amount_share_rate"),
        before=desk.before,
        change=replace(difference(main.amount("lost_amount"), main.amount("prior_lost_amount")), tone=""),
    )
    count = main.count("lost_count")
    size = toned(_negative(main.amount("lost_amount")), 1)
    return Finding(sentence, size, count, desk.data.period.last_day, _counted(count))


def _overdue(desk: Desk) -> Finding | None:
    """The theme with the largest value for which an answer is overdue."""
    themes: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in desk.overdue_items:
        themes[record.values["kind"], record.values["theme"] or BLANK].append(record)
    if not themes:
        return None
    kind, theme = max(themes, key=lambda key: (_value(themes[key]).number, key))
    late = themes[kind, theme]
    longest = max(late, key=lambda record: (record.values["days_overdue"], record.keys))
    count = counted(late, (("kind", kind), ("theme", theme)))
    sentence = desk.writer.sentence(
        "finding_overdue",
        kind=desk.writer.word(f"kind_{kind}"),
        theme=desk.theme(late[0].values),
        n=count,
        days=longest.count("days_overdue"),
    )
    received = max(record.values["received_on"] for record in late)
    return Finding(sentence, replace(_value(late), keys=count.keys), count, received, _counted(count))


def _value(records: Iterable[Record]) -> Figure:
    return total(record.amount("attached_amount") for record in records)


def counted(records: Sequence[Record], keys: tuple[tuple[str, str], ...]) -> Figure:
    """How many records there are, found again by `keys`."""
    return Figure(Decimal(len(records)), "count", records[0].mart, "count(*)", keys)


def _rising(desk: Desk) -> Finding | None:
    """The theme that is new or heard more often than before, with the largest value."""
    rising = [
        r
        for r in desk.data.themes
        if r.count("mention_count").number > 1
        and (r.values["is_new_theme"] or r.count("mention_change_count").number * 2 >= r.count("mention_count").number)
    ]
    if not rising:
        return None
    most = max(rising, key=lambda record: (record.amount("attached_amount").number, record.keys))
    count = most.count("mention_count")
    sentence = desk.writer.sentence(
        "finding_new" if most.values["is_new_theme"] else "finding_rising",
        kind=desk.writer.word(f"kind_{most.values['kind']}"),
        theme=desk.theme(most.values),
        n=count,
        before=desk.before,
        change=replace(most.count("mention_change_count"), signed=True),
    )
    return Finding(sentence, most.amount("attached_amount"), count, desk.data.period.last_day, _counted(count))


def _sales(desk: Desk) -> Finding | None:
    """Where the market says little: the segment or channel whose own figures moved most."""
    of = [r for r in desk.data.segments if r.values["segment"] != ALL]
    moved = [(toned(difference(r.amount("sales_amount"), r.amount("prior_year_sales_amount")), 1), r) for r in of]
    moved = [(size, record) for size, record in moved if size.value]
    if not moved:
        return None
    size, most = max(moved, key=lambda pair: (abs(pair[0].number), pair[1].keys))
    yoy = growth(most.amount("sales_amount"), most.amount("prior_year_sales_amount"))
    mix = ratio(most.amount("sales_amount"), total(r.amount("sales_amount") for r in of), "no_sales")
    sentence = desk.writer.sentence("finding_sales", segment=desk.segment(most), yoy=yoy, mix=mix)
    count = most.count("customer_count")
    return Finding(sentence, size, count, desk.data.period.last_day, _counted(count))


def cell(figure: Figure) -> Cell:
    """A figure, or a dash where the question does not arise."""
    return (figure,) if figure.value is not None else None
