"""Tables of at most ten rows and the others, without empty columns; sentences with lists in them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from reports.content import Cell, Figure, Row, Sentence, Table, figures
from reports.figures import total

TOP = 10


def top(rows: Sequence[Row], others: Callable[[Sequence[int]], tuple[Cell, ...]], limit: int = TOP) -> tuple[Row, ...]:
    """At most `limit` rows; `others` makes the cells that add up the rest, given the places left out."""
    if len(rows) <= limit:
        return tuple(rows)
    left = range(limit - 1, len(rows))
    return (*rows[: limit - 1], Row(others(left), role="others"))


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


def shortened(text: str, longest: int = 160) -> str:
    """A text that somebody typed, cut where it is longer than a table bears."""
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
