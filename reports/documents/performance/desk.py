"""What every part of the performance report is written with: the data, the writer, and small shared choices."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from reports.content import Figure
from reports.documents.performance.load import PerformanceData
from reports.documents.shared import desk as shared
from reports.figures import Record, difference, ratio, toned

FULL = Decimal(1)


@dataclass(frozen=True)
class Part:
    """A unit (or, in a unit without parts, a person) with its sales against target."""

    name: str
    record: Record
    actual: Figure
    plan: Figure
    before: Figure
    rate: Figure
    gap: Figure


@dataclass(frozen=True)
class Desk(shared.Desk[PerformanceData]):
    """Data and writer, and the parts of the scope."""

    @property
    def basis(self) -> str:
        """Which sales the rulebook counts, in words."""
        return self.writer.word(f"sales_{self.data.performance.values.get('sales_basis') or 'invoiced_amount'}")

    @cached_property
    def whole(self) -> Part:
        """The scope itself."""
        return self.part(self.data.performance)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The scope's parts, the largest shortfall first; those without target last, the largest first."""
        return by_gap(self.part(record) for record in self.data.parts)

    def part(self, record: Record, prefix: str = "") -> Part:
        """A record's sales against target; `prefix` is empty or `ytd_`."""
        actual = record.amount(f"{prefix}sales_amount")
        plan = record.amount(f"{prefix}target_amount", "no_target")
        before = record.amount("prior_year_sales_amount" if not prefix else "ytd_prior_year_sales_amount", "no_base")
        rate = toned(ratio(actual, plan, "no_target"), 1, FULL)
        gap = toned(difference(actual, plan, "no_target"), 1)
        return Part(self.writer.name(record.values), record, actual, plan, before, rate, gap)


def by_gap(parts: Iterable[Part]) -> tuple[Part, ...]:
    """In the order of the gap in money, and the same order every time."""

    def order(part: Part) -> tuple[bool, Decimal, str]:
        gap, actual = part.gap.value, part.actual.value or Decimal(0)
        return (gap is None, -actual if gap is None else gap, str(part.record.keys))

    return tuple(sorted(parts, key=order))
