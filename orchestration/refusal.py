"""Why checked data may not go further: bad data and broken checks are two things, mended in different places."""

from typing import TYPE_CHECKING

from salesops.errors import UserError

if TYPE_CHECKING:
    from expectations.result import Outcome, SuiteResult


def refusal(result: "SuiteResult", consequence: str) -> UserError | None:
    """Why the data may not go further, if it may not."""
    if broken := broken_check(result, consequence):
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


def broken_check(result: "SuiteResult", consequence: str) -> UserError | None:
    """That a blocking check could not be carried out, so that nothing is known of the data."""
    broken = next((outcome for outcome in result.broken if outcome.severity == "blocking"), None)
    if broken is None:
        return None
    return UserError(
        f"the check could not be carried out ({broken.message}), so {consequence}.",
        where=broken.expectation,
        mend="This is a fault of the check, not of the data: mend the check, then run again.",
        exit_code=1,
    )
