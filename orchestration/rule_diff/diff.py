"""From two rulebooks to what lies between them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.rule_diff.base import Base, base_of, published_rulebook
from orchestration.rule_diff.build import Rebuilt, rebuild, replace_rules
from orchestration.rule_diff.changes import Change, changes
from orchestration.rule_diff.compare import Comparison
from orchestration.rule_diff.draft import with_drafts
from orchestration.rule_diff.ranking import Range, Ranking, periods_between, rankings
from orchestration.workspace import Workspace
from rulebook import load, version
from rulebook.book import files
from rulebook.told import Language

if TYPE_CHECKING:
    import pyarrow as pa

MOST_LISTED = 200_000
LISTED = f"""
select mart, measure, period_label, org_unit_id, employee_id, customer_id, rest,
    before::double as before, after::double as after, (coalesce(after, 0) - coalesce(before, 0))::double as change
from differences
order by abs(coalesce(after, 0) - coalesce(before, 0)) desc, mart, measure, period_start, org_unit_id, employee_id, customer_id, rest
limit {MOST_LISTED}
"""
DIRECT = """
select org_unit_id as id, (select {name} from before.marts.dim_org_unit as above
    where above.org_unit_id = unit.parent_org_unit_id limit 1) || ' · ' || {name} as name
from before.marts.dim_org_unit as unit where org_level = 'direct'
"""
"""What hangs at a unit directly bears the unit's name, too."""


@dataclass
class Diff:
    """What changed in the rules, what was built for it, and what it does to figures; `names` are those of subjects."""

    snapshot: str
    as_of: date
    rules: list[Change]
    tables: list[str] = field(default_factory=list)
    models: list[Rebuilt] = field(default_factory=list)
    rankings: list[Ranking] = field(default_factory=list)
    figures: int = 0
    measures: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    differences: "pa.Table | None" = None

    @property
    def changes_figures(self) -> bool:
        """Whether any figure of any mart is another one."""
        return self.figures > 0


@dataclass(frozen=True)
class Question:
    """What is compared: the folder of the other rules, the drafts that count as in force, and the periods."""

    folder: Path
    drafts: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None


def diff(workspace: Workspace, asked: Question, language: Language, now: datetime, say: Callable[[str], None]) -> Diff:
    """What the rules in a folder would have done to the periods of the current publication."""
    wanted = with_drafts(load(asked.folder), asked.drafts)
    with base_of(workspace, now) as base:
        found = Diff(base.snapshot, base.as_of, changes(published_rulebook(base), wanted, language))
        found.tables = replace_rules(base, wanted, files(asked.folder), version(asked.folder))
        if found.tables:
            found.models = rebuild(base, found.tables, workspace.state / "dbt" / "rule_diff", say)
        _compare(found, base, workspace, asked, language)
    return found


def _compare(found: Diff, base: Base, workspace: Workspace, asked: Question, language: Language) -> None:
    from orchestration.manifest import keys, prepared

    tested = keys(prepared(workspace.state, base.as_of)) if found.models else {}
    with Comparison(base, [model.name for model in found.models], tested) as comparison:
        periods: Range = periods_between(comparison, asked.first, asked.last)
        comparison.compare()
        [count] = comparison.rows("select count(*) as figures from differences")
        found.figures = count["figures"]
        listed = comparison.rows("select distinct measure from differences order by measure")
        found.measures = [row["measure"] for row in listed]
        found.rankings = rankings(comparison, periods)
        found.names = _names(comparison, language)
        found.differences = comparison.connection.execute(LISTED).to_arrow_table()


def _names(comparison: Comparison, language: Language) -> dict[str, str]:
    """Id → name of every unit, person and customer, and of every figure that has one."""
    name = "coalesce(name_en, name)" if language == "en" else "name"
    subjects = ("org_unit", "employee", "customer")
    rows = [
        row
        for kind in subjects
        for row in comparison.rows(f"select {kind}_id as id, {name} as name from before.marts.dim_{kind}")
    ]
    rows += comparison.rows(DIRECT.format(name=name))
    rows += comparison.rows(f"select metric_id as id, name_{language} as name from before.marts.dim_metric")
    return {row["id"]: row["name"] or row["id"] for row in rows}
