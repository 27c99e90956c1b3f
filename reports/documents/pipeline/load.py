"""What the pipeline report asks of the marts: what every report asks, and what its parts ask."""

from reports.documents.pipeline.data import PipelineData
from reports.documents.pipeline.parts import PARTS, name
from reports.documents.pipeline.questions import Questions
from reports.documents.shared.load import common
from reports.marts import Marts
from reports.periods import Period


def load(marts: Marts, period: Period, scope: str) -> PipelineData:
    """Everything the report says about a unit and all below it; UserError for an unknown unit."""
    shared = common(marts, period, scope)
    asked = Questions(marts, period, scope)
    return PipelineData(**shared, answers={name(part): part.load(asked) for part in PARTS})
