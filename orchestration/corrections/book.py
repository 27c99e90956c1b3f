"""All corrections of a workspace, checked line by line: crosswalks of names and codes, and overrides of records."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from expectations.contract import Contract, contracts
from orchestration.corrections.fields import action_on
from orchestration.corrections.lines import Line, read
from salesops.errors import UserError, meant

DECIDED = ("reason", "by", "until")
CROSSWALKS = {
    "people.csv": ("employees", "employee_id"),
    "customers.csv": ("customers", "customer_id"),
    "payers.csv": ("payers", "customer_id"),
}
"""File -> the crosswalk that it feeds, and its column with the code that counts."""
OVERRIDES = "overrides.csv"
OVERRIDE_COLUMNS = ("action", "table", "record", "field", "value", *DECIDED)
ACTIONS = {"exclude": "exclude", "reassign": "reassign", "adjust": "adjust"} | {
    "剔除": "exclude",
    "改派": "reassign",
    "调整": "adjust",
}
NUMBER = r"-?[0-9]{1,12}(\.[0-9]{1,6})?"
Row = dict[str, Any]


@dataclass
class Corrections:
    """Rows of the tables `aliases` and `overrides`, and what is wrong with the files."""

    aliases: list[Row] = field(default_factory=list)
    overrides: list[Row] = field(default_factory=list)
    problems: list[UserError] = field(default_factory=list)


def columns(name: str) -> tuple[str, ...]:
    """The header of a file of corrections."""
    return OVERRIDE_COLUMNS if name == OVERRIDES else ("name", CROSSWALKS[name][1], "from", "to", *DECIDED)


def load(folder: Path) -> Corrections:
    """Everything in `folder`; a workspace without the folder, or without some of its files, has no such corrections."""
    found = Corrections()
    for path in sorted(folder.glob("*.csv")):
        try:
            lines = _lines(path)
        except UserError as problem:
            found.problems.append(problem)
            continue
        if path.name == OVERRIDES:
            _take(lines, _override, found.overrides, found)
        else:
            _take(lines, _alias, found.aliases, found)
    found.problems += [*_contradictions(found.aliases, folder), *_repeated(found.overrides, folder)]
    return found


def _lines(path: Path) -> list[Line]:
    known = [*CROSSWALKS, OVERRIDES]
    if path.name not in known:
        raise UserError("there is no such file of corrections.", where=str(path), mend=meant(path.name, known))
    return read(path, columns(path.name))


def _take(lines: list[Line], parse: Callable[[Line], Row], into: list[Row], found: Corrections) -> None:
    for line in lines:
        try:
            into.append({"correction_id": line.id, "line": line.number, **parse(line), **_decided(line)})
        except UserError as problem:
            found.problems.append(problem)


def _decided(line: Line) -> Row:
    return {"reason": line.text("reason"), "made_by": line.text("by"), "valid_until": line.day("until")}


def _alias(line: Line) -> Row:
    entity, code = CROSSWALKS[line.path.name]
    given, becomes = line.text("name"), line.text(code)
    begins, ends = line.day("from"), line.day("to")
    if given == becomes:
        raise UserError(f"`{given}` is given itself.", where=line.where, mend="Remove the line.")
    if begins and ends and ends < begins:
        raise UserError(f"it ends on {ends}, before it begins on {begins}.", where=line.where, mend="Mend the days.")
    return {"entity": entity, "given": given, "becomes": becomes, "valid_from": begins, "valid_to": ends}


def _override(line: Line) -> Row:
    action = ACTIONS.get(line.text("action"))
    if action is None:
        what = f"there is no action `{line.cells['action']}`."
        raise UserError(what, where=line.where, mend="Write exclude, reassign or adjust.")
    contract = _table(line)
    _check_record(line, contract)
    row = {"action": action, "table_name": contract.name, "record": line.text("record"), "field": "", "value": ""}
    if action == "exclude":
        return row
    if action == "adjust":
        line.text("until")  # what the books themselves should say is adjusted for a while only
    return row | _change(line, contract, action)


def _table(line: Line) -> Contract:
    name = line.text("table")
    if name in contracts():
        return contracts()[name]
    raise UserError(f"there is no table `{name}`.", where=line.where, mend=meant(name, contracts()))


def _check_record(line: Line, contract: Contract) -> None:
    if line.text("record").count("/") < len(contract.key) - 1:
        what = f"`{line.cells['record']}` is no record of `{contract.name}`."
        raise UserError(what, where=line.where, mend=f"Write {'/'.join(contract.key)}.")


def _change(line: Line, contract: Contract, action: str) -> Row:
    name, value = line.text("field"), line.text("value")
    may = [field.name for field in contract.fields if action_on(contract, field) == action]
    if name not in may:
        what = f"`{action}` has no field `{name}` in the table `{contract.name}`."
        raise UserError(what, where=line.where, mend=meant(name, may))
    if action == "adjust" and not re.fullmatch(NUMBER, value):
        what = f"the column `value` has no number: `{value}`."
        raise UserError(what, where=line.where, mend="Write it as 1234.50.")
    return {"field": name, "value": value}


def _contradictions(aliases: list[Row], folder: Path) -> Iterator[UserError]:
    """A name means one code on any day, and that code is a last one."""
    seen: dict[tuple[str, str], list[Row]] = {}
    for row in aliases:
        named = seen.setdefault((row["entity"], row["given"]), [])
        if other := next((other for other in named if _overlap(row, other)), None):
            what = f"`{row['given']}` has another code on the same days in line {other['line']}."
            yield UserError(what, where=_where(folder, row), mend="Set `from` and `to`, or remove one of the lines.")
        named.append(row)
    for row in aliases:
        entity = "employees" if row["entity"] == "employees" else "customers"
        if further := seen.get((entity, row["becomes"])):
            what = f"`{row['becomes']}` has itself become `{further[0]['becomes']}` in {further[0]['correction_id']}."
            yield UserError(what, where=_where(folder, row), mend="Write the last code in every line.")


def _overlap(one: Row, other: Row) -> bool:
    def begins(row: Row) -> date:
        return row["valid_from"] or date.min

    def ends(row: Row) -> date:
        return row["valid_to"] or date.max

    return begins(one) <= ends(other) and begins(other) <= ends(one)


def _repeated(overrides: list[Row], folder: Path) -> Iterator[UserError]:
    first: dict[tuple[str, str, str], Row] = {}
    for row in overrides:
        earlier = first.setdefault((row["table_name"], row["record"], row["field"]), row)
        if earlier is not row:
            what = f"line {earlier['line']} has a correction of the same record and field."
            yield UserError(what, where=_where(folder, row), mend="Remove one of the lines.")


def _where(folder: Path, row: Row) -> str:
    return f"{folder / row['correction_id']}"
