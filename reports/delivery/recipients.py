"""Who gets a report, and of which part of the company: the rulebook's readers, resolved in the published marts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from reports.marts import Marts
from salesops.errors import UserError, meant

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
COMPANY = "company"
NOWHERE = ("localhost", "localdomain", "invalid", "local", "internal")
"""Last parts of domains that no mail outside this machine can reach."""


class ReaderRule(Protocol):
    """What the rulebook says of readers: the managers of all units, or one address."""

    @property
    def managers_of(self) -> str | None: ...
    @property
    def mail(self) -> str | None: ...
    @property
    def scope(self) -> str: ...
    @property
    def language(self) -> str | None: ...
    @property
    def formats(self) -> Sequence[str]: ...


@dataclass(frozen=True, order=True)
class Reader:
    """One address that gets one unit's report, in one language."""

    scope: str
    address: str
    language: str
    formats: tuple[str, ...] = ("email", "pdf")
    name: str = ""


@dataclass(frozen=True)
class Unreachable:
    """A reader whom no mail can reach, and why (an English sentence part)."""

    who: str
    scope: str
    why: str


def root_unit(marts: Marts) -> str:
    """The unit that is the whole company."""
    sql = "select org_unit_id from dim_org_unit where parent_org_unit_id is null order by sort_order, org_unit_id"
    return marts.row(sql)["org_unit_id"]


def scope_of(marts: Marts, unit: str) -> str:
    """What people call the scope: `company` for the whole, else the unit's code."""
    return COMPANY if unit == root_unit(marts) else unit


def find_unit(marts: Marts, scope: str | None) -> str:
    """The unit of that code or name; `company` and nothing mean the whole company."""
    root = root_unit(marts)
    if scope in (None, COMPANY, root):
        return root
    units = marts.rows("select org_unit_id, name, name_en from dim_org_unit order by org_unit_id")
    for key in ("org_unit_id", "name", "name_en"):
        matching = sorted({unit["org_unit_id"] for unit in units if unit[key] == scope})
        if len(matching) == 1:
            return matching[0]
    known = {name: unit["org_unit_id"] for unit in units for name in unit.values() if name}
    mend = meant(scope, known, "Name a unit by its code, or `company`.")
    raise UserError(f"no unit is called `{scope}`.", where="scope", mend=mend)


def resolve(marts: Marts, rules: Iterable[ReaderRule], language: str) -> tuple[list[Reader], list[Unreachable]]:
    """Every reader once per unit, in a fixed order, and those whom no mail can reach."""
    found: dict[tuple[str, str], Reader] = {}
    lost: list[Unreachable] = []
    for rule in sorted(rules, key=lambda rule: rule.mail is None):  # an address by name decides before a function does
        candidates = [_named(marts, rule)] if rule.mail else _managers(marts, rule.language or language)
        for scope, address, name, problem in candidates:
            why = problem or address_problem(address)
            if why:
                lost.append(Unreachable(name or address, scope, why))
                continue
            reader = Reader(scope, address, rule.language or language, tuple(rule.formats), name)
            found.setdefault((scope, address.casefold()), reader)
    return sorted(found.values()), lost


def address_problem(address: str) -> str:
    """Why no mail can be sent to this address, or nothing."""
    if not ADDRESS.fullmatch(address):
        return f"`{address}` is not an e-mail address" if address else "has no e-mail address"
    domain = address.rpartition("@")[2].lower()
    return f"mail cannot reach the domain `{domain}`" if domain.rpartition(".")[2] in NOWHERE else ""


def _named(marts: Marts, rule: ReaderRule) -> tuple[str, str, str, str]:
    return scope_of(marts, find_unit(marts, rule.scope)), rule.mail or "", "", ""


def _managers(marts: Marts, language: str) -> list[tuple[str, str, str, str]]:
    """(unit, address, name, problem) of every unit's manager; of units below each other only the uppermost."""
    managed = marts.rows(
        "select u.org_unit_id, u.manager_employee_id, e.employee_id, e.email, e.left_on,"
        " case when $language = 'en' then coalesce(e.name_en, e.name) else e.name end as name"
        " from dim_org_unit u left join dim_employee e on e.employee_id = u.manager_employee_id"
        " where u.manager_employee_id is not null"
        " and u.valid_from <= $day and (u.valid_to is null or u.valid_to > $day)"
        " order by u.depth, u.sort_order, u.org_unit_id",
        day=marts.as_of,
        language=language,
    )
    above = _ancestors(marts)
    own: dict[str, set[str]] = {}
    for row in managed:
        own.setdefault(row["manager_employee_id"], set()).add(row["org_unit_id"])
    return [
        (
            scope_of(marts, row["org_unit_id"]),
            row["email"] or "",
            row["name"] or row["manager_employee_id"],
            _absence(row, marts),
        )
        for row in managed
        if not above.get(row["org_unit_id"], set()) & own[row["manager_employee_id"]]
    ]


def _absence(row: dict[str, Any], marts: Marts) -> str:
    if row["employee_id"] is None:
        return "is not among the employees"
    return "has left the company" if row["left_on"] and row["left_on"] <= marts.as_of else ""


def _ancestors(marts: Marts) -> dict[str, set[str]]:
    rows = marts.rows(
        "select distinct ancestor_id, descendant_id from dim_org_unit_closure"
        " where ancestor_id <> descendant_id and valid_from <= $day and valid_to > $day",
        day=marts.as_of,
    )
    above: dict[str, set[str]] = {}
    for row in rows:
        above.setdefault(row["descendant_id"], set()).add(row["ancestor_id"])
    return above
