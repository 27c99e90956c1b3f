"""Rules are looked at again, succeeded without a gap, and approved before they begin."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import TypeVar

from rulebook.book import Stated
from rulebook.chapters import CHAPTERS
from rulebook.check.finding import Check, Finding, Written
from salesops.errors import UserError

Item = TypeVar("Item")

ALWAYS = frozenset(name for name, kind in CHAPTERS.items() if kind.has_default) | {"collection", "sales_basis"}
"""Chapters that models count on every day."""


def review_overdue(book: Written) -> Iterator[Finding]:
    """A rule should have been looked at."""
    for one in book.current():
        if one.rule.review_by and one.rule.review_by < book.as_of:
            what = f"this rule should have been reviewed by {one.rule.review_by}."
            mend = "Review it, and set the next `review_by`."
            yield Finding("warning", one.rule.id, UserError(what, where=one.where("review_by"), mend=mend))


def never_reviewed(book: Written) -> Iterator[Finding]:
    """A rule that moves money has no day of review."""
    for one in book.current():
        if one.rule.moves_money and one.rule.review_by is None:
            error = UserError("no day of review is set.", where=one.where("id"), mend="Add `review_by:` with a day.")
            yield Finding("hint", one.rule.id, error)


def draft(book: Written) -> Iterator[Finding]:
    """A rule is not in force yet."""
    for one in book.current():
        if one.rule.status == "draft":
            mend = "Once it is agreed, set `status: approved`."
            error = UserError("this rule is a draft: nothing follows it yet.", where=one.where("status"), mend=mend)
            yield Finding("hint", one.rule.id, error)


def approved_late(book: Written) -> Iterator[Finding]:
    """A rule was approved after its first day: it reaches back."""
    for one in book.stated:
        approved = one.rule.approved
        if approved and approved.on > one.rule.effective.from_:
            what = f"this rule was approved on {approved.on}, after it began on {one.rule.effective.from_}."
            mend = "Let it begin on the day of approval or later, or say why it reaches back."
            yield Finding("warning", one.rule.id, UserError(what, where=one.where("approved", "on"), mend=mend))


def expired(book: Written) -> Iterator[Finding]:
    """Who or what a rule decided for is without one since it ended."""
    for last in _once(rules[-1] for rules in _successions(book).values()):
        until = last.rule.effective.until
        if until and until <= book.as_of:
            what = f"this rule ended on {last.rule.effective.to}, and none follows it."
            mend = "Write its successor, or take `to:` out."
            yield Finding("warning", last.rule.id, UserError(what, where=last.where("effective"), mend=mend))


def gap(book: Written) -> Iterator[Finding]:
    """Between a rule and its successor there are days without one, though models count on one every day."""
    for later, until in _once(_gaps(book)):
        what = f"from {until} no rule of this chapter is in force, until `{later.rule.id}` begins."
        error = UserError(what, where=later.where("effective"), mend=f"Let it begin on {until}.")
        yield Finding("warning", later.rule.id, error)


def _gaps(book: Written) -> Iterator[tuple[Stated, date]]:
    for (chapter, _), rules in _successions(book).items():
        for earlier, later in pairwise(rules):
            until = earlier.rule.effective.until
            if chapter in ALWAYS and until and until < later.rule.effective.from_:
                yield later, until


def _successions(book: Written) -> dict[tuple[str, str], list[Stated]]:
    """The approved rules for each of those for whom one at a time is in force, by their first day."""
    found: dict[tuple[str, str], list[Stated]] = {}
    for one in book.stated:
        for whom in one.rule.decides_for() if one.rule.status == "approved" else ():
            found.setdefault((one.chapter, whom), []).append(one)
    return found


def _once(items: Iterable[Item]) -> Iterator[Item]:
    """Each item once, in order."""
    seen: list[Item] = []
    for item in items:
        if item not in seen:
            seen.append(item)
            yield item


CHECKS: tuple[Check, ...] = (review_overdue, never_reviewed, draft, approved_late, expired, gap)
