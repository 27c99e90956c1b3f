"""What every part of the market analysis is written with: the data, the writer, names of codes, and the gates."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reports.documents.market_analysis.load import MarketData
from reports.documents.shared import desk as shared
from reports.figures import Record

ALL, ANY, NONE, BLANK = "all", "any", "none", "blank"
CODED = {"all": "everything", "unclassified": "unassigned", "unknown": "unknown_place"}
GATE, SURE = 10, 30


@dataclass(frozen=True)
class Desk(shared.Desk[MarketData]):
    """Data and writer."""

    @cached_property
    def share(self) -> Record | None:
        """The company's share of the whole market, in the latest period with a source."""
        return next((record for record in self.data.shares if _is_all(record) and record.values["has_source"]), None)

    @cached_property
    def trend(self) -> Record | None:
        """The company's growth against the market's, in that period."""
        return next((record for record in self.data.trends if _is_all(record)), None)

    @cached_property
    def any_competitor(self) -> Record | None:
        """Opportunities in which at least one competitor was named."""
        return next((record for record in self.data.competitors if record.values["competitor_id"] == ANY), None)

    @cached_property
    def overdue_items(self) -> tuple[Record, ...]:
        """Feedback with a step past its due day."""
        return tuple(record for record in self.data.items if record.values["is_overdue"])

    @property
    def price(self) -> Record | None:
        """The company's prices in the report's period."""
        latest = self.data.prices[0] if self.data.prices else None
        return latest if latest and latest.values["period_label"] == self.data.period.label else None

    def segment(self, record: Record) -> str:
        """A segment's name."""
        code = record.values["segment"]
        return self._coded(code) or self.writer.name({"name": code, "name_en": record.values.get("segment_en")})

    def territory(self, record: Record) -> str:
        """A territory's name."""
        return self._coded(record.values["territory_id"]) or self.writer.name(record.values, "territory_")

    def competitor(self, record: Record) -> str:
        """A competitor's name."""
        code = record.values["competitor_id"]
        if code in (ANY, NONE):
            return self.writer.word(f"competitor_{code}")
        return self.writer.name({"competitor_name": code, **_given(record)}, "competitor_")

    def theme(self, values: Mapping[str, Any]) -> str:
        """A theme, or that none was given."""
        theme = values.get("theme")
        return self.writer.word("blank") if theme in (BLANK, None) else self.writer.name({"name": theme})

    def department(self, record: Record) -> str:
        """The department that answers, or that there is none."""
        department = record.values["department"]
        return self.writer.word("not_routed") if department == NONE else self.writer.name({"name": department})

    def basis(self, record: Record) -> str:
        """Period, source and its day: what a market size rests on."""
        published, source = record.values.get("published_on"), record.values.get("source")
        told = (record.values["period_label"], source, self.writer.day(published))
        return " · ".join(self.writer.name({"name": part}) for part in told if part)

    def _coded(self, code: str) -> str:
        return self.writer.word(CODED[code]) if code in CODED else ""


def _is_all(record: Record) -> bool:
    return record.values["segment"] == ALL and record.values["territory_id"] == ALL


def _given(record: Record) -> dict[str, object]:
    return {key: value for key, value in record.values.items() if value is not None}
