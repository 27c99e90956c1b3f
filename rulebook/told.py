"""A rule as a reader is told it: names and values in one language, lists of parts as tables.

A figure that people may write as `80%` or as `5` is told as a percentage where the part names a metric that is a rate,
or where a figure beside it is a fraction.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from rulebook import words
from rulebook.notation import Days, Figure, Months, Percent
from rulebook.rule import Bilingual

Language = Literal["zh", "en"]
NONE = "—"
YES = {True: {"zh": "是", "en": "yes"}, False: {"zh": "否", "en": "no"}}
COMMA = {"zh": "、", "en": ", "}
PAUSE = {"zh": "；", "en": "; "}
UNITS = (
    (Days, {"zh": ("{} 天", "{} 天"), "en": ("{} day", "{} days")}),
    (Months, {"zh": ("{} 个月", "{} 个月"), "en": ("{} month", "{} months")}),
)
"""Notation → language → one and several."""
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
    return _Teller(language).items(part, leave_out)


def sentence(part: BaseModel, language: Language) -> str:
    """What it says in a sentence; empty where nobody has written one."""
    says = words.says(type(part))
    return getattr(says, language).format(**_Teller(language).texts(part)) if says else ""


def flat(items: tuple[Item, ...], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every value with the names that lead to it; a row of a table goes by its first cell, or that and its number."""
    for item in items:
        path = (*above, item.label)
        if isinstance(item.value, str):
            yield path, item.value
        elif isinstance(item.value, Grid):
            yield from ((path + inner, cell) for inner, cell in _cells(item.value))
        else:
            yield from flat(item.value, path)


def _cells(grid: Grid) -> Iterator[tuple[tuple[str, ...], str]]:
    firsts = [row[0] for row in grid.rows]
    for number, (first, *others) in enumerate(grid.rows, start=1):
        name = first if firsts.count(first) == 1 else f"{first} ({number})"
        if not others:
            yield (name,), first
        yield from (((name, column), cell) for column, cell in zip(grid.columns[1:], others, strict=True))


@dataclass(frozen=True)
class _Teller:
    """Tells in a language; `rate` is whether figures here are fractions."""

    language: Language
    rate: bool = False

    def items(self, part: BaseModel, leave_out: frozenset[str] = frozenset()) -> tuple[Item, ...]:
        if shown := getattr(part, "shown_as", None):
            return (Item("", self.grid(getattr(part, shown))),)
        teller = replace(self, rate=self._is_rate([part]))
        stated = ((name, getattr(part, name)) for name in type(part).model_fields if name not in leave_out)
        return tuple(
            Item(self.name(type(part), name), teller.value(type(part), name, value))
            for name, value in stated
            if value not in (None, "", (), {}, frozenset())
        )

    def texts(self, part: BaseModel) -> dict[str, str]:
        teller = replace(self, rate=self._is_rate([part]))
        stated = ((name, getattr(part, name)) for name in type(part).model_fields)
        return {name: teller.text(teller.value(type(part), name, value)) for name, value in stated}

    def name(self, model: type[BaseModel], name: str) -> str:
        return getattr(words.key(model, name), self.language)

    def value(self, model: type[BaseModel], name: str, value: Any) -> "str | Grid | tuple[Item, ...]":
        field = model.model_fields[name]
        if isinstance(value, Mapping):
            inner = ((self.scalar(model, name, field, key), self.value(model, name, one)) for key, one in value.items())
            return tuple(Item(label, told) for label, told in inner)
        if _is_part(value):
            return self.items(value)
        if isinstance(value, tuple | list | frozenset):
            listed = sorted(value) if isinstance(value, frozenset) else list(value)
            if listed and all(map(_is_part, listed)):
                return self.grid(listed)
            return COMMA[self.language].join(self.scalar(model, name, field, one) for one in listed)
        return self.scalar(model, name, field, value)

    def grid(self, parts: list[Any]) -> Grid:
        teller = replace(self, rate=self._is_rate(parts))
        rows = [{item.label: self.text(item.value) for item in teller.items(part)} for part in parts]
        keys = dict.fromkeys((type(part), name) for part in parts for name in type(part).model_fields)
        stated = [name for name in dict.fromkeys(self.name(*key) for key in keys) if any(name in row for row in rows)]
        columns = stated or [""]  # a part that is shown as a table of its own
        return Grid(tuple(columns), tuple(tuple(row.get(column, NONE) for column in columns) for row in rows))

    def text(self, value: "str | Grid | tuple[Item, ...]") -> str:
        """A value within a cell or a sentence."""
        if isinstance(value, str):
            return value
        if isinstance(value, Grid):
            rows = (" ".join(cell for cell in row if cell != NONE) for row in value.rows)
            return PAUSE[self.language].join(rows)
        return COMMA[self.language].join(f"{item.label} {self.text(item.value)}".strip() for item in value)

    def scalar(self, model: type[BaseModel], name: str, field: FieldInfo, value: Any) -> str:
        if value is None:
            return NONE
        if isinstance(value, Bilingual):
            return getattr(value, self.language)
        if isinstance(value, BaseModel):
            return self.text(self.items(value))
        if isinstance(value, str) and value in words.choices_in(field.annotation):
            return getattr(words.key(model, name, value), self.language)
        if isinstance(value, Decimal):
            return _percent(value) if _is(Percent, field) or (self.rate and _is(Figure, field)) else _plain(value)
        return self._other(field, value)

    def _other(self, field: FieldInfo, value: Any) -> str:
        if isinstance(value, bool):
            return YES[value][self.language]
        if isinstance(value, int):
            one, several = next(
                (texts[self.language] for notation, texts in UNITS if _is(notation, field)), ("{}", "{}")
            )
            return (one if value == 1 else several).format(value)
        if isinstance(value, str) and (found := WORKDAY.fullmatch(value)):
            return " ".join(filter(None, (WORKDAYS[self.language].format(found[1]), found[2])))
        return value.isoformat() if isinstance(value, date) else str(value)

    def _is_rate(self, parts: list[Any]) -> bool:
        metrics = {metric for part in parts if isinstance(metric := getattr(part, "metric", None), str)}
        if metrics:
            return all(metric.endswith("_rate") for metric in metrics)
        return self.rate or any(figure % 1 for part in parts for figure in _figures(part))


def _figures(part: BaseModel) -> Iterator[Decimal]:
    for name, field in type(part).model_fields.items():
        if _is(Figure, field):
            value = getattr(part, name)
            yield from (one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, Decimal))


def _is_part(value: Any) -> bool:
    return isinstance(value, BaseModel) and not isinstance(value, Bilingual)


def _percent(value: Decimal) -> str:
    return f"{_plain(value * 100)}%"


def _plain(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _is(notation: Any, field: FieldInfo) -> bool:
    """Whether a field, or what it lists, is written in that notation."""
    reader = notation.__metadata__[0]
    return reader in field.metadata or _names(reader, field.annotation)


def _names(reader: Any, annotation: Any) -> bool:
    return reader in getattr(annotation, "__metadata__", ()) or any(_names(reader, one) for one in get_args(annotation))
