"""How people are appraised: KPIs with weights and curves, points beside them, vetoes, and grades."""

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from rulebook.bands import Band, from_zero, with_ends
from rulebook.metric import METRICS, MayNameMetric
from rulebook.notation import Figure
from rulebook.rule import Rule, Strict
from rulebook.whom import AUDIENCES, Whom
from salesops.tables import Columns

Points = Annotated[Decimal, Field(ge=0, le=200)]
Form = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class PointBand(Band):
    """The points of a band of values."""

    points: Points


class Curve(Strict):
    """How a value becomes points: straight from `zero_at` to `full_at` and on to `max_points`, or by bands."""

    zero_at: Figure | None = None
    full_at: Figure | None = None
    max_points: Points = Decimal(100)
    bands: Annotated[tuple[PointBand, ...], AfterValidator(from_zero)] | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "Curve":
        straight = self.zero_at is not None and self.full_at is not None
        if straight == (self.bands is not None) or (self.zero_at is None) != (self.full_at is None):
            raise ValueError("write either `zero_at` and `full_at`, or `bands`")
        if straight and self.zero_at == self.full_at:
            raise ValueError("`zero_at` and `full_at` are the same")
        return self

    @property
    def rises(self) -> bool:
        """Whether a higher value gives more points."""
        if self.bands:
            return self.bands[-1].points >= self.bands[0].points
        return (self.full_at or Decimal(0)) > (self.zero_at or Decimal(0))


class Kpi(MayNameMetric):
    """A metric with its curve, or a form in which somebody gives the points; below `min_n` cases it is missing."""

    form: Form | None = None
    weight: Annotated[Decimal, Field(gt=0, le=100, max_digits=5, decimal_places=2)]
    curve: Curve | None = None
    min_n: int = Field(default=1, ge=1)
    if_missing: Literal["zero", "spread_weight"] = "zero"

    @model_validator(mode="after")
    def _one_kind(self) -> "Kpi":
        if (self.metric is None) == (self.form is None):
            raise ValueError("a KPI is either a `metric` or a `form`")
        if (self.metric is None) != (self.curve is None):
            raise ValueError("a metric needs a `curve`, and a form has none")
        if self.metric and self.curve and self.curve.rises != (METRICS[self.metric].better == "higher"):
            raise ValueError(f"of {self.metric} {METRICS[self.metric].better} is better: turn the curve around")
        return self


class PlusMinus(Strict):
    """Points that a form adds or takes, up to `max` either way."""

    form: Form
    max: Points


class Veto(Strict):
    """What gives a grade whatever the score."""

    when: Literal["price_floor_breach", "false_record", "unapproved_shipment", "conduct_breach"]
    grade: str


class Grade(Band):
    """The grade from a score on, and the coefficient of what depends on it."""

    grade: str
    coefficient: Annotated[Decimal, Field(ge=0, le=10, decimal_places=4)]


class Scorecard(Rule):
    """The appraisal of those whom it is for."""

    tables: ClassVar[dict[str, Columns]] = {
        "scorecards": {"every": "text", "plus_minus_form": "text", "plus_minus_max": "rate"},
        "scorecard_kpis": {
            "kpi_order": "integer",
            "metric": "text",
            "form": "text",
            "weight": "rate",
            "zero_at": "figure",
            "full_at": "figure",
            "max_points": "rate",
            "min_n": "integer",
            "if_missing": "text",
        },
        "scorecard_bands": {"kpi_order": "integer", "value_from": "figure", "value_to": "figure", "points": "rate"},
        "scorecard_grades": {
            "grade_order": "integer",
            "grade": "text",
            "score_from": "rate",
            "score_to": "rate",
            "coefficient": "rate",
        },
        "scorecard_vetoes": {"veto": "text", "grade": "text"},
        **AUDIENCES,
    }

    for_: Whom = Field(alias="for")
    every: Literal["month", "quarter", "year"] = "month"
    kpis: tuple[Kpi, ...] = Field(min_length=1)
    plus_minus: PlusMinus | None = None
    veto: tuple[Veto, ...] = ()
    grades: Annotated[tuple[Grade, ...], AfterValidator(from_zero)]

    @model_validator(mode="after")
    def _adds_up(self) -> "Scorecard":
        if (total := sum(kpi.weight for kpi in self.kpis)) != 100:
            raise ValueError(f"the weights add up to {total:f}, not to 100")
        named = [kpi.metric or kpi.form for kpi in self.kpis]
        if twice := [name for name in named if named.count(name) > 1]:
            raise ValueError(f"{twice[0]} stands here twice")
        return self

    @model_validator(mode="after")
    def _grades_are_known(self) -> "Scorecard":
        known = [grade.grade for grade in self.grades]
        if len(known) != len(set(known)):
            raise ValueError("a grade stands here twice")
        for veto in self.veto:
            if veto.grade not in known:
                raise ValueError(f"the veto gives the grade {veto.grade}, and the grades are {', '.join(known)}")
        return self

    def decides_for(self) -> frozenset[str]:
        """A role, or a person, has one scorecard at a time."""
        return self.for_.keys()

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The scorecard, its KPIs in order with their bands, its grades and vetoes, and whom it is for."""
        form, most = (self.plus_minus.form, self.plus_minus.max) if self.plus_minus else (None, None)
        kpis = list(enumerate(self.kpis, start=1))
        return {
            "scorecards": [{"every": self.every, "plus_minus_form": form, "plus_minus_max": most}],
            "scorecard_kpis": [_kpi(order, kpi) for order, kpi in kpis],
            "scorecard_bands": [
                {"kpi_order": order, "value_from": band.from_, "value_to": end, "points": band.points}
                for order, kpi in kpis
                if kpi.curve and kpi.curve.bands
                for _, band, end in with_ends(kpi.curve.bands)
            ],
            "scorecard_grades": self._grades(),
            "scorecard_vetoes": [{"veto": veto.when, "grade": veto.grade} for veto in self.veto],
            **self.for_.rows("scorecards"),
        }

    def _grades(self) -> list[dict[str, Any]]:
        return [
            {
                "grade_order": order,
                "grade": grade.grade,
                "score_from": grade.from_,
                "score_to": end,
                "coefficient": grade.coefficient,
            }
            for order, grade, end in with_ends(self.grades)
        ]


def _kpi(order: int, kpi: Kpi) -> dict[str, Any]:
    curve = kpi.curve
    return {
        "kpi_order": order,
        "metric": kpi.metric,
        "form": kpi.form,
        "weight": kpi.weight,
        "zero_at": curve.zero_at if curve else None,
        "full_at": curve.full_at if curve else None,
        "max_points": None if curve is None or curve.bands else curve.max_points,
        "min_n": kpi.min_n,
        "if_missing": kpi.if_missing,
    }
