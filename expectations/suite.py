"""Suites: the expectations of a raw table or of a finished mart, from own YAML and the data contracts."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from expectations.contract import CONTRACTS, Contract, contracts
from expectations.result import Severity
from salesops.yamlfile import load, parse

SUITES = Path(__file__).parent / "suites"
EVERY_TABLE = "every_table"

ExpectationType = Literal[
    "expect_column_pair_values_a_to_be_greater_than_b",
    "expect_column_values_to_be_between",
    "expect_column_values_to_be_in_set",
    "expect_column_values_to_be_unique",
    "expect_column_values_to_not_be_null",
    "expect_compound_columns_to_be_unique",
    "expect_table_columns_to_match_set",
    "unexpected_rows_expectation",
]
"""Those of Great Expectations that are tried on DuckDB; everything else is said in SQL as unexpected rows."""


class Strict(BaseModel):
    """A part of a suite file: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Strict):
    """A text in both languages."""

    zh: str
    en: str


class Expectation(Strict):
    """What must hold: an id that is true when it holds, its test, what follows when it does not, and why."""

    id: str = Field(pattern="^[a-z][a-z0-9_]*$")
    type: ExpectationType
    kwargs: dict[str, Any]
    severity: Severity
    why: Bilingual


class Suite(Strict):
    """The expectations of one table."""

    name: str
    table: str
    expectations: tuple[Expectation, ...] = Field(min_length=1)


@cache
def raw_suite(table: str) -> Suite:
    """The suite of a raw table: what its contract says, what holds for every table, and the table's own rules."""
    own = [part for stem in (EVERY_TABLE, table) if (part := _read("raw", stem))]
    rules = [*_from_contract(contracts()[table]), *(rule for part in own for rule in part.expectations)]
    return Suite(name=f"raw_{table}", table=table, expectations=tuple(rules))


@cache
def mart_suites() -> tuple[Suite, ...]:
    """The suites of the finished marts, in alphabetical order."""
    return tuple(parse(path, Suite) for path in sorted((SUITES / "marts").glob("*.yml")))


def fingerprints(table: str) -> dict[str, str]:
    """Rule of a raw table -> a short hash of it: what it once found holds for as long as it stays what it is."""
    rules = raw_suite(table).expectations
    return {rule.id: hashlib.sha256(rule.model_dump_json().encode()).hexdigest()[:12] for rule in rules}


def place(expectation: str) -> str:
    """File and line where an expectation, named as in an outcome, is written; a contract's rules stand in its file."""
    suite, _, rule = expectation.partition(".")
    layer, _, stem = suite.partition("_")
    for path in (SUITES / layer / f"{one}.yml" for one in (stem, EVERY_TABLE)):
        if path.exists():
            data, lines = load(path)
            ids = [one["id"] for one in data["expectations"]]
            if rule in ids:
                return f"{path}:{lines[('expectations', ids.index(rule))]}"
    return str(CONTRACTS / f"{stem}.yml")


def _read(layer: str, stem: str) -> Suite | None:
    path = SUITES / layer / f"{stem}.yml"
    return parse(path, Suite) if path.exists() else None


def _from_contract(contract: Contract) -> list[Expectation]:
    names = [field.name for field in contract.fields]
    columns = Expectation(
        id="columns_are_those_of_the_contract",
        type="expect_table_columns_to_match_set",
        kwargs={"column_set": names, "exact_match": False},
        severity="blocking",
        why=Bilingual(
            zh=f"{contract.name_zh}：数据契约规定的列缺一不可。",
            en=f"{contract.name_en}: every column of the contract must be there.",
        ),
    )
    required = [field for field in contract.fields if field.required]
    return [columns, *(_never_empty(field.name, field.description_zh) for field in required), _key_once(contract)]


def _never_empty(column: str, name_zh: str) -> Expectation:
    return Expectation(
        id=f"{column}_is_never_empty",
        type="expect_column_values_to_not_be_null",
        kwargs={"column": column},
        severity="blocking",
        why=Bilingual(zh=f"“{name_zh}”为必填项。", en=f"`{column}` is required."),
    )


def _key_once(contract: Contract) -> Expectation:
    key = list(contract.key)
    single = len(key) == 1
    return Expectation(
        id=f"{'_'.join(key)}_is_there_once",
        type="expect_column_values_to_be_unique" if single else "expect_compound_columns_to_be_unique",
        kwargs={"column": key[0]} if single else {"column_list": key},
        severity="warning",
        why=Bilingual(
            zh="同一批次内主键重复：只保留最新的一行，其余不计入。",
            en="A key twice in one batch: the newest row counts, the others do not.",
        ),
    )
