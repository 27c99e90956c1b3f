"""What moves money does not jump, does not reward lateness, and is not promised twice."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, pairwise

from rulebook.bands import Band
from rulebook.book import Stated
from rulebook.chapters.bonus import Bonus
from rulebook.chapters.commission import Commission
from rulebook.chapters.promotions import Promotion
from rulebook.chapters.rebates import Rebate
from rulebook.check.finding import Check, Finding, Written
from salesops.errors import UserError

EXAMPLE = Decimal(1_000_000)
"""The amount, in yuan, by which a cliff of rates is told."""

MEND = "Let the rate hold for its own band (`kind: marginal`), or make the step smaller."


def commission_cliff(book: Written) -> Iterator[Finding]:
    """At an edge of attainment the commission on everything jumps."""
    for one, rule in book.of(Commission):
        if rule.tiers.kind == "whole_period":
            for number, (low, high) in enumerate(pairwise(rule.tiers.bands), start=1):
                jump = EXAMPLE * (high.rate - low.rate)
                what = (
                    f"at {_percent(high.from_)} attainment the commission jumps: "
                    f"on {EXAMPLE:,.0f} yuan it is {jump:,.0f} yuan more than just below."
                )
                error = UserError(what, where=one.where("tiers", "bands", number), mend=MEND)
                yield Finding("hint", rule.id, error)


def rebate_cliff(book: Written) -> Iterator[Finding]:
    """At an edge the rebate on everything jumps."""
    for one, rule in book.of(Rebate):
        if rule.kind == "whole_period":
            for number, (low, high) in enumerate(pairwise(rule.bands), start=1):
                jump = high.from_ * (high.rate - low.rate)
                what = f"at {high.from_:,.0f} the rebate jumps by {jump:,.0f}, for one yuan or piece more."
                yield Finding("hint", rule.id, UserError(what, where=one.where("bands", number), mend=MEND))


def bonus_cliff(book: Written) -> Iterator[Finding]:
    """One step of a bonus is more than half of all of it."""
    for one, rule in book.of(Bonus):
        most = max(band.amount for band in rule.bands)
        for number, (low, high) in enumerate(pairwise(rule.bands), start=1):
            if len(rule.bands) > 2 and high.amount - low.amount > most / 2:
                what = f"one step of the bonus is {high.amount - low.amount:,.0f} of {most:,.0f} yuan."
                mend = "Add bands between, unless that is meant."
                yield Finding("hint", rule.id, UserError(what, where=one.where("bands", number), mend=mend))


def falling_rate(book: Written) -> Iterator[Finding]:
    """Who sells more earns less."""
    for one, rule in book.of(Commission):
        yield from _falling(one, ("tiers", "bands"), [(band, band.rate) for band in rule.tiers.bands])
    for one, rebate in book.of(Rebate):
        yield from _falling(one, ("bands",), [(band, band.rate) for band in rebate.bands])
    for one, bonus in book.of(Bonus):
        yield from _falling(one, ("bands",), [(band, band.amount) for band in bonus.bands])


def _falling(one: Stated, at: tuple[str, ...], bands: list[tuple[Band, Decimal]]) -> Iterator[Finding]:
    for number, ((_, low), (_, high)) in enumerate(pairwise(bands), start=1):
        if high < low:
            mend = "Let them rise, unless that is meant."
            error = UserError("a higher band pays less than the one below.", where=one.where(*at, number), mend=mend)
            yield Finding("warning", one.rule.id, error)


def rising_factor(book: Written) -> Iterator[Finding]:
    """Who lets customers pay later gets more."""
    late = [
        *(
            (one, "late_cash", [(band.from_, band.factor) for band in rule.late_cash or ()])
            for one, rule in book.of(Commission)
        ),
        *((one, "paid", [(band.from_, band.factor) for band in rule.paid or ()]) for one, rule in book.of(Rebate)),
    ]
    for one, key, bands in late:
        for number, ((_, sooner), (day, later)) in enumerate(pairwise(bands), start=1):
            if later > sooner:
                what = f"from day {day:f} on the factor rises to {_percent(later)}: it rewards lateness."
                mend = "Let the factors fall with the days."
                yield Finding("warning", one.rule.id, UserError(what, where=one.where(key, number), mend=mend))


def no_cap(book: Written) -> Iterator[Finding]:
    """A commission has no end."""
    for one, rule in book.of(Commission):
        if rule.cap is None and rule.clawback is None:
            what = "the plan has neither a cap nor a clawback."
            mend = "Add `clawback:` for what customers give back, and `cap:` if there is a limit."
            yield Finding("hint", rule.id, UserError(what, where=one.where("tiers"), mend=mend))


def promotions_at_once(book: Written) -> Iterator[Finding]:
    """Two promotions that may not be added hold for the same sales at once."""
    for (_, earlier), (second, later) in combinations(book.of(Promotion), 2):
        alone = not (earlier.stackable and later.stackable)
        if alone and earlier.effective.overlaps(later.effective) and _meet(earlier, later):
            what = f"`{earlier.id}` and `{later.id}` hold for the same sales at once, and are not to be added."
            mend = "Part their days, products or customers, or set `stackable: true` in both."
            yield Finding("warning", later.id, UserError(what, where=second.where("effective"), mend=mend))


def _meet(one: Promotion, other: Promotion) -> bool:
    """Whether some sale may fall under both."""
    pairs = (
        (one.products, other.products),
        (one.product_lines, other.product_lines),
        (one.customer_classes, other.customer_classes),
    )
    return all(not left or not right or set(left) & set(right) for left, right in pairs)


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}%"


CHECKS: tuple[Check, ...] = (
    commission_cliff,
    rebate_cliff,
    bonus_cliff,
    falling_rate,
    rising_factor,
    no_cap,
    promotions_at_once,
)
