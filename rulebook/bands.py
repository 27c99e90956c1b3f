"""Bands state only where they begin, so that they can neither overlap nor leave a gap."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

from pydantic import Field

from rulebook.notation import Figure
from rulebook.rule import Strict


class Band(Strict):
    """Where a band begins; it ends where the next one begins, and the last has no end."""

    from_: Figure = Field(alias="from")


AnyBand = TypeVar("AnyBand", bound=Band)


def from_zero(bands: tuple[AnyBand, ...]) -> tuple[AnyBand, ...]:
    """The bands as they are; ValueError unless the first begins at 0 and each lies above the one before."""
    begins = [band.from_ for band in bands]
    if not begins or begins[0] != 0:
        raise ValueError("the first band must begin with 0")
    if begins != sorted(set(begins)):
        raise ValueError("each band must begin above the one before")
    return bands


def with_ends(bands: Sequence[AnyBand]) -> Iterator[tuple[int, AnyBand, Decimal | None]]:
    """Number from 1, band, and where it ends: the first value that is no longer in it."""
    ends = [*(band.from_ for band in bands[1:]), None]
    return ((number, band, end) for number, (band, end) in enumerate(zip(bands, ends, strict=True), start=1))
