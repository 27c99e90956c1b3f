"""The rulebook of a workspace: every chapter read, checked, and named by its content."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, TypeVar

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


@dataclass(frozen=True)
class Stated:
    """A rule, and where it is written."""

    chapter: str
    rule: Rule
    path: Path
    index: int
    lines: dict[yamlfile.KeyPath, int]

    def where(self, *keys: str | int) -> str:
        """File and line of a key of the rule, or of the nearest key around it that is written."""
        return yamlfile.place(self.path, self.lines, (self.index, *keys))


@dataclass(frozen=True)
class Refusal:
    """Why a rulebook cannot be loaded; `rule` is empty where the problem is not of one rule."""

    rule: str
    error: UserError


def load(folder: Path) -> Rulebook:
    """The rulebook in `folder`; UserError for an unknown chapter, a broken rule, or two rules in force at once."""
    stated, refusals = read(folder)
    if refusals:
        raise refusals[0].error
    return Rulebook({chapter: [one.rule for one in stated if one.chapter == chapter] for chapter in CHAPTERS})


def read(folder: Path) -> tuple[list[Stated], list[Refusal]]:
    """Every rule that can be read, with its place, and everything for which `load` would refuse the rulebook."""
    stated: list[Stated] = []
    refusals = list(_unknown_chapters(folder))
    for chapter in CHAPTERS:
        rules, broken = _read(chapter, _file(folder, chapter))
        stated += rules
        refusals += [*broken, *_used_twice(rules), *_in_force_at_once(rules)]
    return stated, refusals


def files(folder: Path) -> dict[str, Path]:
    """Chapter → the file that states it: the workspace's, or the shipped default."""
    stated = {chapter: _file(folder, chapter) for chapter in CHAPTERS}
    return {chapter: path for chapter, path in stated.items() if path.exists()}


def _file(folder: Path, chapter: str) -> Path:
    """Where a chapter is written: in the workspace, else among the defaults if it has one."""
    written = folder / f"{chapter}.yml"
    return DEFAULTS / written.name if CHAPTERS[chapter].has_default and not written.exists() else written


def _unknown_chapters(folder: Path) -> Iterator[Refusal]:
    for path in sorted(folder.glob("*.yml")):
        if path.stem not in CHAPTERS:
            mend = f"Chapters are {', '.join(CHAPTERS)}."
            yield Refusal("", UserError("the rulebook has no such chapter.", where=str(path), mend=mend))


def _read(chapter: str, path: Path) -> tuple[list[Stated], list[Refusal]]:
    """The rules of a file in the order of their first day, and what is wrong with the others."""
    if not path.exists():
        return [], []
    try:
        data, lines = yamlfile.load(path)
    except UserError as error:
        return [], [Refusal("", error)]
    if not isinstance(data, list):
        mend = "Begin each rule with `- id:`."
        return [], [Refusal("", UserError("the file must hold a list of rules.", where=f"{path}:1", mend=mend))]
    stated, refusals = [], []
    for index, item in enumerate(data):
        try:
            rule = yamlfile.validate(item, CHAPTERS[chapter], path, lines, (index,))
            stated.append(Stated(chapter, rule, path, index, lines))
        except UserError:
            refusals += [Refusal(_id(item), error) for error in _problems(item, chapter, path, lines, index)]
    return sorted(stated, key=lambda one: (one.rule.effective.from_, one.rule.id)), refusals


def _problems(item: Any, chapter: str, path: Path, lines: dict[yamlfile.KeyPath, int], index: int) -> list[UserError]:
    def where(inside: yamlfile.KeyPath) -> str:
        return yamlfile.place(path, lines, (index, *inside))

    return yamlfile.problems(item, CHAPTERS[chapter], path.name, where)


def _id(item: Any) -> str:
    return str(item.get("id", "")) if isinstance(item, dict) else ""


def _used_twice(stated: list[Stated]) -> Iterator[Refusal]:
    seen: set[str] = set()
    for one in sorted(stated, key=lambda one: one.index):
        if one.rule.id in seen:
            what = f"the rule id `{one.rule.id}` is used twice."
            yield Refusal(one.rule.id, UserError(what, where=one.where("id"), mend="Give each its own id."))
        seen.add(one.rule.id)


def _in_force_at_once(stated: list[Stated]) -> Iterator[Refusal]:
    for first, second in combinations([one for one in stated if one.rule.status == "approved"], 2):
        earlier, later = first.rule, second.rule
        if earlier.decides_for() & later.decides_for() and earlier.effective.overlaps(later.effective):
            what = f"`{earlier.id}` and `{later.id}` are both in force on {later.effective.from_}."
            mend = f"End `{earlier.id}` with `to:` before that day."
            yield Refusal(later.id, UserError(what, where=second.where("effective"), mend=mend))


def version(folder: Path) -> str:
    """Twelve hexadecimal digits of the content of the rulebook's files."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
