"""A mapping as inspection proposes it, line by line, each with how sure it is and why."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from expectations.contract import Contract
from expectations.contract import Field as ContractField
from orchestration.ingest.rows import TOTAL_WORDS
from orchestration.inspect.match import Fit, Keys, TableFit
from orchestration.inspect.profile import Profile, plain_number
from orchestration.inspect.sample import Sample
from orchestration.inspect.synonyms import plain, words

FEW = 40
STATUS = "status"
COUNTS = "confirmed"
LINES = "order_lines"


@dataclass(frozen=True)
class Line:
    """What feeds one field."""

    field: str
    column: str | None
    score: int
    why: str
    value: str | None = None
    formats: tuple[str, ...] = ()
    also_formats: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    times: Decimal | None = None
    others: tuple[str, ...] = ()
    beside: str | None = None
    negative_where: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class TableDraft:
    """How one table is fed."""

    table: str
    sure: int
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    newest_by: str | None = None
    distinct: bool = False
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    deleted_where: tuple[tuple[str, tuple[str, ...]], ...] = ()


def draft_table(fit: TableFit, columns: list[Profile], sample: Sample, keys: Keys, lines_too: bool) -> TableDraft:
    """The lines of one table, in the order of its contract; `lines_too`: its rows also feed a table of lines."""
    fields = [one for one in fit.contract.fields if not (lines_too and fit.table != LINES and one.kind == "amount")]
    lines = [line for one in fields if (line := _line(fit, one, sample, keys))]
    missing = tuple(name for name in fit.missing if name not in {line.field for line in lines})
    newest = fit.fits.get("modified_on") or _named(columns, "modified_on")
    used = {line.column for line in lines}
    has_state = lines_too or STATUS in {one.name for one in fit.contract.fields}
    where = () if has_state else _counted(columns, used)
    load = words()[fit.table].load
    newest_by = newest.column.name if newest and load == "upsert" and newest.column.filled else None
    return TableDraft(fit.table, fit.sure, tuple(lines), missing, newest_by, lines_too and fit.table != LINES, where)


def _named(columns: list[Profile], name: str) -> Fit | None:
    """A column that is called like a field which only some tables have."""
    known = words()["orders"].fields[name]
    found = [column for column in columns if plain(column.name) in known and column.kind == "date"]
    return Fit(name, found[0], 90, "") if found else None


def _line(fit: TableFit, one: ContractField, sample: Sample, keys: Keys) -> Line | None:
    chosen = fit.fits.get(one.name)
    if chosen is None:
        return _constant(fit, one, sample, keys)
    column, known = chosen.column, words()[fit.table]
    score, why = chosen.score, chosen.why
    others = tuple(other.column.name for other in fit.others.get(one.name, [])[:3])
    if one.name in known.values:
        values, unknown = _values(column, known.values[one.name])
        if values or one.required:
            return Line(one.name, column.name, score, why, values=values, unknown=unknown, others=others)
    if one.kind == "date":
        formats = column.formats[:1]
        if len(column.formats) > 1:
            score, why = min(score, 50), f"{why}; day and month cannot be told apart"
        return Line(one.name, column.name, score, why, formats=formats, also_formats=column.formats[1:], others=others)
    times = _times(fit, one, column)
    return Line(one.name, column.name, score, why, times=times, others=others)


def _times(fit: TableFit, one: ContractField, column: Profile) -> Decimal | None:
    """The unit of the header, and a minus where the export counts below zero what we count above it."""
    times = Decimal(column.times) if column.times and one.kind == "amount" else None
    if one.name in words()[fit.table].negative and column.numbers and column.negatives > column.numbers * 0.9:
        return -(times or Decimal(1))
    return times


def _values(column: Profile, known: dict[str, str]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The cells that mean one of our values, and those that nobody knows; none where the cells are ours already."""
    if column.distinct > FEW:
        return (), ()
    meant = [(cell, known[plain(cell)]) for cell in column.values if plain(cell) in known]
    unknown = tuple(cell for cell in column.values if plain(cell) not in known)
    if all(cell == ours for cell, ours in meant):
        return (), () if meant else unknown
    return tuple(meant), unknown


