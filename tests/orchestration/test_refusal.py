"""Bad data and a broken check are told apart."""

import pytest

from expectations.result import Outcome, Severity, Status, SuiteResult
from orchestration.refusal import broken_check, refusal


def result(*verdicts: tuple[Severity, Status]) -> SuiteResult:
    return SuiteResult(
        "marts",
        tuple(
            Outcome(f"marts.check_{n}", severity, status, "为何", "Why.", unexpected_count=3, message="no such column")
            for n, (severity, status) in enumerate(verdicts)
        ),
    )


def test_passed_checks_and_warnings_refuse_nothing() -> None:
    assert refusal(result(("blocking", "passed"), ("warning", "failed")), "it stops") is None


def test_bad_data_is_refused_with_the_reason_and_the_rows() -> None:
    error = refusal(result(("blocking", "failed"), ("blocking", "failed")), "nothing was published")
    assert error is not None and error.exit_code == 1
    assert (error.where, error.what) == (
        "marts.check_0",
        "the data fails this check in 3 rows, so nothing was published: Why. 1 more blocking checks failed.",
    )


@pytest.mark.parametrize("severity", ["blocking", "warning"])
def test_a_broken_check_is_never_called_bad_data(severity: Severity) -> None:
    verdicts = result(("blocking", "failed"), (severity, "error"))
    for error in (refusal(verdicts, "nothing was published"), broken_check(verdicts, "the load stopped", "a.csv")):
        assert error is not None and error.exit_code == 1
        assert "the check `marts.check_1` is broken" in error.what and "(no such column)" in error.what
        assert "fault of the check, not of the data" in error.mend
