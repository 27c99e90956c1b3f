"""What reports ask of the marts of targets: what concerns the scope's units and people in the period."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports.documents.shared.questions import Asked
from reports.figures import Record
from reports.marts import SUBTREE

WHOLE = "$scope in (select org_unit_id from dim_org_unit where parent_org_unit_id is null)"
OWNED = f"""({WHOLE} or t.level = 'org_unit' and t.owner_id in ({SUBTREE})
    or t.level = 'employee' and e.org_unit_id in ({SUBTREE}))"""
NAMED = """
    coalesce(e.name, u.name, d.name, c.name, t.owner_id) as name, coalesce(e.name_en, u.name_en, d.name_en, c.name_en) as name_en,
    coalesce(m.name_zh, t.metric) as metric_name, m.name_en as metric_name_en, m.unit as metric_unit"""
NAMES = """
    left join dim_employee as e on t.level = 'employee' and e.employee_id = t.owner_id
    left join dim_org_unit as u on t.level in ('company', 'org_unit') and u.org_unit_id = t.owner_id
    left join dim_territory as d on t.level = 'territory' and d.territory_id = t.owner_id
    left join dim_customer as c on t.level = 'customer' and c.customer_id = t.owner_id
    left join dim_metric as m on m.metric_id = t.metric"""
DURING = "t.period_start < $cutoff and t.period_end > $start"


@dataclass(frozen=True)
class TargetAnswers:
    """The answers, as records that remember mart and keys; empty where a company supplies nothing."""

    bands: tuple[Record, ...]
    changes: tuple[Record, ...]
    stages: tuple[Record, ...]
    plans: tuple[Record, ...]
    unsound: tuple[Record, ...]
    unready: tuple[Record, ...]
    submissions: tuple[Record, ...]


@dataclass(frozen=True)
class TargetQuestions(Asked):
    """A unit and a period to ask about."""

    def all(self) -> TargetAnswers:
        """Every answer."""
        return TargetAnswers(
            self.bands(),
            self.changes(),
            self.stages(),
            self.plans(),
            self.unsound(),
            self.unready(),
            self.submissions(),
        )

    def bands(self) -> tuple[Record, ...]:
        """People by group and band of attainment."""
        sql = """
            select * from mart_target_distribution
            where org_unit_id = $scope and period_type = $kind and period_label = $label
            order by people_group, band_order"""
        keys = ("org_unit_id", "period_label", "people_group", "band")
        return self._records("mart_target_distribution", keys, sql, **self._this())

    def changes(self) -> tuple[Record, ...]:
        """Targets of the period that were changed, the largest change first."""
        return self._owned("mart_target_change", ("target_id", "version"), DURING, "abs(t.change_rate) desc nulls last")

    def stages(self) -> tuple[Record, ...]:
        """The ladder of each longer target that runs in the period."""
        return self._owned("mart_target_stage", ("target_id", "stage_number"), DURING, "t.level = 'company' desc")

    def unsound(self) -> tuple[Record, ...]:
        """Targets of the period that fail one of the five checks, the worst first."""
        return self._owned(
            "mart_target_smart", ("target_id",), f"{DURING} and t.failed_count > 0", "t.failed_count desc"
        )

    def unready(self) -> tuple[Record, ...]:
        """Owners who began the cycle's period without a target, or got it late."""
        begun = "t.period_start <= $start and t.period_end > $start and t.readiness_state <> 'in_time'"
        return self._owned("mart_target_readiness", ("level", "owner_id", "metric", "period_label"), begun)

    def submissions(self) -> tuple[Record, ...]:
        """What owners proposed and answered, the widest gap first."""
        during = f"""exists (
            select 1 from dim_period as p where p.period_label = t.period_label
                and {DURING.replace("t.", "p.")})"""
        keys = ("level", "owner_id", "metric", "period_label")
        return self._owned("mart_target_submission", keys, during, "abs(t.gap_rate) desc nulls last")

    def plans(self) -> tuple[Record, ...]:
        """Plans of the period against what was done, by person and kind of action."""
        sql = f"""
            select t.*, coalesce(e.name, t.employee_id) as name, e.name_en
            from mart_plan_execution as t left join dim_employee as e using (employee_id)
            where t.period_type = $kind and t.period_label = $label and ({WHOLE} or e.org_unit_id in ({SUBTREE}))
            order by t.employee_id, t.kind <> 'all', t.kind"""
        return self._records("mart_plan_execution", ("employee_id", "kind", "period_label"), sql, **self._this())

    def _owned(self, mart: str, keys: tuple[str, ...], where: str, first: str = "") -> tuple[Record, ...]:
        ordered: Iterable[str] = filter(None, (first, *(f"t.{key}" for key in keys)))
        sql = f"select t.*, {NAMED} from {mart} as t {NAMES} where {where} and {OWNED} order by {', '.join(ordered)}"
        return self._records(mart, keys, sql, start=self.period.start, cutoff=self.period.cutoff)
