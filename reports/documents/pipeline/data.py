"""What the pipeline report knows: the answers of each of its parts, by the part's name."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.documents.shared.load import ReportData
from reports.figures import Record

Answers = Mapping[str, tuple[Record, ...]]


@dataclass(frozen=True, kw_only=True)
class PipelineData(ReportData):
    """Part → question → records that remember mart and keys."""

    answers: Mapping[str, Answers]
