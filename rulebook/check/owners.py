"""Every rule has somebody who answers for it."""

from collections.abc import Iterator

from rulebook.check.finding import Check, Finding, Written
from salesops.errors import UserError


def no_owner(book: Written) -> Iterator[Finding]:
    """Nobody looks after a rule."""
    for one in book.current():
        if not one.rule.owner:
            error = UserError(
                "nobody owns this rule.", where=one.where("id"), mend="Add `owner:` with an employee code."
            )
            yield Finding("hint", one.rule.id, error)


def unknown_owner(book: Written) -> Iterator[Finding]:
    """The owner is not among the employees."""
    for one in book.current():
        if book.people is not None and one.rule.owner and one.rule.owner not in book.people:
            what = f"the owner `{one.rule.owner}` is not among the employees."
            mend = "Write the employee code of whoever looks after the rule."
            yield Finding("warning", one.rule.id, UserError(what, where=one.where("owner"), mend=mend))


def owner_left(book: Written) -> Iterator[Finding]:
    """The owner has left the company."""
    for one in book.current():
        left_on = (book.people or {}).get(one.rule.owner)
        if left_on and left_on <= book.as_of:
            what = f"the owner `{one.rule.owner}` left the company on {left_on}."
            mend = "Write the employee code of whoever looks after the rule."
            yield Finding("warning", one.rule.id, UserError(what, where=one.where("owner"), mend=mend))


CHECKS: tuple[Check, ...] = (no_owner, unknown_owner, owner_left)
