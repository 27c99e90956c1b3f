"""What checking data against a suite gave: bad data and broken checks told apart."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["blocking", "warning"]
Status = Literal["passed", "failed", "error"]


@dataclass(frozen=True)
class Outcome:
    """One expectation's verdict. `failed` is bad data; `error` is a check that could not be carried out.

    `line` is that of the first row that does not pass, where single rows do not: never a cell of it.
    """

    expectation: str
    severity: Severity
    status: Status
    why_zh: str
    why_en: str
    observed: str | None = None
    unexpected_count: int | None = None
    line: int | None = None
    message: str | None = None


@dataclass(frozen=True)
class SuiteResult:
    """The verdicts of a suite on one batch or one warehouse."""

    suite: str
    outcomes: tuple[Outcome, ...]

    @property
    def blocking(self) -> tuple[Outcome, ...]:
        """Bad data that must not go further."""
        return tuple(o for o in self.outcomes if o.status == "failed" and o.severity == "blocking")

    @property
    def warnings(self) -> tuple[Outcome, ...]:
        """Bad data that goes further with a note."""
        return tuple(o for o in self.outcomes if o.status == "failed" and o.severity == "warning")

    @property
    def broken(self) -> tuple[Outcome, ...]:
        """Checks that could not be carried out: a fault of the check, never of the data."""
        return tuple(o for o in self.outcomes if o.status == "error")

    def as_dict(self) -> dict[str, Any]:
        """The verdicts as JSON can hold them; they carry no cell of the data."""
        return {"suite": self.suite, "outcomes": [asdict(outcome) for outcome in self.outcomes]}
