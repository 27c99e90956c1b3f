"""Which rules changed, key by key, in the words of the rulebook."""

from dataclasses import dataclass
from typing import Literal

from rulebook import Rulebook, words
from rulebook.chapters import CHAPTERS
from rulebook.rule import Rule
from rulebook.told import NONE, Language, flat, told

Kind = Literal["new", "gone", "changed"]


@dataclass(frozen=True)
class Changed:
    """A key of a rule that says something else."""

    key: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """A rule that is new, gone or changed; a new one is told beside the rule whose place it takes, if there is one."""

    chapter: str
    rule_id: str
    title: str
    kind: Kind
    keys: tuple[Changed, ...]
    instead_of: str = ""


def changes(before: Rulebook, after: Rulebook, language: Language) -> list[Change]:
    """Every rule that is not what it was, by chapter and id."""
    found = []
    for chapter, kind in CHAPTERS.items():
        old = {rule.id: rule for rule in before.chapters[chapter]}
        new = {rule.id: rule for rule in after.chapters[chapter]}
        title = getattr(words.title(kind), language)
        for rule_id in sorted(old.keys() | new.keys()):
            one, other = old.get(rule_id), new.get(rule_id)
            if one and other and (one.status, other.status) == ("draft", "approved"):
                one = None  # a draft that is in force now takes another rule's place
            if one != other:
                state: Kind = "changed" if one and other else "new" if other else "gone"
                beside = one or (_replaced(other, before.chapters[chapter]) if other else None)
                instead = beside.id if beside and state == "new" else ""
                found.append(Change(chapter, rule_id, title, state, _keys(beside, other, language), instead))
    return found


def _replaced(rule: Rule, before: list[Rule]) -> Rule | None:
    """The rule that decided for the same on its first day, or the last one before."""
    same = [one for one in before if one.status == "approved" and one.decides_for() & rule.decides_for()]
    begun = [one for one in same if one.effective.from_ <= rule.effective.from_]
    return begun[-1] if begun else None


def _keys(before: Rule | None, after: Rule | None, language: Language) -> tuple[Changed, ...]:
    old, new = _stated(before, language), _stated(after, language)
    return tuple(
        Changed(" · ".join(filter(None, path)), old.get(path, NONE), new.get(path, NONE))
        for path in dict.fromkeys([*old, *new])
        if old.get(path) != new.get(path)
    )


def _stated(rule: Rule | None, language: Language) -> dict[tuple[str, ...], str]:
    return dict(flat(told(rule, language, leave_out=frozenset({"id"})))) if rule else {}
