"""Data contracts (Open Data Contract Standard v3): the one place where a table's columns are listed."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

CONTRACTS = Path(__file__).parent / "contracts"
BATCH_COLUMNS = {
    "_file": "INTEGER",
    "_line": "BIGINT",
    "_op": "VARCHAR",
    "_load": "VARCHAR",
    "_version_at": "TIMESTAMP",
    "_extracted_on": "DATE",
    "_sequence": "BIGINT",
}
"""Columns that ingest adds to those of the contract."""


@dataclass(frozen=True)
class Field:
    """A column of a table. `sql_type` is a DuckDB type; `kind` is text, date, integer, amount, quantity or rate."""

    name: str
    kind: str
    sql_type: str
    required: bool
    personal: bool
    description_en: str
    description_zh: str


@dataclass(frozen=True)
class Contract:
    """A table: its columns in order, and the columns that identify a row."""

    name: str
    version: str
    name_en: str
    name_zh: str
    grain: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """The field of that name; KeyError where there is none."""
        return next(field for field in self.fields if field.name == name)


@cache
def contracts() -> dict[str, Contract]:
    """All contracts by table name, in alphabetical order."""
    return {path.stem: _read(path) for path in sorted(CONTRACTS.glob("*.yml"))}


def _read(path: Path) -> Contract:
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    table = document["schema"][0]
    properties = table["properties"]
    keyed = sorted((p for p in properties if p.get("primaryKey")), key=lambda p: p["primaryKeyPosition"])
    return Contract(
        name=table["name"],
        version=document["version"],
        name_en=document["name"],
        name_zh=table["businessName"],
        grain=table["description"],
        key=tuple(p["name"] for p in keyed),
        fields=tuple(_field(p) for p in properties),
    )


def _field(prop: dict) -> Field:
    kind = next(iter(prop.get("tags", [])), {"string": "text"}.get(prop["logicalType"], prop["logicalType"]))
    return Field(
        name=prop["name"],
        kind=kind,
        sql_type=prop["physicalType"],
        required=prop.get("required", False),
        personal=prop.get("classification") == "personal",
        description_en=prop["description"],
        description_zh=prop["businessName"],
    )
