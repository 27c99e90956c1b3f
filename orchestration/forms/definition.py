"""What a form asks: one YAML file each, whose columns are fields of a table and speak for themselves in its contract."""

from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from expectations.contract import Contract, contracts
from expectations.contract import Field as ContractField
from rulebook.notation import WorkdayTime
from salesops.errors import UserError, meant
from salesops.yamlfile import parse

DEFINITIONS = Path(__file__).parent / "definitions"
LISTS = Path(__file__).parent / "lists.yml"
Language = Literal["zh", "en"]


class Strict(BaseModel):
    """A part of a definition: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Strict):
    """A text in both languages."""

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        """The text in one of them."""
        return self.zh if language == "zh" else self.en


class Column(Strict):
    """A column of the form: a field of the table, or something only shown.

    `kind` says what is shown; a field says it itself. `choose` names a list of `lists.yml`, or says the values and what people call them.
    """

    field: str = ""
    shown: str = ""
    kind: Literal["amount", "integer", "date", "text"] = "amount"
    label: Bilingual | None = None
    choose: str | dict[str, Bilingual] | None = None
    locked: bool = False
    least: float | None = None
    most: float | None = None

    @model_validator(mode="after")
    def _field_or_shown(self) -> "Column":
        if bool(self.field) == bool(self.shown) or (self.shown and not self.label):
            raise ValueError("name either a `field` of the table, or something `shown` with its `label`")
        return self

    @property
    def name(self) -> str:
        """What the rows of the form call it."""
        return self.field or self.shown

    @property
    def is_answer(self) -> bool:
        """Whether it is for the person to fill in."""
        return bool(self.field) and not self.locked


class Form(Strict):
    """A form: which table it feeds, who fills it in and when, the rows that stand in it, and its columns.

    `rows` is SQL on the published marts; it may use `$person`, `$period`, `$period_start` and `$period_end`.
    `set` gives fields that nobody fills in; `{period}`, `{person}` and `{row}` are filled in there.
    """

    id: str = ""
    version: int = Field(ge=1)
    table: str
    name: Bilingual
    about: Bilingual
    filled_by: Literal["managers", "sellers", "head"]
    every: Literal["month", "quarter", "year"] = "month"
    due: WorkdayTime
    due_counts_from: Literal["begin", "end"]
    rows: str = ""
    blank_rows: int = Field(default=100, ge=0, le=1000)
    set: dict[str, str] = {}
    columns: tuple[Column, ...] = Field(min_length=1)

    @property
    def contract(self) -> Contract:
        """The contract of the table that it feeds."""
        return contracts()[self.table]

    @property
    def fields(self) -> tuple[Column, ...]:
        """The columns that are loaded."""
        return tuple(column for column in self.columns if column.field)

    @property
    def answers(self) -> tuple[str, ...]:
        """The fields that a person fills in: a row without any of them says nothing."""
        return tuple(column.field for column in self.columns if column.is_answer)

    def of(self, column: Column) -> ContractField | None:
        """What the contract says of a column; None of one that is only shown."""
        return self.contract.field(column.field) if column.field else None

    def label(self, column: Column, language: Language) -> str:
        """The head of a column: its own, else the contract's."""
        field = self.of(column)
        if column.label or field is None:
            return column.label.in_(language) if column.label else column.name
        return field.description_zh if language == "zh" else column.field.replace("_", " ").capitalize()


@cache
def forms() -> dict[str, Form]:
    """All forms by id, which is the name of the file."""
    found = {path.stem: parse(path, Form) for path in sorted(DEFINITIONS.glob("*.yml"))}
    return {name: form.model_copy(update={"id": name}) for name, form in found.items()}


def form_called(name: str, where: str) -> Form:
    """The form of that id; UserError where there is none."""
    if name in forms():
        return forms()[name]
    raise UserError(f"there is no form `{name}`.", where=where, mend=meant(name, forms()))


@cache
def lists() -> dict[str, Any]:
    """SQL by the name of a list: `choices` to choose from (code, name, name_en), `people` who fill forms in."""
    return parse(LISTS, Lists).model_dump()


class Lists(Strict):
    """lists.yml."""

    choices: dict[str, str]
    people: dict[str, str]