def _constant(fit: TableFit, one: ContractField, sample: Sample, keys: Keys) -> Line | None:
    if one.name == "opened_on":
        found = re.search(r"(20\d\d)\D?([01]\d)\D?([0-3]\d)", f"{sample.title} {sample.name}")
        try:
            day = date(*map(int, found.groups())) if found else None
        except ValueError:
            day = None
        return Line(one.name, None, 55, "the day in the title or the file's name", value=str(day)) if day else None
    if one.name not in fit.constants:
        return None
    value, why, score = fit.constants[one.name], "no column says it, the usual value is taken", 50
    owner = fit.fits.get("owner_id")
    if fit.table == "targets" and one.name == "level" and owner:
        value, why, score = _level(owner.column, keys, value)
    if fit.table == "targets" and one.name == "unit":
        target = fit.fits.get("target_value")
        if target and re.search(r"[(]\s*(家|户|个|customers?)\s*[)]", target.column.name, re.IGNORECASE):
            value, why, score = "customer", "the unit in the header", 80
    return Line(one.name, None, score, why, value=value)


def _level(owner: Profile, keys: Keys, usual: str) -> tuple[str, str, int]:
    tables = {"employees": "employee", "org_units": "org_unit", "territories": "territory"}
    shares = {
        level: len(owner.content & keys[table]) / len(owner.content)
        for table, level in tables.items()
        if keys.get(table) and owner.content
    }
    best = max(shares, key=lambda level: shares[level], default=None)
    if best and shares[best] >= 0.9:
        return best, "the owners are in that table", 80
    return usual, "no column says it, the usual value is taken", 50


def _counted(columns: list[Profile], used: set[str | None]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A column of document states of which some do not count, for a table that has no state of its own."""
    names, known = words()["orders"].fields[STATUS], words()["orders"].values[STATUS]
    for column in columns:
        if column.name in used or plain(column.name) not in names or column.distinct > FEW:
            continue
        states = {cell: known.get(plain(cell)) for cell in column.values}
        counting = tuple(sorted(cell for cell, state in states.items() if state == COUNTS))
        if counting and len(counting) < len(states):
            return ((column.name, counting),)
    return ()


def total_row(header: list[str], sample: Sample) -> tuple[str, str] | None:
    """The column and word of a total in the last row."""
    for name, cell in zip(header, sample.last, strict=False):
        if name and re.fullmatch(TOTAL_WORDS, cell):
            return name, cell.strip()
    return None


def stated_totals(
    header: list[str], sample: Sample, draft: TableDraft, contract: Contract, sums: dict[str, Decimal], decimal: str
) -> tuple[str, ...]:
    """The amounts whose sum over the file is what the total row says."""
    said = {name: plain_number(cell, decimal) for name, cell in zip(header, sample.last, strict=False)}
    amounts = {one.name for one in contract.fields if one.kind == "amount"}
    lines = [line for line in draft.lines if line.field in amounts and line.column]
    return tuple(line.field for line in lines if _same(said.get(line.column or ""), sums.get(line.column or "")))


def _same(said: Decimal | None, added: Decimal | None) -> bool:
    return said is not None and added is not None and abs(said - added) < Decimal("0.01")


def date_pattern(names: list[str]) -> str | None:
    """The day in the files' names, as the mapping's `date_pattern`."""
    for pattern in (r"(\d{8})", r"(\d{4}-\d\d-\d\d)", r"(\d{4}_\d\d_\d\d)", r"(\d{4}-\d\d)", r"(\d{6})"):
        if all(_is_day(re.findall(pattern, name)) for name in names):
            return pattern
    return None


def _is_day(found: list[str]) -> bool:
    digits = re.sub(r"\D", "", found[-1]) if found else ""
    return bool(re.fullmatch(r"20\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?", digits)) and len(found) == 1


def load_kind(table: str, sizes: list[tuple[str, int]]) -> tuple[str, str]:
    """full, upsert or append: how such files usually come, unless their sizes say otherwise."""
    usual = words()[table].load
    if usual == "full" and len(sizes) > 1:
        ordered = [size for _, size in sorted(sizes)]
        smaller = sum(1 for before, after in pairwise(ordered) if after < before * 0.5)
        if smaller * 2 > len(ordered) - 1:
            return "upsert", "later files are much smaller: they hold what changed"
    return usual, "this table's exports usually come so"
