"""The rulebook of a workspace: every chapter read, checked, and named by its content."""

import hashlib
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TypeVar

from rulebook.chapters import CHAPTERS
from rulebook.chapters.reports import ReportRule
from rulebook.rule import Rule
from salesops import yamlfile
from salesops.errors import UserError

DEFAULTS = Path(__file__).parent / "defaults"

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
    book = Rulebook({chapter: _read(_file(folder, chapter), kind) for chapter, kind in CHAPTERS.items()})
    for chapter, rules in book.chapters.items():
        _check_one_at_a_time(rules, _file(folder, chapter))
    return book


def files(folder: Path) -> dict[str, Path]:
    """Chapter → the file that states it: the workspace's, or the shipped default."""
    stated = {chapter: _file(folder, chapter) for chapter in CHAPTERS}
    return {chapter: path for chapter, path in stated.items() if path.exists()}


def _file(folder: Path, chapter: str) -> Path:
    """Where a chapter is written: in the workspace, else among the defaults if it has one."""
    written = folder / f"{chapter}.yml"
    return DEFAULTS / written.name if CHAPTERS[chapter].has_default and not written.exists() else written


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
    for earlier, later in combinations([rule for rule in rules if rule.status == "approved"], 2):
        if earlier.decides_for() & later.decides_for() and earlier.effective.overlaps(later.effective):
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
