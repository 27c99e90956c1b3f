"""The metrics that the company judges by: what it calls them, from how many cases on they count, and their variants."""

from typing import Any, ClassVar

from pydantic import Field, model_validator

from rulebook.metric import METRICS, OfMetric
from rulebook.rule import Bilingual, Rule
from salesops.tables import Columns


class Measure(OfMetric):
    """A metric. Below `min_n` cases it is not judged; a variant that is not stated is the first one known."""

    name: Bilingual | None = None
    min_n: int = Field(default=1, ge=1, le=10_000)
    variant: str | None = None

    @model_validator(mode="after")
    def _variant_is_known(self) -> "Measure":
        known = METRICS[self.metric].variants
        if self.variant and self.variant not in known:
            raise ValueError(f"{self.metric} has these variants: {', '.join(known) or 'none'}")
        return self


class Metrics(Rule):
    """The metrics that scorecards, bonuses, contests and alerts may name."""

    tables: ClassVar[dict[str, Columns]] = {
        "metrics": {
            "metric": "text",
            "name_zh": "text",
            "name_en": "text",
            "unit": "text",
            "better": "text",
            "kind": "text",
            "min_n": "integer",
            "variant": "text",
        }
    }
    has_default: ClassVar[bool] = True

    metrics: tuple[Measure, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> "Metrics":
        named = [measure.metric for measure in self.metrics]
        if twice := sorted({metric for metric in named if named.count(metric) > 1}):
            raise ValueError(f"{twice[0]} stands here twice")
        return self

    def decides_for(self) -> frozenset[str]:
        """The company judges by one list at a time."""
        return frozenset({"company"})

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """One row for each metric."""
        return {"metrics": [_row(measure) for measure in self.metrics]}


def _row(measure: Measure) -> dict[str, Any]:
    from rulebook.words import key

    known, name = METRICS[measure.metric], measure.name or key(OfMetric, "metric", measure.metric)
    return {
        "metric": measure.metric,
        "name_zh": name.zh,
        "name_en": name.en,
        "unit": known.unit,
        "better": known.better,
        "kind": known.kind,
        "min_n": measure.min_n,
        "variant": measure.variant or next(iter(known.variants), None),
    }
