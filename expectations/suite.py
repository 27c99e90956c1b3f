"""Suites: the expectations of a raw table or of a finished mart, from own YAML and the data contracts."""

from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from expectations.contract import Contract, contracts
from expectations.result import Severity
from salesops.errors import UserError
from salesops.yamlfile import parse

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


def validate_suite_files() -> None:
    """Read every suite file; UserError for one that cannot be read or says something that cannot be."""
    for layer in ("raw", "marts"):
        for path in sorted((SUITES / layer).glob("*.yml")):
            _check(parse(path, Suite), layer, path)
    for table in contracts():
        _check_ids(raw_suite(table), SUITES / "raw" / f"{table}.yml")


def _read(layer: str, stem: str) -> Suite | None:
    path = SUITES / layer / f"{stem}.yml"
    return parse(path, Suite) if path.exists() else None


def _check(suite: Suite, layer: str, path: Path) -> None:
    if suite.name != f"{layer}_{path.stem}":
        raise UserError(
            f"the suite is named `{suite.name}`.", where=str(path), mend=f"Name it `{layer}_{path.stem}`, as its file."
        )
    _check_ids(suite, path)
    if layer == "raw" and path.stem != EVERY_TABLE:
        _check_columns(suite, path)


def _check_ids(suite: Suite, path: Path) -> None:
    ids = [rule.id for rule in suite.expectations]
    for twice in {one for one in ids if ids.count(one) > 1}:
        raise UserError(f"the expectation `{twice}` stands there twice.", where=str(path), mend="Rename one of them.")


def _check_columns(suite: Suite, path: Path) -> None:
    if suite.table not in contracts() or suite.table != path.stem:
        raise UserError(f"`{suite.table}` is not the table of this file.", where=str(path), mend="Name both alike.")
    known = {field.name for field in contracts()[suite.table].fields}
    for rule in suite.expectations:
        named = {rule.kwargs[key] for key in ("column", "column_A", "column_B") if key in rule.kwargs}
        for column in sorted(named - known):
            raise UserError(
                f"`{rule.id}` names the column `{column}`, which the table does not have.",
                where=str(path),
                mend=f"Columns are {', '.join(sorted(known))}.",
            )


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
