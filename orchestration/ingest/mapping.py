"""Mappings (sources/*.yml): which export feeds which tables, column by column."""

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from expectations.contract import contracts
from orchestration.corrections.fields import AliasFile, LookUp
from orchestration.ingest.due import Due
from orchestration.ingest.origin import Api, Database, is_remote, without_password
from orchestration.ingest.values import DatePattern, Encoding, Extra, Text, Texts, TimeZone

READER_VERSION = 2  # counts up whenever the reader would make other rows of the same file
NULL_VALUES = ["", "#N/A", "NULL", "null", "-", "/", "无", "0000-00-00"]
MATCHED_LATER = {"columns": {"__all__": {"look_up", "aliases"}}}  # in staging: the rows in the lake stay the same


class Strict(BaseModel):
    """A part of a mapping: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Read(Strict):
    """How the bytes of the file become cells."""

    encoding: Encoding = "utf-8"
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    header_row: int = Field(default=1, ge=1)
    header_rows: list[int] = []
    header: list[Text] = []
    sheet: Text | None = None
    skip_rows_where: dict[Text, Texts] = {}
    date_pattern: DatePattern | None = None
    decimal: Literal[".", ","] = "."
    fill_down: Texts = []
    time_zone: TimeZone | None = None
    answers: Texts = []

    @property
    def levels(self) -> list[int]:
        """The rows of the header, from 1; none where the mapping names the columns itself."""
        return [] if self.header else (self.header_rows or [self.header_row])


class Column(Strict):
    """What feeds one field: a column of the export (with another, the two cells as `a/b`), or a constant value.

    Of a cell like `E0012 · 张伟` only what stands before `until` counts. In a constant, `{row}` is the row's number, and
    `{line}` its number within the document that `fill_down` makes.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    column: Text | None = None
    beside: Text | None = Field(default=None, alias="with")
    value: Text | None = None
    format: Texts = []
    values: dict[Text, Text] = {}
    times: Decimal | None = None
    pad: int | None = Field(default=None, ge=2, le=40)
    until: Text | None = None
    negative_where: dict[Text, Texts] = {}
    look_up: LookUp | None = None
    aliases: AliasFile | None = None

    @model_validator(mode="before")
    @classmethod
    def _name_alone(cls, data: Any) -> Any:
        return data if isinstance(data, dict | Column) else {"column": data}

    @model_validator(mode="after")
    def _column_or_value(self) -> "Column":
        if (self.column is None) == (self.value is None):
            raise ValueError("name either a `column` of the export or a constant `value`")
        if self.values and (self.format or self.times is not None):
            raise ValueError("`values` goes with neither `format` nor `times`")
        if self.beside is not None and not (self.column and self.values):
            raise ValueError("`with` needs a `column` and `values` for the two cells, as `true/false: lost`")
        return self


class Table(Strict):
    """How rows of the export become rows of one table."""

    newest_by: Text | None = None
    where: dict[Text, Texts] = {}
    deleted_where: dict[Text, Texts] = {}
    columns: dict[str, Column] = Field(min_length=1)
    extra: Extra = {}
    distinct: bool = False


class Replaces(Strict):
    """The part of the table that one full dump stands for."""

    rows_with_same: list[str] = Field(min_length=1)


def _files(patterns: list[str]) -> list[str]:
    if len({is_remote(pattern) for pattern in patterns}) > 1:
        raise ValueError("name either files in landing/ or files of a server, not both")
    return [without_password(pattern) for pattern in patterns]


class Mapping(Strict):
    """One file in sources/."""

    files: Annotated[Texts, AfterValidator(_files)] = []
    database: Database | None = None
    api: Api | None = None
    preset: str | None = None
    read: Read = Read()
    load: Literal["full", "upsert", "append"]
    replaces: Replaces | None = None
    min_share: float | None = Field(default=None, ge=0, le=1)
    required: bool = False
    due: Due | None = None
    null_values: list[Text] = NULL_VALUES
    tables: dict[str, Table] = Field(min_length=1)
    totals: dict[str, Literal["last_row"]] = {}
    also_called: dict[Text, Texts] = {}
    may_lack: list[Text] = []

    @model_validator(mode="after")
    def _only_for_full(self) -> "Mapping":
        if self.load != "full" and (self.replaces or self.min_share is not None):
            raise ValueError("`replaces` and `min_share` only go with `load: full`")
        return self

    @model_validator(mode="after")
    def _one_origin(self) -> "Mapping":
        if sum(map(bool, (self.files, self.database, self.api))) != 1:
            raise ValueError("say where the rows come from: name either `files`, a `database` or an `api`")
        if self.origin and (self.load == "full") == bool(self.origin.cursor):
            raise ValueError("with `load: full` all rows are fetched each time; any other load needs a `cursor`")
        return self

    @property
    def origin(self) -> Database | Api | None:
        """The server that is asked for the rows, if they do not come as files."""
        return self.database or self.api

    @property
    def is_fetched(self) -> bool:
        """Whether a server has the rows or files, and not landing/."""
        return bool(self.origin) or any(map(is_remote, self.files))


@dataclass(frozen=True)
class Source:
    """A mapping with its name, which is the name of its file."""

    name: str
    path: Path
    mapping: Mapping
    time_zone: str = "UTC"  # the company's, into which instants are turned

    def fingerprint(self, table: str) -> str:
        """What the rows of `table` depend on besides the file: mapping, contract and reader, as a hash."""
        contract = contracts()[table]
        shared = {"read", "load", "replaces", "min_share", "null_values", "totals"} | {"also_called", "may_lack"}
        parts = self.mapping.model_dump(mode="json", include=shared)
        parts |= {
            "source": self.name,
            "table": table,
            "mapped": self._mapped(table),
            "contract": [[field.name, field.kind, field.sql_type, field.required] for field in contract.fields],
            "version": [contract.version, *contract.key],
            "reader": READER_VERSION,
            "time_zone": self.time_zone,
        }
        return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def _mapped(self, table: str) -> dict[str, Any]:
        mapped = self.mapping.tables[table].model_dump(mode="json", exclude=MATCHED_LATER)
        return {key: value for key, value in mapped.items() if key != "extra" or value}
