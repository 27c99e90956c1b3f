"""What every part of the performance report is written with: the data, the writer, and small shared choices."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from reports.content import Cell, Figure, Row, Sentence, Table, figures
from reports.documents.performance.load import TOP, PerformanceData
from reports.figures import Record, difference, ratio, toned, total
from reports.text import Writer

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
class Desk:
    """Data and writer."""

    data: PerformanceData
    writer: Writer

    @property
    def basis(self) -> str:
        """Which sales the rulebook counts, in words."""
        return self.writer.word(f"sales_{self.data.performance.values.get('sales_basis') or 'invoiced_amount'}")

    @property
    def before(self) -> str:
        """The period before, in words."""
        return self.writer.word(f"before_{self.data.period.kind}")

    @property
    def span(self) -> str:
        """The period itself, in words."""
        return self.writer.word(self.data.period.kind)

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

    def top(self, rows: Sequence[Row], others: Callable[[Sequence[int]], tuple[Cell, ...]]) -> tuple[Row, ...]:
        """At most ten rows; `others` makes the cells that add up the rest, given the places left out."""
        if len(rows) <= TOP:
            return tuple(rows)
        left = range(TOP - 1, len(rows))
        return (*rows[: TOP - 1], Row(others(left), role="others"))

    def others(self, count: int) -> Cell:
        """`37 others`."""
        return (self.writer.word("others", n=count),)


def by_gap(parts: Iterable[Part]) -> tuple[Part, ...]:
    """In the order of the gap in money, and the same order every time."""

    def order(part: Part) -> tuple[bool, Decimal, str]:
        gap, actual = part.gap.value, part.actual.value or Decimal(0)
        return (gap is None, -actual if gap is None else gap, str(part.record.keys))

    return tuple(sorted(parts, key=order))


def summed(figures: Iterable[Figure]) -> Figure:
    """The sum of the others, under the same mart."""
    return total(figures, keys=(("rows", "others"),))


def without_column(table: Table, title: str) -> Table:
    """The table without the column of that title."""
    return _with_columns(table, [place for place, column in enumerate(table.columns) if column.title != title])


def without_empty_columns(table: Table, empty: tuple[Decimal | None, ...] = (None,)) -> Table:
    """The table without columns in which no figure says anything: no empty frames."""
    places = [
        place
        for place, column in enumerate(table.columns)
        if not column.numeric
        or any(figure.value not in empty for row in table.rows for figure in figures(row.cells[place]))
    ]
    return _with_columns(table, places)


def _with_columns(table: Table, places: Sequence[int]) -> Table:
    rows = tuple(replace(row, cells=tuple(row.cells[place] for place in places)) for row in table.rows)
    return replace(table, columns=tuple(table.columns[place] for place in places), rows=rows)


def filled(sentence: Sentence, items: Sentence) -> Sentence:
    """The sentence with a list of figures where it holds a place (a NUL) for one."""
    return tuple(piece for part in sentence for piece in (items if part == "\0" else (part,)))
