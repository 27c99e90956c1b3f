"""Rows of a publication that are asked for when a format writes them, a few thousand at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reports.marts import Marts

AT_ONCE = 5_000


@dataclass(frozen=True)
class Answer:
    """A question with its parameters; each reading puts it anew."""

    marts: Marts
    sql: str
    parameters: tuple[tuple[str, Any], ...]

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        cursor = self.marts.connection.execute(self.sql, dict(self.parameters))
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows
