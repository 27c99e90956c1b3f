"""The standard sales process: its stages, what proves each step, when a deal stands still, how fast a lead is answered."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from rulebook import words
from rulebook.notation import Days, Percent
from rulebook.rule import Bilingual, Rule, Strict
from salesops.tables import Columns

Activity = Literal["any", "visit", "call", "meeting", "mail"]
Document = Literal["quote", "contract", "order"]
OpportunityField = Literal[
    "customer_id",
    "employee_id",
    "amount",
    "expected_close_on",
    "product_line",
    "lead_source",
    "competitor_id",
    "lost_reason",
    "need",
    "budget_amount",
    "decision_maker",
]
Cause = Literal["stage_age", "no_activity", "pushed", "overdue_close", "no_next_step", "large"]


class Evidence(Strict):
    """One proof that a step was done: a field that is filled, an activity, or a document; exactly one of them."""

    field: OpportunityField | None = None
    activity: Activity | None = None
    document: Document | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "Evidence":
        if sum(part is not None for part in (self.field, self.activity, self.document)) != 1:
            raise ValueError("write one of `field: NAME`, `activity: KIND` or `document: KIND`")
        return self

    @property
    def told(self) -> tuple[str, str]:
        """The kind and what of it."""
        return next((kind, what) for kind, what in self.model_dump().items() if what is not None)


class Stage(Strict):
    """A stage: its names, also those of the exports by source, what must be there before it is left, and for how long."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: Bilingual
    status: Literal["open", "won", "lost", "excluded"] = "open"
    priority: int | None = Field(default=None, ge=1)
    also_called: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    entry: Bilingual | None = None
    evidence: tuple[Evidence, ...] = ()
    max_days: Days | None = None
    probability: Percent | None = None
    hints: dict[Cause, Bilingual] = Field(default_factory=dict)


class Stalled(Strict):
    """From when on an open opportunity stands still, or is at risk; `large` is the part of the biggest deals."""

    no_activity: Days
    pushes: int = Field(ge=1)
    overdue: Days
    large: Percent


class Leads(Strict):
    """How soon a lead has an owner, and hears from him."""

    assign_within: Days
    first_touch_within: Days
    counted_in: Literal["work_days", "calendar_days"] = "work_days"


