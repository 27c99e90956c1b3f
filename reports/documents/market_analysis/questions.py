"""The questions that the market analysis puts to the marts, one method each."""

from dataclasses import dataclass
from typing import Any

from reports.documents.shared.questions import Asked, within
from reports.figures import Record

SHARE, TREND, FEEDBACK = "mart_market_share", "mart_market_trend", "mart_market_feedback"
MARKET_KEYS = ("segment", "territory_id", "period_label")
PRICED_PERIODS = 4


@dataclass(frozen=True)
class Questions(Asked):
    """A unit and a period to ask about."""

    def sized_period(self) -> str | None:
        """The latest period up to the report's end for which the size of the market is known; the shortest of several."""
        sql = f"""
            select p.period_label from {SHARE} as s
            join dim_period as p on p.period_type = s.period_type and p.period_start = s.period_start
            where s.segment = 'all' and s.territory_id = 'all' and s.has_source and p.period_end <= $end
            order by p.period_end desc, p.total_days, p.period_label limit 1"""
        found = self._records(SHARE, ("period_label",), sql, end=self.period.end)
        return found[0].values["period_label"] if found else None

    def shares(self, label: str | None) -> tuple[Record, ...]:
        """Every segment and territory in the period of the market's size."""
        sql = f"""
            select s.*, t.parent_territory_id from {SHARE} as s
            left join dim_territory as t on t.territory_id = s.territory_id
            where s.period_label = $label order by s.segment, s.territory_id"""
        return self._records(SHARE, MARKET_KEYS, sql, label=label)

    def trends(self, label: str | None) -> tuple[Record, ...]:
        """Every segment everywhere, in the period of the market's size."""
        sql = f"select * from {TREND} where period_label = $label and territory_id = 'all' order by segment"
        return self._records(TREND, MARKET_KEYS, sql, label=label)

    def prices(self) -> tuple[Record, ...]:
        """The company's prices in the report's period and those before it, the latest first."""
        sql = f"""
            select * from {TREND}
            where period_type = $kind and segment = 'all' and territory_id = 'all' and period_start <= $start
            order by period_start desc limit {PRICED_PERIODS}"""
        return self._records(TREND, MARKET_KEYS, sql, kind=self.period.kind, start=self.period.start)

    def segments(self) -> tuple[Record, ...]:
        """The company's segments in the report's period."""
        sql = """
            select * from mart_segment
            where period_type = $kind and period_label = $label and territory_id = 'all' order by segment"""
        return self._records("mart_segment", MARKET_KEYS, sql, **self._this())

    def wins(self) -> Record:
        """The scope's win rates."""
        return self._one("mart_win_rate")

    def routing(self) -> Record:
        """The scope's feedback over all departments."""
        return self._one("mart_feedback_routing", " and department = 'all'")

    def _one(self, mart: str, further: str = "") -> Record:
        found = self._of_scope(mart, (), "1", further)
        keys = (("org_unit_id", self.scope), ("period_label", self.period.label))
        return found[0] if found else Record(mart, keys, {})

    def _of_scope(self, mart: str, keys: tuple[str, ...], order: str, further: str = "") -> tuple[Record, ...]:
        sql = f"""
            select * from {mart}
            where org_unit_id = $scope and period_type = $kind and period_label = $label{further} order by {order}"""
        return self._records(mart, ("org_unit_id", "period_label", *keys), sql, **self._this())

    def competitors(self) -> tuple[Record, ...]:
        """Competitors met or heard of, those to whom most was lost first."""
        return self._of_scope("mart_competitor", ("competitor_id",), "lost_amount desc, met_amount desc, competitor_id")

    def lost_reasons(self) -> tuple[Record, ...]:
        """Reasons of losses, the largest first."""
        further = " and lost_count > 0"
        return self._of_scope("mart_lost_reason", ("lost_reason",), "lost_amount desc, lost_reason", further)

    def themes(self) -> tuple[Record, ...]:
        """What was heard, by kind and theme, new themes first, then by the value attached."""
        sums = ", ".join(
            f"sum({name}) as {name}"
            for name in ("mention_count", "prior_mention_count", "mention_change_count", "attached_amount")
        )
        sql = f"""
            select org_unit_id, period_label, kind, theme, bool_or(is_new_theme) as is_new_theme, {sums}
            from {FEEDBACK}
            where org_unit_id = $scope and period_type = $kind and period_label = $label and kind <> 'competitor'
            group by all having sum(mention_count) > 0
            order by is_new_theme desc, attached_amount desc nulls last, mention_count desc, kind, theme"""
        return self._records(FEEDBACK, ("org_unit_id", "period_label", "kind", "theme"), sql, **self._this())

    def items(self) -> tuple[Record, ...]:
        """Feedback whose source waits for an answer, the most overdue value first."""
        sql = f"""
            select f.*, coalesce(c.name, f.customer_id) as name, c.name_en
            from mart_feedback_item as f
            left join dim_customer as c on c.customer_id = f.customer_id
            where f.received_on < $cutoff and {within("f.received_on")}
            order by f.is_overdue desc, f.attached_amount desc nulls last, f.due_on, f.feedback_id"""
        return self._records("mart_feedback_item", ("feedback_id",), sql, **self._until())

    def channels(self) -> tuple[Record, ...]:
        """Bookings by channel, in the period and a year before."""
        return self.compared("channel", "f.channel", "f.channel as name")

    def moves(self) -> tuple[Record, ...]:
        """What competitors did in the period, the latest first."""
        sql = """
            select f.*, coalesce(k.name, f.competitor_id) as name, k.name_en
            from fct_feedback as f left join dim_competitor as k on k.competitor_id = f.competitor_id
            where f.kind = 'competitor' and f.business_date >= $start and f.business_date < $cutoff
            order by f.business_date desc, f.attached_amount desc nulls last, f.feedback_id"""
        return self._records("fct_feedback", ("feedback_id",), sql, start=self.period.start, **self._until())

    def _until(self) -> dict[str, Any]:
        return {"cutoff": self.period.cutoff}
