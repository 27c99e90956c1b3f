"""What the target-setting pack is told from: proposals, the split, and what people said."""

from dataclasses import dataclass

from reports.documents.shared.load import ReportData, common
from reports.documents.target_setting.questions import Questions
from reports.figures import Record
from reports.marts import Marts
from reports.periods import Period
from salesops.errors import UserError


@dataclass(frozen=True, kw_only=True)
class TargetData(ReportData):
    """The answers, as records that remember mart and keys."""

    metric: str
    basis: tuple[Record, ...]
    below: tuple[Record, ...]
    split: tuple[Record, ...]
    lines: tuple[Record, ...]
    months: tuple[Record, ...]
    submissions: tuple[Record, ...]
    readiness: tuple[Record, ...]
    smart: tuple[Record, ...]
    names: dict[str, dict[str, str]]
    supplied: frozenset[str]


def load(marts: Marts, period: Period, scope: str) -> TargetData:
    """Everything that is said of a unit's targets for a year; UserError for another kind of period."""
    if period.kind != "year":
        raise UserError("targets are set for years.", where="--period", mend=f"Write it as {period.label[:4]}.")
    asked = Questions(marts, period, scope)
    metric = asked.metric()
    return TargetData(
        **common(marts, period, scope),
        metric=metric,
        basis=asked.basis(),
        below=asked.below(),
        split=asked.split(metric),
        lines=asked.lines(metric),
        months=asked.months(metric),
        submissions=asked.submissions(),
        readiness=asked.readiness(),
        smart=asked.smart(),
        names=asked.names(),
        supplied=asked.supplied(),
    )
