"""How targets are set and judged: by when, for whom and in what, within which bounds, in which stages, with what ramp."""

from decimal import Decimal
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from rulebook.notation import Days, Percent
from rulebook.rule import Rule, Strict
from salesops.tables import Columns

Level = Literal["company", "org_unit", "territory", "product_line", "customer", "employee"]
Metric = Literal[
    "sales_amount",
    "booked_amount",
    "shipped_amount",
    "invoiced_amount",
    "gross_margin_amount",
    "gross_margin_rate",
    "collected_amount",
    "order_quantity",
    "order_count",
    "new_customer_count",
    "customer_count",
    "customer_growth_rate",
    "share_rate",
]
Period = Literal["month", "quarter", "half", "year"]
Share = tuple[Percent, ...]


class Cycle(Strict):
    """For which period targets are set, and how many days before it begins they must be approved."""

    period: Period = "year"
    set_before: Days = 0


class OfLevel(Strict):
    """What targets of a level may be for, and which of them each of its owners must have."""

    level: Level
    metrics: tuple[Metric, ...] = Field(min_length=1)
    required: tuple[Metric, ...] = ()

    @model_validator(mode="after")
    def _required_are_allowed(self) -> "OfLevel":
        for metric in self.required:
            if metric not in self.metrics:
                raise ValueError(f"`{metric}` is required of {self.level}, and not among its `metrics`")
        return self


class Bounds(Strict):
    """A lower and an upper end, both still allowed."""

    from_: Percent = Field(alias="from")
    to: Percent

    @model_validator(mode="after")
    def _in_order(self) -> "Bounds":
        if self.to < self.from_:
            raise ValueError("`to` lies below `from`")
        return self


class Smart(Strict):
    """When a target is achievable: against last year, in periods long enough for it, and against what owners proposed."""

    of_last_year: Bounds
    judged_in: tuple[Period, ...] = ("quarter", "half", "year")
    above_proposal: Percent = Decimal("0.1")


class Stages(Strict):
    """How a target that states no milestones goes over the parts of its period."""

    period: Literal["quarter", "half", "year"]
    shares: Share

    @model_validator(mode="after")
    def _whole_parts(self) -> "Stages":
        parts = {"quarter": (3,), "half": (2, 6), "year": (2, 4, 12)}[self.period]
        if len(self.shares) not in parts:
            raise ValueError(f"a {self.period} has {' or '.join(map(str, parts))} stages, not {len(self.shares)}")
        if sum(self.shares) != 1 or min(self.shares) < 0:
            raise ValueError(f"the shares add up to {(sum(self.shares, Decimal(0)) * 100).normalize():f}%, not to 100%")
        return self

    @property
    def stage_type(self) -> str:
        """The period that one of them lasts."""
        months = {"quarter": 3, "half": 6, "year": 12}[self.period] // len(self.shares)
        return {1: "month", 3: "quarter", 6: "half"}[months]


class Targets(Rule):
    """The policy of targets.

    `ramp` gives a new seller's share of a full target by month of tenure; later months count whole. `bands` are the
    lower ends of the bands of attainment that people are counted in.
    """

    tables: ClassVar[dict[str, Columns]] = {
        "target_policy": {
            "cycle_period": "text",
            "set_before_days": "integer",
            "least_of_last_year_rate": "rate",
            "most_of_last_year_rate": "rate",
            "above_proposal_rate": "rate",
            "least_over_assignment_rate": "rate",
            "most_over_assignment_rate": "rate",
            "elapsed_by": "text",
        },
        "target_levels": {"level": "text", "level_order": "integer", "metric": "text", "is_required": "boolean"},
        "target_judged_periods": {"period_type": "text"},
        "target_ramp": {"tenure_month": "integer", "ramp_rate": "rate"},
        "target_bands": {"band": "text", "band_order": "integer", "from_rate": "rate", "to_rate": "rate"},
        "target_stages": {"period_type": "text", "stage_type": "text", "stage_number": "integer", "share_rate": "rate"},
        "target_milestones": {"milestone_rate": "rate"},
    }
    has_default: ClassVar[bool] = True

    cycle: Cycle = Cycle()
    levels: tuple[OfLevel, ...] = Field(min_length=1)
    smart: Smart
    over_assignment: Bounds
    elapsed_by: Literal["calendar_days", "work_days"] = "work_days"
    ramp: Share = ()
    bands: Share
    stages: tuple[Stages, ...] = ()
    milestones: Share = ()

    @model_validator(mode="after")
    def _bands_rise(self) -> "Targets":
        if not self.bands or self.bands[0] != 0 or list(self.bands) != sorted(set(self.bands)):
            raise ValueError("the bands must begin with 0% and rise")
        return self

    @model_validator(mode="after")
    def _each_once(self) -> "Targets":
        for what, named in (
            ("levels", [part.level for part in self.levels]),
            ("stages", [part.period for part in self.stages]),
        ):
            if len(named) != len(set(named)):
                raise ValueError(f"`{what}` states something twice")
        return self

    def decides_for(self) -> frozenset[str]:
        """The company has one policy at a time."""
        return frozenset({"company"})

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The policy, and its lists in order."""
        return {
            "target_policy": [self._policy()],
            "target_levels": self._levels(),
            "target_judged_periods": [{"period_type": period} for period in self.smart.judged_in],
            "target_ramp": [{"tenure_month": n, "ramp_rate": rate} for n, rate in enumerate(self.ramp, start=1)],
            "target_bands": self._bands(),
            "target_stages": self._stages(),
            "target_milestones": [{"milestone_rate": rate} for rate in self.milestones],
        }

    def _policy(self) -> dict[str, Any]:
        return {
            "cycle_period": self.cycle.period,
            "set_before_days": self.cycle.set_before,
            "least_of_last_year_rate": self.smart.of_last_year.from_,
            "most_of_last_year_rate": self.smart.of_last_year.to,
            "above_proposal_rate": self.smart.above_proposal,
            "least_over_assignment_rate": self.over_assignment.from_,
            "most_over_assignment_rate": self.over_assignment.to,
            "elapsed_by": self.elapsed_by,
        }

    def _levels(self) -> list[dict[str, Any]]:
        return [
            {"level": part.level, "level_order": order, "metric": metric, "is_required": metric in part.required}
            for order, part in enumerate(self.levels)
            for metric in part.metrics
        ]

    def _bands(self) -> list[dict[str, Any]]:
        ends = [*self.bands[1:], None]
        return [
            {"band": _band(low, high), "band_order": order, "from_rate": low if order else None, "to_rate": high}
            for order, (low, high) in enumerate(zip(self.bands, ends, strict=True))
        ]

    def _stages(self) -> list[dict[str, Any]]:
        return [
            {"period_type": part.period, "stage_type": part.stage_type, "stage_number": n, "share_rate": share}
            for part in self.stages
            for n, share in enumerate(part.shares, start=1)
        ]


def _band(low: Decimal, high: Decimal | None) -> str:
    """`<50%`, `50–80%`, `≥120%`."""
    ends = [f"{end * 100:.0f}" for end in (low, high) if end is not None]
    return f"≥{ends[0]}%" if high is None else f"{ends[0]}–{ends[1]}%" if low else f"<{ends[1]}%"
