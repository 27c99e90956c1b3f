"""The mappings of a workspace: read, laid over their presets, and held to the contracts of the tables that they feed."""

import re
from collections.abc import Iterator
from pathlib import Path

from expectations.contract import Contract, contracts
from expectations.contract import Field as ContractField
from orchestration.corrections.fields import crosswalk
from orchestration.ingest import extra
from orchestration.ingest.mapping import Column, Mapping, Read, Source, Table
from orchestration.ingest.preset import with_preset
from salesops.errors import UserError, meant
from salesops.yamlfile import KeyPath, validate

MONEY_UNIT = re.compile("千元|万元|百万元|亿元")


def load_sources(folder: Path) -> list[Source]:
    """All mappings in `folder` by name, checked against the contracts; UserError about the first problem."""
    sources = [load_source(path) for path in sorted(folder.glob("*.yml"))]
    extras = [(str(one.path), name, table.extra) for one in sources for name, table in one.mapping.tables.items()]
    if found := extra.clash(extras):
        file, name, column = found
        what = f"two tables bring an extra column `{name}` into the same mart."
        raise UserError(what, where=file, mend=f"In `extra`, write `another_name: {column}` in its place.")
    return sources


def load_source(path: Path) -> Source:
    """One mapping, checked against the contracts."""
    data, lines = with_preset(path)
    mapping = validate(data, Mapping, path, lines)
    problem = next(_problems(mapping), None)
    if problem:
        at, what, mend = problem
        while at not in lines:
            at = at[:-1]
        raise UserError(what, where=f"{path}:{lines[at]}", mend=mend)
    return Source(path.stem, path, mapping)


Problem = tuple[KeyPath, str, str]


def _problems(mapping: Mapping) -> Iterator[Problem]:
    known = contracts()
    for name, table in mapping.tables.items():
        if name not in known:
            yield ("tables", name), f"there is no table `{name}`.", meant(name, known)
        else:
            yield from _problems_of_table(name, table, known[name])
            yield from _problems_of_lines(name, table, mapping.read)
    for field in mapping.replaces.rows_with_same if mapping.replaces else []:
        if any(field not in table.columns for table in mapping.tables.values()):
            yield ("replaces", "rows_with_same"), f"`{field}` is not mapped in every table.", "Map it, or leave it out."
    for column in _needed_but_may_lack(mapping):
        what = f"the column `{column}` feeds a required field, so that no export may lack it."
        yield ("may_lack",), what, "Take it out of `may_lack`."
    mapped = {field for table in mapping.tables.values() for field in table.columns}
    for field in sorted(mapping.totals.keys() - mapped):
        what = f"the total of `{field}` cannot be checked: it is not mapped."
        yield ("totals", field), what, meant(field, mapped)


def _problems_of_lines(name: str, table: Table, read: Read) -> Iterator[Problem]:
    for field, column in table.columns.items():
        if "{line}" in (column.value or "") and not read.fill_down:
            what = "`{line}` counts the rows of a document, but nothing says which column names the document."
            yield ("tables", name, "columns", field), what, "Name that column first in `read: {fill_down: [...]}`."


def _needed_but_may_lack(mapping: Mapping) -> list[str]:
    needed = {
        part
        for name, table in mapping.tables.items()
        for field, column in table.columns.items()
        if name in contracts() and any(one.name == field and one.required for one in contracts()[name].fields)
        for part in (column.column, column.beside)
    }
    return [column for column in mapping.may_lack if column in needed]


def _problems_of_table(name: str, table: Table, contract: Contract) -> Iterator[Problem]:
    kinds = {field.name: field.kind for field in contract.fields}
    at: KeyPath = ("tables", name, "columns")
    for field, column in table.columns.items():
        if field not in kinds:
            yield (*at, field), f"the table `{name}` has no field `{field}`.", meant(field, kinds)
        elif kinds[field] == "amount" and column.times is None and MONEY_UNIT.search(column.column or ""):
            unit = f"the column `{column.column}` names a unit of money, but nothing says what to multiply by."
            yield (*at, field), unit, "Add `times:` (10000 for 万元; 1 if the figures are in yuan all the same)."
        elif column.look_up:
            yield from _problems_of_look_up(name, contract.field(field), column, contract)
    for what, mend in extra.problems(name, table.extra) if table.extra else ():
        yield ("tables", name, "extra"), what, mend
    for needed in contract.fields:
        if needed.required and needed.name not in table.columns:
            what = f"the table `{name}` needs the field `{needed.name}` ({needed.description_zh})."
            yield at, what, "Map a column to it."


def _problems_of_look_up(table: str, field: ContractField, column: Column, contract: Contract) -> Iterator[Problem]:
    found = crosswalk(contract, field)
    files = {"employees": ["people"], "customers": ["customers"], "payers": ["payers", "customers"]}.get(
        found or "", []
    )
    looked_in = "employees" if found == "employees" else "customers"
    at: KeyPath = ("tables", table, "columns", field.name)
    if not files or field.name in contract.key:
        yield at, f"`{field.name}` cannot be looked up: it names no employee and no customer.", "Take `look_up` out."
    elif column.look_up and column.look_up.partition(".")[0] != looked_in:
        yield at, f"`{field.name}` is looked up in the wrong table.", f"Write `look_up: {looked_in}.name`."
    elif column.aliases and column.aliases not in (known := [f"corrections/{file}.csv" for file in files]):
        yield at, f"the aliases of `{field.name}` do not stand there.", f"Write `aliases: {known[0]}`."
