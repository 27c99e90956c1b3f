"""Arithmetic on figures: every derived number keeps its mart, keys and formula; no denominator, no number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from reports.content import Figure, Kind

GOOD_WHEN_HIGH, GOOD_WHEN_LOW, NEUTRAL = 1, -1, 0


@dataclass(frozen=True)
class Record:
    """A row of a mart with the keys that find it again."""

    mart: str
    keys: tuple[tuple[str, str], ...]
    values: Mapping[str, Any]

    def amount(self, measure: str, reason: str = "no_data") -> Figure:
        """A sum of money."""
        return self.figure(measure, "amount", reason)

    def rate(self, measure: str, reason: str = "no_data") -> Figure:
        """A rate from 0 to 1."""
        return self.figure(measure, "rate", reason)

    def count(self, measure: str, reason: str = "no_data") -> Figure:
        """A number of things."""
        return self.figure(measure, "count", reason)

    def days(self, measure: str, reason: str = "no_data") -> Figure:
        """A length of time in days."""
        return self.figure(measure, "days", reason)

    def figure(self, measure: str, kind: Kind, reason: str = "no_data") -> Figure:
        """The value of a column; a column that the mart lacks counts as empty."""
        value = self.values.get(measure)
        return Figure(None if value is None else Decimal(value), kind, self.mart, measure, self.keys, reason=reason)


def difference(now: Figure, before: Figure, reason: str = "no_base") -> Figure:
    """How much more; of rates, in percentage points."""
    kind: Kind = "points" if now.kind == "rate" else now.kind
    value = None if now.value is None or before.value is None else now.value - before.value
    return _derived(now, value, kind, f"{now.measure} - {_other(now, before)}", reason, signed=True)


def growth(now: Figure, before: Figure) -> Figure:
    """Relative change; none from nothing or from a negative base, which carry no meaning."""
    value = None if now.value is None or before.number <= 0 else now.value / before.number - 1
    return _derived(now, value, "rate", f"{now.measure} / {_other(now, before)} - 1", "no_base", signed=True)


def ratio(part: Figure, whole: Figure, reason: str, kind: Kind = "rate") -> Figure:
    """A part of a whole; none where the whole is zero."""
    value = part.value / whole.value if part.value is not None and whole.value else None
    return _derived(part, value, kind, f"{part.measure} / {_other(part, whole)}", reason)


def total(parts: Iterable[Figure], keys: tuple[tuple[str, str], ...] | None = None) -> Figure:
    """The sum of at least one figure of the same measure; empty ones count as nothing if any is not empty."""
    listed = list(parts)
    values = [figure.value for figure in listed if figure.value is not None]
    first = listed[0]
    return replace(
        first,
        value=sum(values, Decimal(0)) if values else None,
        measure=f"sum({first.measure})",
        keys=first.keys if keys is None else keys,
        tone="",
    )


def toned(figure: Figure, better: int, around: Decimal = Decimal(0)) -> Figure:
    """The figure coloured by which side of `around` it lies on."""
    if figure.value is None or not better or figure.value == around:
        return figure
    return replace(figure, tone="good" if (figure.value > around) == (better > 0) else "bad")


def _other(now: Figure, other: Figure) -> str:
    """The other's measure, with its keys where they differ from the first one's."""
    apart = [f"{key}={value}" for key, value in other.keys if (key, value) not in now.keys]
    name = other.measure if other.mart == now.mart else f"{other.mart}.{other.measure}"
    return f"{name}[{', '.join(apart)}]" if apart else name


def _derived(
    base: Figure, value: Decimal | None, kind: Kind, measure: str, reason: str, signed: bool = False
) -> Figure:
    why = base.reason if base.value is None else reason
    return Figure(value, kind, base.mart, measure, base.keys, signed=signed, reason=why)
