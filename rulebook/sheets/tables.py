"""Where the tables of a rule are: its lists of parts, and its plain lists; what their columns are, and what their cells say."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel

from rulebook.rule import Bilingual
from rulebook.words import choices_in, key
from salesops.yamlfile import models_in

Keys = tuple[str | int, ...]
SEVERAL = "; "
VALUE = Bilingual(zh="值", en="Value")


@dataclass(frozen=True)
class Column:
    """A column: the keys that lead to it within a row (none in a plain list), its heads, choices, and if it holds several."""

    keys: tuple[str, ...]
    head: Bilingual
    choices: tuple[str, ...] = ()
    several: bool = False


@dataclass(frozen=True)
class Table:
    """A table within a rule: the keys that lead to it, and its columns."""

    at: Keys
    columns: tuple[Column, ...]


def tables(model: type[BaseModel], data: Any, at: Keys = ()) -> Iterator[Table]:
    """The tables of a part of a rule, in the order in which it is written."""
    fields = {field.alias or name: (name, field.annotation) for name, field in model.model_fields.items()}
    for written, node in data.items():
        if written not in fields:
            continue
        name, annotation = fields[written]
        inner = next(iter(models_in(annotation)), None)
        if isinstance(node, list):
            yield from _of_list(model, name, inner, node, (*at, written))
        elif isinstance(node, dict) and inner:
            yield from tables(inner, node, (*at, written))


def _of_list(
    model: type[BaseModel], name: str, inner: type[BaseModel] | None, node: list[Any], at: Keys
) -> Iterator[Table]:
    if inner is None:
        choices = tuple(choices_in(model.model_fields[name].annotation))
        yield Table(at, (Column((), VALUE, choices),))
        return
    yield Table(at, tuple(_columns(inner)))
    for number, row in enumerate(node):
        within = tables(inner, row, (*at, number)) if isinstance(row, dict) else ()
        yield from (table for table in within if table.columns[0].keys)  # a plain list within a row is one cell of it


def _columns(model: type[BaseModel], before: tuple[str, ...] = ()) -> Iterator[Column]:
    """The columns of a row; a part within it gives its own, a list of parts within it is a table of its own."""
    for name, field in model.model_fields.items():
        keys = (*before, field.alias or name)
        inner = next(iter(models_in(field.annotation)), None)
        if inner is None:
            several = _is_list(field.annotation)
            choices = () if several else tuple(choices_in(field.annotation))
            yield Column(keys, key(model, name), choices, several)
        elif not _is_list(field.annotation):
            yield from _columns(inner, keys)


def _is_list(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is tuple or any(_is_list(part) for part in get_args(annotation))


def text(node: Any, keys: tuple[str, ...]) -> str:
    """What a cell says: the value that the keys lead to in a row, as people write it."""
    for part in keys:
        if not isinstance(node, dict) or part not in node:
            return ""
        node = node[part]
    if isinstance(node, list):
        return SEVERAL.join(_scalar(item) for item in node)
    return _scalar(node)


def _scalar(node: Any) -> str:
    if isinstance(node, bool):
        return str(node).lower()
    return "" if node is None else str(node)


def follow(data: Any, at: Keys) -> Any:
    """What the keys lead to."""
    for part in at:
        data = data[part]
    return data
