"""Which table a file feeds, and which column each field: by names, by types, by where the values are found again."""

import re
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache

from expectations.contract import Contract, contracts
from expectations.contract import Field as ContractField
from orchestration.ingest.cells import NUMBERS
from orchestration.inspect.profile import Profile
from orchestration.inspect.synonyms import Words, all_names, plain, words

Keys = Lookup[str, frozenset[str]]
"""Table -> the values of its key that were seen."""

LEAST = 40  # a guess below it is not made
LIKE = 0.86
HEADERS = {"order_lines": "orders"}
"""A table of lines, whose exports often repeat the header's columns -> the table of the headers."""


@dataclass(frozen=True)
class Fit:
    """A column that may feed a field: how sure that is, and why."""

    field: str
    column: Profile
    score: int
    why: str


@dataclass(frozen=True)
class TableFit:
    """A table that a file may feed."""

    table: str
    worth: float
    hint: float
    fits: dict[str, Fit]
    others: dict[str, list[Fit]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)

    @property
    def contract(self) -> Contract:
        """The table's contract."""
        return contracts()[self.table]

    @property
    def missing(self) -> list[str]:
        """Required fields that nothing feeds."""
        needed = (one.name for one in self.contract.fields if one.required)
        return [name for name in needed if name not in self.fits and name not in self.constants]

    @property
    def sure(self) -> int:
        """How sure the table is, 0 to 100: what its required fields are, and whether the file's name says so."""
        needed = [one.name for one in self.contract.fields if one.required and one.name not in self.constants]
        scores = [self.fits[name].score if name in self.fits else 0 for name in needed]
        by_fields = sum(scores) / max(len(scores), 1)
        return round(min(100.0, by_fields * 0.8 + 20 * min(1.0, self.hint * 2)))


@cache
def references() -> dict[str, str]:
    """Key field -> the table that it identifies a row of."""
    keys = {contract.key[0]: name for name, contract in contracts().items() if len(contract.key) == 1}
    return keys | {"org_unit_id": "org_units"}


def referred(table: str, name: str) -> str | None:
    """The table that a field of `table` points to."""
    for key, target in references().items():
        if name == key:
            return target if target != table else None
        if name.endswith(f"_{key}"):
            return target
    return None


def fit_tables(columns: list[Profile], hints: list[tuple[str, float]], keys: Keys) -> list[TableFit]:
    """Every table with what the columns feed of it, the likeliest first."""
    found = [_fit_table(contract, columns, hints, keys) for contract in contracts().values()]
    return sorted(found, key=lambda one: (-one.worth, one.table))


def fed_by_lines(best: TableFit, all_fits: list[TableFit]) -> TableFit | None:
    """The header table or the table of lines that the same rows feed too."""
    pair = HEADERS.get(best.table) or next((line for line, head in HEADERS.items() if head == best.table), None)
    other = next((one for one in all_fits if one.table == pair), None)
    if other is None or other.missing or best.missing:
        return None
    head = best if best.table in HEADERS.values() else other
    key = head.fits[head.contract.key[0]].column
    return other if key.distinct < key.filled else None


def fed_by_people(best: TableFit, all_fits: list[TableFit]) -> TableFit | None:
    """The units that a list of people names beside them: theirs since they joined."""
    other = next(one for one in all_fits if one.table == "employee_assignments")
    if best.table != "employees" or "org_unit_id" not in other.fits:
        return None
    days = {"valid_from": best.fits.get("hired_on"), "valid_to": best.fits.get("left_on")}
    since = {name: replace(fit, field=name) for name, fit in days.items() if fit and name not in other.fits}
    return replace(other, fits=other.fits | since)


def _fit_table(contract: Contract, columns: list[Profile], hints: list[tuple[str, float]], keys: Keys) -> TableFit:
    known = words()[contract.name]
    pairs = ((one, column) for one in contract.fields for column in columns)
    judged = [fit for one, column in pairs if (fit := _judge(contract, one, column, keys))]
    judged.sort(key=lambda fit: (-fit.score, _filled_rank(fit), fit.column.place))
    fits: dict[str, Fit] = {}
    taken: set[int] = set()
    for fit in judged:
        if fit.field not in fits and fit.column.place not in taken:
            fits[fit.field] = fit
            taken.add(fit.column.place)
    hint = _hint(known, hints)
    _key_by_position(contract, columns, fits, taken, hint)
    constants = {name: value for name, value in known.constant.items() if name not in fits}
    others = {name: [fit for fit in judged if fit.field == name and fits.get(name) != fit] for name in fits}
    one = TableFit(contract.name, 0.0, hint, fits, others, constants)
    return replace(one, worth=_worth(one, columns))


