"""Drafts computed as if they were in force: what they replace ends before them and goes on after them."""

from dataclasses import replace
from datetime import date, timedelta

from rulebook import Rulebook
from rulebook.rule import Effective, Rule
from salesops.errors import UserError


def with_drafts(book: Rulebook, ids: tuple[str, ...]) -> Rulebook:
    """The rulebook with these drafts in force; UserError for an id that is no draft's."""
    drafts = {rule.id: rule for rules in book.chapters.values() for rule in rules if rule.status == "draft"}
    for rule_id in ids:
        if rule_id not in drafts:
            known = ", ".join(sorted(drafts)) or "none"
            what = f"there is no draft `{rule_id}` in the rulebook."
            raise UserError(what, where="--draft", mend=f"Drafts are: {known}.")
    chosen = [drafts[rule_id] for rule_id in ids]
    return replace(book, chapters={name: _in_force(rules, chosen) for name, rules in book.chapters.items()})


def _in_force(rules: list[Rule], drafts: list[Rule]) -> list[Rule]:
    mine = [rule for rule in rules if rule in drafts]
    kept = [rule for rule in rules if rule not in drafts]
    for draft in mine:
        kept = [part for rule in kept for part in _beside(rule, draft)]
    return sorted([*kept, *map(_approved, mine)], key=lambda rule: (rule.effective.from_, rule.id))


def _beside(rule: Rule, draft: Rule) -> list[Rule]:
    """What is left of a rule while a draft decides for the same in its place."""
    days, wanted = rule.effective, draft.effective
    if not (rule.status == "approved" and rule.decides_for() & draft.decides_for() and days.overlaps(wanted)):
        return [rule]
    parts = []
    if days.from_ < wanted.from_:
        parts.append(_within(rule, _days(days.from_, wanted.from_ - timedelta(days=1))))
    if wanted.until and (days.until is None or wanted.until < days.until):
        parts.append(_within(rule, _days(wanted.until, days.to)))
    return parts


def _within(rule: Rule, days: Effective) -> Rule:
    return rule.model_copy(update={"effective": days})


def _days(first: date, last: date | None) -> Effective:
    return Effective.model_validate({"from": first, "to": last})


def _approved(draft: Rule) -> Rule:
    return draft.model_copy(update={"status": "approved"})
