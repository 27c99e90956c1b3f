"""The rulebook of a workspace: every chapter read, checked, and named by its content."""

import hashlib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from rulebook.calendar import Holidays
from rulebook.collection import Collection
from rulebook.forms import FormRule
from rulebook.reports import ReportRule
from rulebook.rule import Rule
from rulebook.sales_basis import SalesBasis
from salesops import yamlfile
from salesops.errors import UserError

CHAPTERS: dict[str, type[Rule]] = {
    "calendar": Holidays,
    "collection": Collection,
    "forms": FormRule,
    "reports": ReportRule,
    "sales_basis": SalesBasis,
}
"""Chapter (the file is `rulebook/<chapter>.yml`, a list of rules) → what a rule of it states."""

ONE_AT_A_TIME = ("collection", "sales_basis")
"""Chapters of which exactly one rule is in force on any day."""

AnyRule = TypeVar("AnyRule", bound=Rule)


@dataclass(frozen=True)
class Rulebook:
    """All rules, by chapter, each in the order of its first day."""

    chapters: dict[str, list[Rule]]

    def of(self, kind: type[AnyRule]) -> list[AnyRule]:
        """The rules of one kind."""
        return [rule for rules in self.chapters.values() for rule in rules if isinstance(rule, kind)]

    @property
    def reports(self) -> list[ReportRule]:
        """Reports and their readers."""
        return self.of(ReportRule)


def load(folder: Path) -> Rulebook:
    """The rulebook in `folder`; UserError for an unknown chapter, a broken rule, or two rules in force at once."""
    for path in sorted(folder.glob("*.yml")):
        if path.stem not in CHAPTERS:
            raise UserError(
                "the rulebook has no such chapter.", where=str(path), mend=f"Chapters are {', '.join(CHAPTERS)}."
            )
    book = Rulebook({chapter: _read(folder / f"{chapter}.yml", kind) for chapter, kind in CHAPTERS.items()})
    for chapter in ONE_AT_A_TIME:
        _check_one_at_a_time(book.chapters[chapter], folder / f"{chapter}.yml")
    return book


def _read(path: Path, kind: type[Rule]) -> list[Rule]:
    if not path.exists():
        return []
    data, lines = yamlfile.load(path)
    if not isinstance(data, list):
        raise UserError("the file must hold a list of rules.", where=f"{path}:1", mend="Begin each rule with `- id:`.")
    rules = [yamlfile.validate(item, kind, path, lines, (index,)) for index, item in enumerate(data)]
    ids = [rule.id for rule in rules]
    for rule_id in ids:
        if ids.count(rule_id) > 1:
            raise UserError(f"the rule id `{rule_id}` is used twice.", where=str(path), mend="Give each its own id.")
    return sorted(rules, key=lambda rule: (rule.effective.from_, rule.id))


def _check_one_at_a_time(rules: list[Rule], path: Path) -> None:
    for earlier, later in pairwise(rule for rule in rules if rule.status == "approved"):
        if earlier.effective.to is None or earlier.effective.to >= later.effective.from_:
            raise UserError(
                f"`{earlier.id}` and `{later.id}` are both in force on {later.effective.from_}.",
                where=str(path),
                mend=f"End `{earlier.id}` with `to:` before that day.",
            )


def version(folder: Path) -> str:
    """Twelve hexadecimal digits of the content of the rulebook's files."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
