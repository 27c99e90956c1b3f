"""Rows of a publication that are asked for when a format writes them, a few thousand at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reports.marts import Marts

if TYPE_CHECKING:
    from pyarrow import RecordBatch

AT_ONCE = 10_000


@dataclass(frozen=True)
class Answer:
    """A question with its parameters; each reading puts it anew."""

    marts: Marts
    sql: str
    parameters: tuple[tuple[str, Any], ...]

    def __iter__(self) -> "Iterator[RecordBatch]":
        yield from self.marts.connection.execute(self.sql, dict(self.parameters)).to_arrow_reader(AT_ONCE)
