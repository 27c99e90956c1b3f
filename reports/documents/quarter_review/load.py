"""What the quarter review is told from."""

from dataclasses import dataclass
from typing import Any

from reports.documents.quarter_review.questions import Questions
from reports.documents.shared.load import ReportData, common
from reports.figures import Record
from reports.marts import Marts
from reports.periods import Period


@dataclass(frozen=True, kw_only=True)
class ReviewData(ReportData):
    """The answers, as records that remember mart and keys."""

    headcount: tuple[Record, ...]
    handovers: tuple[Record, ...]
    exceptions: tuple[Record, ...]
    problems: tuple[Record, ...]
    duties: tuple[Record, ...]
    duty_problems: tuple[Record, ...]
    rules: tuple[Record, ...]
    target_changes: tuple[Record, ...]
    names: dict[str, dict[str, Any]]
    supplied: frozenset[str]


def load(marts: Marts, period: Period, scope: str) -> ReviewData:
    """Everything the pack says about a unit and all below it; rules and duties are the whole company's."""
    shared = common(marts, period, scope)
    asked = Questions(marts, period, scope)
    is_whole = shared["is_whole"]
    return ReviewData(
        **shared,
        headcount=asked.headcount(),
        handovers=asked.handovers(),
        exceptions=asked.exceptions(),
        problems=asked.problems(),
        duties=asked.duties() if is_whole else (),
        duty_problems=asked.duty_problems() if is_whole else (),
        rules=asked.rules() if is_whole else (),
        target_changes=asked.target_changes(),
        names=asked.names(),
        supplied=asked.supplied(),
    )
