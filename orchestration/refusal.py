"""Why checked data may not go further: bad data and broken checks are two things, mended in different places."""

from typing import TYPE_CHECKING

from salesops.errors import UserError

if TYPE_CHECKING:
    from expectations.result import Outcome, SuiteResult


def refusal(result: "SuiteResult", consequence: str) -> UserError | None:
    """Why the data may not go further, if it may not."""
    if broken := broken_check(result, consequence, data="the marts"):
        return broken
    if not result.blocking:
        return None
    first, more = result.blocking[0], len(result.blocking) - 1
    others = f" {more} more blocking checks failed." if more else ""
    return UserError(
        f"the data fails this check{_counted(first)}, so {consequence}: {first.why_en}{others}",
        where=first.expectation,
        mend="Mend the data or its mapping, then run again.",
        exit_code=1,
    )


def _counted(outcome: "Outcome") -> str:
    return f" in {outcome.unexpected_count} rows" if outcome.unexpected_count else ""


def broken_check(result: "SuiteResult", consequence: str, data: str) -> UserError | None:
    """That a check could not be carried out, whatever its severity: nobody can say then what the data is worth."""
    from expectations.suite import place

    if not result.broken:
        return None
    broken = result.broken[0]
    return UserError(
        f"the check `{broken.expectation}` is broken: it could not be carried out on {data} ({broken.message}),"
        f" so {consequence}.",
        where=place(broken.expectation),
        mend="This is a fault of the check, not of the data: mend the check, then run again.",
        exit_code=1,
    )
