"""A rule as a reader is told it: names and values in one language, lists of parts as tables."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from rulebook import words
from rulebook.notation import Days, Percent
from rulebook.rule import Bilingual

Language = Literal["zh", "en"]
NONE = "—"
YES = {True: {"zh": "是", "en": "yes"}, False: {"zh": "否", "en": "no"}}
COMMA = {"zh": "、", "en": ", "}
PAUSE = {"zh": "；", "en": "; "}
DAYS = {"zh": "{} 天", "en": "{} days"}
WORKDAY = re.compile(r"workday (\d+)(?: (\d\d:\d\d))?")
WORKDAYS = {"zh": "第 {} 个工作日", "en": "work day {}"}


@dataclass(frozen=True)
class Grid:
    """A list of parts: a column for each key that any of them states."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Item:
    """A key's name and its value: a text, a table, or the items of a part."""

    label: str
    value: "str | Grid | tuple[Item, ...]"


def told(part: BaseModel, language: Language, leave_out: frozenset[str] = frozenset()) -> tuple[Item, ...]:
    """What a rule, or a part of one, states; keys without a value are left out."""
    if shown := getattr(part, "shown_as", None):
        return _items_of(getattr(part, shown), language)
    model = type(part)
    fields = ((name, field) for name, field in model.model_fields.items() if name not in leave_out)
    return tuple(
        Item(getattr(words.key(model, name), language), _value(model, name, getattr(part, name), field, language))
        for name, field in fields
        if getattr(part, name) not in (None, "", (), {})
    )


def sentence(part: BaseModel, language: Language) -> str:
    """What it says in a sentence; empty where nobody has written one."""
    says = words.says(type(part))
    if says is None:
        return ""
    fields = type(part).model_fields
    values = {n: _flat(_value(type(part), n, getattr(part, n), f, language), language) for n, f in fields.items()}
    return getattr(says, language).format(**values)


def flat(items: tuple[Item, ...], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every value with the names that lead to it; a row of a table goes by its first cell."""
    for item in items:
        path = (*above, item.label)
        if isinstance(item.value, str):
            yield path, item.value
        elif isinstance(item.value, Grid):
            for row in item.value.rows:
                cells = zip(item.value.columns[1:], row[1:], strict=True)
                yield from (((*path, row[0], column), cell) for column, cell in cells if cell != NONE)
                if len(row) == 1:
                    yield (*path, row[0]), row[0]
        else:
            yield from flat(item.value, path)


def _value(model: type[BaseModel], name: str, value: Any, field: FieldInfo, language: Language) -> Any:
    if isinstance(value, Mapping):
        return tuple(
            Item(_scalar(model, name, key, field, language), _value(model, name, inner, field, language))
            for key, inner in value.items()
        )
    if isinstance(value, BaseModel) and not isinstance(value, Bilingual):
        return told(value, language)
    if isinstance(value, tuple | list | frozenset):
        listed = sorted(value) if isinstance(value, frozenset) else value
        if listed and all(isinstance(one, BaseModel) and not isinstance(one, Bilingual) for one in listed):
            return _grid(list(listed), language)
        return COMMA[language].join(_scalar(model, name, one, field, language) for one in listed)
    return _scalar(model, name, value, field, language)


def _items_of(parts: Any, language: Language) -> tuple[Item, ...]:
    """What stands in place of a part's own keys: one table."""
    return (Item("", _grid(list(parts), language)),)


def _grid(parts: list[BaseModel], language: Language) -> Grid:
    rows = [{item.label: _flat(item.value, language) for item in told(part, language)} for part in parts]
    columns = _columns(parts, language)
    named = [column for column in columns if any(column in row for row in rows)]
    return Grid(tuple(named), tuple(tuple(row.get(column, NONE) for column in named) for row in rows))


def _columns(parts: list[BaseModel], language: Language) -> list[str]:
    models = dict.fromkeys(type(part) for part in parts)
    return list(dict.fromkeys(getattr(words.key(m, name), language) for m in models for name in m.model_fields))


def _flat(value: Any, language: Language) -> str:
    """A value within a cell or a sentence."""
    if isinstance(value, str):
        return value
    if isinstance(value, Grid):
        return PAUSE[language].join(" ".join(cell for cell in row if cell != NONE) for row in value.rows)
    return COMMA[language].join(f"{item.label} {_flat(item.value, language)}".strip() for item in value)


def _scalar(model: type[BaseModel], name: str, value: Any, field: FieldInfo, language: Language) -> str:
    if value is None:
        return NONE
    if isinstance(value, Bilingual):
        return getattr(value, language)
    if isinstance(value, bool):
        return YES[value][language]
    if isinstance(value, str) and value in words.choices_in(field.annotation):
        return getattr(words.key(model, name, value), language)
    if isinstance(value, Decimal):
        return f"{_plain(value * 100)}%" if _is(Percent, field) else _plain(value)
    if isinstance(value, int) and _is(Days, field):
        return DAYS[language].format(value)
    if isinstance(value, str) and (found := WORKDAY.fullmatch(value)):
        return " ".join(filter(None, (WORKDAYS[language].format(found[1]), found[2])))
    if isinstance(value, BaseModel):
        return _flat(told(value, language), language)
    return value.isoformat() if isinstance(value, date) else str(value)


def _plain(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _is(notation: Any, field: FieldInfo) -> bool:
    """Whether a field, or what it lists, is written in that notation."""
    [reader] = notation.__metadata__
    return reader in field.metadata or _names(reader, field.annotation)


def _names(reader: Any, annotation: Any) -> bool:
    return reader in getattr(annotation, "__metadata__", ()) or any(_names(reader, one) for one in get_args(annotation))