def _filled_rank(fit: Fit) -> int:
    return 0 if fit.column.filled else 1


def _hint(known: Words, hints: list[tuple[str, float]]) -> float:
    """How much of a file's, sheet's or title's name is a name of the table."""
    best = 0.0
    for text, weight in hints:
        bare = re.sub(r"\d+", "", plain(text))
        for name in known.names:
            if bare and len(name) > 1 and name in bare:
                best = max(best, weight * len(name) / len(bare))
    return best


def _worth(one: TableFit, columns: list[Profile]) -> float:
    contract = one.contract
    worth = 6 * one.hint - 4 * len(one.missing)
    for name, fit in one.fits.items():
        weight = 3 if name in contract.key else 2 if contract.field(name).required else 1
        worth += weight * fit.score / 100
    filled = [column for column in columns if column.filled]
    used = {fit.column.place for fit in one.fits.values()}
    worth += 4 * len(used) / max(len(filled), 1)
    key = one.fits.get(contract.key[0]) if len(contract.key) == 1 else None
    if key and key.column.distinct < key.column.rows * 0.98:
        worth -= 4
    return worth


def _key_by_position(
    contract: Contract, columns: list[Profile], fits: dict[str, Fit], taken: set[int], hint: float
) -> None:
    """The first column is the key where its values say so and nothing else is named like one."""
    key = contract.key[0]
    if len(contract.key) > 1 or key in fits or not columns or hint < 0.5:
        return
    first = columns[0]
    if first.unique and first.place not in taken and first.kind != "date":
        fits[key] = Fit(key, first, 50, "the first column, with each value once")


def _judge(contract: Contract, one: ContractField, column: Profile, keys: Keys) -> Fit | None:
    score, why = _by_name(contract.name, one.name, column.name)
    score, why = _by_content(contract, one, column, keys, score, why)
    if not _fits_type(one, column):
        score -= 60
    if not column.filled:
        score -= 10
    return Fit(one.name, column, score, why) if score >= LEAST else None


@cache
def _by_name(table: str, name: str, column: str) -> tuple[int, str]:
    named = words()[table].fields[name]
    parts = column.split("/")
    spellings = [plain(column)] + ([plain(parts[-1])] if len(parts) > 1 else [])
    for loss, spelling in enumerate(spellings):
        if spelling in named:
            score, why = named[spelling]
            return score - 3 * loss, why
    if spellings[0] in all_names():
        return 0, ""  # it is the very name of something else
    near = _near(spellings[0])
    return (60, f"the name is like {near}") if near in named else (0, "")


@cache
def _near(spelling: str) -> str:
    """The known name that is most like it; nothing where none is."""
    near = [name for name in all_names() if len(name) > 3 and abs(len(name) - len(spelling)) < 4]
    return next(iter(get_close_matches(spelling, sorted(near), n=1, cutoff=LIKE)), "")


def _by_content(
    contract: Contract, one: ContractField, column: Profile, keys: Keys, score: int, why: str
) -> tuple[int, str]:
    target = referred(contract.name, one.name)
    known = keys.get(target, frozenset()) if target else frozenset()
    if not known or not column.content:
        return score, why
    cells = {part.strip() for cell in column.content for part in cell.split(";")}
    share = len(cells & known) / len(cells)
    if score and share >= 0.9:
        return min(100, score + 3), f"{why}; the values are in {target}"
    if score and share < 0.2 and column.distinct > 2:
        return score - 50, f"{why}, but the values are not in {target}"
    lettered = sum(1 for value in column.values if re.search(r"[^\W\d]", value))
    if not score and share >= 0.9 and column.distinct >= 3 and lettered * 2 > len(column.values):
        return 70, f"the values are in {target}"
    return score, why


def _fits_type(one: ContractField, column: Profile) -> bool:
    if not column.filled:
        return True
    if one.kind == "date":
        return column.kind == "date" or column.share(column.dates) >= 0.7
    if one.kind in NUMBERS:
        return column.share(column.numbers) >= 0.7
    return True
