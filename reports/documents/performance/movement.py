"""Sales over the year, from target to actual, and the units against their targets."""

from dataclasses import replace
from decimal import Decimal

from reports.content import (
    BridgeChart,
    Bullet,
    BulletChart,
    Figure,
    Inline,
    Line,
    LineChart,
    Section,
    Sentence,
)  # fmt: skip
from reports.documents.performance.desk import Desk, Part, by_gap
from reports.documents.performance.verdict import unsplit
from reports.documents.shared.tables import TOP, filled
from reports.figures import Record, difference, ratio, toned, total

MONTHS = 12


def cumulative(desk: Desk) -> list[Section]:
    """Actual, plan and last year, month by month through the business year."""
    data, writer = desk.data, desk.writer
    if not data.months:
        return []
    actual = _through_year(data.months, "ytd_sales_amount")
    plan = _plan(data.months)
    before = _through_year(data.months_last_year, "ytd_sales_amount")
    lines = [Line(writer.word("last_year"), "before", before), Line(writer.word("plan"), "plan", plan),
             Line(writer.word("actual"), "actual", actual)]  # fmt: skip
    lines = [line for line in lines if any(point and point.value for point in line.points)]
    last, same = data.months[-1], len(data.months) - 1
    to_date = {
        "plan": last.amount("ytd_target_amount", "no_target"),
        "before": before[same] or last.amount("ytd_prior_year_sales_amount", "no_base"),
    }
    plain = "" if to_date["plan"].value is not None else "_plain"
    basis = writer.word(data.performance.values.get("sales_basis") or "invoiced_amount")
    title, note = writer.word("cumulative", basis=basis), writer.sentence(f"cumulative_note{plain}", **to_date)
    now = last.amount("ytd_sales_amount")
    alt = writer.sentence(f"cumulative_alt{plain}", basis=desk.basis, money=writer.money, actual=now, **to_date)
    chart = LineChart("cumulative", alt, _labels(desk), tuple(lines))
    return [Section("cumulative", title, note, (chart,), half=True)]


def _through_year(months: tuple[Record, ...], measure: str) -> tuple[Figure | None, ...]:
    points: list[Figure | None] = [month.amount(measure) for month in months]
    return tuple((points + [None] * MONTHS)[:MONTHS])


def _plan(months: tuple[Record, ...]) -> tuple[Figure | None, ...]:
    """Plan to date for the months that have begun, and the year's target at its end."""
    points = list(_through_year(months, "ytd_target_amount"))
    points[-1] = months[-1].amount("year_target_amount", "no_target")
    return tuple(points)


def _labels(desk: Desk) -> tuple[str, ...]:
    first = int(desk.data.months[0].values["period_label"][5:])
    return tuple(desk.writer.month((first - 1 + n) % MONTHS + 1, is_first=n == 0) for n in range(MONTHS))


def bridge(desk: Desk) -> list[Section]:
    """From target over each part's gap to actual; what the parts do not explain is a step of its own."""
    whole, writer = desk.whole, desk.writer
    known = [part for part in desk.parts if part.gap.value is not None]
    if whole.gap.value is None or not known:
        return []
    steps = _steps(desk, known)
    worst = max(steps, key=lambda step: abs(step[1].number))
    gap = toned(whole.gap, 1)
    alt = writer.sentence("bridge_alt", plan=whole.plan, actual=whole.actual, gap=gap, money=writer.money,
                          name=worst[0], worst=worst[1])  # fmt: skip
    ends = ((writer.word("target"), whole.plan), (writer.word("actual"), whole.actual))
    chart = BridgeChart("bridge", alt, ends[0], tuple(steps), ends[1])
    return [Section("bridge", writer.word("bridge"), (writer.word("bridge_note"),), (chart,), half=True, mailed=True)]


def _steps(desk: Desk, known: list[Part]) -> list[tuple[str, Figure]]:
    largest = sorted(known, key=lambda part: (-abs(part.gap.number), str(part.record.keys)))
    kept = by_gap(largest if len(known) <= TOP - 3 else largest[: TOP - 4])
    steps = [(part.name, part.gap) for part in kept]
    left = [part.gap for part in largest if part not in kept]
    if left:
        steps.append((desk.writer.word("others", n=len(left)), toned(total(left), 1)))
    rest = unsplit(desk)
    if rest.value and desk.writer.figure(replace(rest, signed=False)) != "0":
        steps.append((desk.writer.word("rest"), rest))
    return steps


def units(desk: Desk) -> list[Section]:
    """Bullets for the period and for the year to date, in the same order."""
    shown = [part for part in desk.parts if part.actual.value or part.plan.value]
    if len(shown) < 2 or all(part.plan.value is None for part in shown):
        return []
    now = _bullets(desk, shown, "")
    sections = [_unit_section(desk, "units", desk.span, now)]
    if desk.data.period.kind != "year":
        to_date = _bullets(desk, [desk.part(part.record, "ytd_") for part in shown], "ytd_")
        sections.append(_unit_section(desk, "units_ytd", desk.writer.word("ytd"), to_date))
    return sections


def _unit_section(desk: Desk, name: str, span: str, bullets: tuple[Bullet, ...]) -> Section:
    writer = desk.writer
    parts: list[Inline] = []
    for bullet in bullets[:3]:
        parts += writer.sentence(
            "units_alt_item", name=bullet.name, actual=bullet.actual, rate=bullet.rate, gap=bullet.gap
        )
    items = tuple(parts)
    alt: Sentence = filled(writer.sentence("units_alt", span=span, items="\0", money=writer.money), items)
    note, chart = (writer.word("units_note"),), BulletChart(name, alt, bullets)
    return Section(name, writer.word("units_now", span=span), note, (chart,), half=True, mailed=name == "units")


def _bullets(desk: Desk, parts: list[Part], prefix: str) -> tuple[Bullet, ...]:
    listed = [
        Bullet(part.name, part.actual, part.plan, part.before, part.rate, part.gap)
        for part in (parts if len(parts) <= TOP else parts[: TOP - 1])
    ]
    left = parts[TOP - 1 :] if len(parts) > TOP else []
    if left:
        actual, plan = total(part.actual for part in left), total(part.plan for part in left)
        name = desk.writer.word("others", n=len(left))
        with_plan = total(replace(part.actual, value=None) if part.plan.value is None else part.actual for part in left)
        listed.append(
            Bullet(name, actual, plan, total(part.before for part in left),
                   toned(ratio(with_plan, plan, "no_target"), 1, Decimal(1)),
                   toned(difference(with_plan, plan, "no_target"), 1))
        )  # fmt: skip
    return tuple(listed)
