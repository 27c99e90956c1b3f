"""What every part of the target-setting pack is written with: the data, the writer, and figures in a metric's kind."""

from dataclasses import dataclass
from functools import cached_property

from reports.content import Figure, Kind
from reports.documents.shared import desk as shared
from reports.documents.target_setting.load import TargetData
from reports.figures import Record

PROPOSAL = "proposal"
KINDS: dict[str, Kind] = {"count": "count", "quantity": "count", "rate": "rate"}
METHODS = ("history_growth", "market_growth", "capacity", PROPOSAL)


@dataclass(frozen=True)
class Desk(shared.Desk[TargetData]):
    """Data and writer."""

    @cached_property
    def methods(self) -> dict[str, Record]:
        """The scope's own proposals in the main metric, by method."""
        return {str(one.values["method"]): one for one in self.of(self.data.metric)}

    @cached_property
    def metrics(self) -> tuple[str, ...]:
        """The metrics of the season, the main one first."""
        found = sorted({str(one.values["metric"]) for one in self.data.basis})
        return tuple(sorted(found, key=lambda one: one != self.data.metric))

    @property
    def metric(self) -> str:
        """The main metric, in words."""
        return self.writer.word(self.data.metric)

    def of(self, metric: str) -> list[Record]:
        """The scope's own proposals in a metric."""
        scope = self.data.scope["org_unit_id"]
        return [one for one in self.data.basis if one.values["owner_id"] == scope and one.values["metric"] == metric]

    def parts(self) -> list[Record]:
        """The proposals, all methods together, of those right below the scope in the main metric."""
        scope = self.data.scope["org_unit_id"]
        return [
            one
            for one in self.data.basis
            if one.values["owner_id"] != scope
            and one.values["metric"] == self.data.metric
            and one.values["method"] == PROPOSAL
        ]

    def below(self, owner: str, metric: str) -> Record | None:
        """A unit's target beside the sum of those below it."""
        wanted = (owner, metric)
        return next((one for one in self.data.below if (one.values["owner_id"], one.values["metric"]) == wanted), None)

    def figure(self, record: Record, measure: str, reason: str = "") -> Figure:
        """A value in the kind of the record's metric."""
        kind: Kind = KINDS.get(str(record.values["metric"]).rpartition("_")[2], "amount")
        return record.figure(measure, kind, reason or str(record.values.get("reason") or "no_target"))

    def named(self, code: object) -> str:
        """The name of a unit, a person or a metric by code, or the code."""
        known = self.data.names.get(str(code))
        return self.writer.name(known) if known else str(code)
