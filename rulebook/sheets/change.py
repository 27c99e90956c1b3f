"""One change of a cell or a row, and how it is made in the tree of a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from rulebook.sheets.source import value
from rulebook.sheets.tables import SEVERAL, Column, Keys, follow


@dataclass(frozen=True)
class Change:
    """A cell with another text, in a row of a table or after its last one; without a column, a row that is taken out."""

    chapter: str
    rule: str
    table: Keys
    row: int
    column: Column | None
    before: str
    after: str
    cell: str


def apply(changes: Iterable[Change], rule: Any) -> None:
    """Make the changes in the rule: cells and new rows first, so that rows keep their numbers until some are taken out."""
    for change in sorted(changes, key=lambda one: (one.column is None, -one.row if one.column is None else one.row)):
        rows = follow(rule, change.table)
        if change.column is None:
            del rows[change.row]
        elif not change.column.keys:
            _put(rows, change.row, _meant(change.after, rows))
        else:
            _set(_row(rows, change.row), change.column, change.after, rows)


def _put(rows: Any, number: int, item: Any) -> None:
    if number < len(rows):
        rows[number] = item
    else:
        rows.append(item)


def _row(rows: Any, number: int) -> Any:
    """A row of a list; after the last one a new one, written as its neighbours are."""
    if number == len(rows):
        rows.append(_new(rows[0] if rows else None))
    return rows[number]


def _new(like: Any) -> Any:
    from ruamel.yaml.comments import CommentedMap

    made = CommentedMap()
    if like is None or like.fa.flow_style():
        made.fa.set_flow_style()
    return made


def _set(row: Any, column: Column, said: str, rows: Any) -> None:
    """Put what a cell says where its column's keys lead; an empty cell takes the key out."""
    *way, last = column.keys
    part = row
    for name in way:
        if name not in part:
            part[name] = _new(None)
        part = part[name]
    if said:
        others = [_value(other, column.keys) for other in rows]
        part[last] = _several(said) if column.several else _meant(said, others)
    else:
        part.pop(last, None)
    if way and not row[way[0]]:
        del row[way[0]]


def _value(node: Any, keys: tuple[str, ...]) -> Any:
    for name in keys:
        node = node.get(name) if isinstance(node, dict) else None
    return node


def _several(said: str) -> Any:
    from ruamel.yaml.comments import CommentedSeq

    made = CommentedSeq(_meant(part.strip(), ()) for part in said.split(SEVERAL.strip()) if part.strip())
    made.fa.set_flow_style()
    return made


def _meant(said: str, others: Iterable[Any]) -> Any:
    """A number, day or truth value where the text reads as one; not in a column of texts."""
    from ruamel.yaml.error import YAMLError

    stated = [other for other in others if other is not None]
    if stated and all(isinstance(other, str) for other in stated):
        return said
    try:
        meant = value(said)
    except YAMLError:
        return said
    return meant if isinstance(meant, bool | int | float | date) else said