class Process(Rule):
    """The stages in their order, then won, lost and excluded ones."""

    has_default: ClassVar[bool] = True
    tables: ClassVar[dict[str, Columns]] = {
        "process": {
            "no_activity_days": "integer",
            "push_limit": "integer",
            "overdue_days": "integer",
            "large_share": "rate",
            "assign_days": "integer",
            "first_touch_days": "integer",
            "lead_days": "text",
            "minimum_sample": "integer",
        },
        "process_stages": {
            "stage": "text",
            "stage_order": "integer",
            "next_stage": "text",
            "status": "text",
            "name_zh": "text",
            "name_en": "text",
            "entry_zh": "text",
            "entry_en": "text",
            "max_days": "integer",
            "probability": "rate",
        },
        "process_synonyms": {"source": "text", "given": "text", "stage": "text"},
        "process_evidence": {
            "stage": "text",
            "evidence_order": "integer",
            "kind": "text",
            "what": "text",
            "name_zh": "text",
            "name_en": "text",
        },
        "process_hints": {"stage": "text", "cause": "text", "hint_zh": "text", "hint_en": "text"},
    }

    stages: Annotated[tuple[Stage, ...], Field(min_length=2)]
    stalled: Stalled
    leads: Leads
    minimum_sample: int = Field(ge=1)
    hints: dict[Cause, Bilingual] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_way_through(self) -> "Process":
        ids = [stage.id for stage in self.stages]
        if twice := _twice(ids):
            raise ValueError(f"the stage `{twice}` stands here twice")
        if not self._open or self.stages[: len(self._open)] != self._open:
            raise ValueError("the open stages come first, in their order, and the closed ones after them")
        won = [stage for stage in self.stages if stage.status == "won"]
        if not won:
            raise ValueError("no stage has `status: won`")
        if len(won) > 1 and len({stage.priority for stage in won if stage.priority}) < len(won):
            named = ", ".join(f"`{stage.id}`" for stage in won)
            raise ValueError(
                f"{named} are all won: give each its own `priority: 1`, `priority: 2` (the funnel ends in the first)"
            )
        return self

    @model_validator(mode="after")
    def _each_name_means_one_stage(self) -> "Process":
        if twice := _twice([f"{source}: {given}" for source, given, _ in self._synonyms()]):
            raise ValueError(f"the name `{twice}` means two stages")
        return self

    def decides_for(self) -> frozenset[str]:
        """The company has one process at a time."""
        return frozenset({"company"})

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Limits, stages, their names in the exports, evidence and hints."""
        return {
            "process": [self._limits()],
            "process_stages": [self._row(stage) for stage in self.stages],
            "process_synonyms": [
                {"source": source, "given": given, "stage": stage} for source, given, stage in self._synonyms()
            ],
            "process_evidence": [row for stage in self.stages for row in _evidence(stage)],
            "process_hints": _hints("any", self.hints)
            + [row for stage in self.stages for row in _hints(stage.id, stage.hints)],
        }

    @property
    def _open(self) -> tuple[Stage, ...]:
        return tuple(stage for stage in self.stages if stage.status == "open")

    @property
    def _way(self) -> list[str]:
        """The open stages and the won one in which the funnel ends."""
        won = [stage for stage in self.stages if stage.status == "won"]
        return [stage.id for stage in (*self._open, min(won, key=lambda stage: stage.priority or 1))]

    def _row(self, stage: Stage) -> dict[str, Any]:
        place = self._way.index(stage.id) if stage.id in self._way else None
        after = self._way[place + 1] if place is not None and place + 1 < len(self._way) else None
        return {
            "stage": stage.id,
            "stage_order": None if place is None else place + 1,
            "next_stage": after,
            "status": stage.status,
            "name_zh": stage.name.zh,
            "name_en": stage.name.en,
            "entry_zh": stage.entry.zh if stage.entry else None,
            "entry_en": stage.entry.en if stage.entry else None,
            "max_days": stage.max_days,
            "probability": stage.probability,
        }

    def _synonyms(self) -> list[tuple[str, str, str]]:
        """Source (`any`: every one), name there, stage; each goes by its own id and names too, where no other has them."""
        given = [
            (source, name, stage.id)
            for stage in self.stages
            for source, names in stage.also_called.items()
            for name in names
        ]
        own = {("any", name): stage.id for stage in self.stages for name in (stage.id, stage.name.zh, stage.name.en)}
        taken = {(source, name) for source, name, _ in given}
        return given + [(*key, stage) for key, stage in own.items() if key not in taken]

    def _limits(self) -> dict[str, Any]:
        return {
            "no_activity_days": self.stalled.no_activity,
            "push_limit": self.stalled.pushes,
            "overdue_days": self.stalled.overdue,
            "large_share": self.stalled.large,
            "assign_days": self.leads.assign_within,
            "first_touch_days": self.leads.first_touch_within,
            "lead_days": self.leads.counted_in,
            "minimum_sample": self.minimum_sample,
        }


def _twice(names: list[str]) -> str | None:
    return next((name for name in names if names.count(name) > 1), None)


def _evidence(stage: Stage) -> list[dict[str, Any]]:
    rows = []
    for order, (kind, what) in enumerate((proof.told for proof in stage.evidence), start=1):
        name = words.key(Evidence, kind, what)
        told = {"kind": kind, "what": what, "name_zh": name.zh, "name_en": name.en}
        rows.append({"stage": stage.id, "evidence_order": order, **told})
    return rows


def _hints(stage: str, hints: dict[Cause, Bilingual]) -> list[dict[str, Any]]:
    return [{"stage": stage, "cause": cause, "hint_zh": hint.zh, "hint_en": hint.en} for cause, hint in hints.items()]
