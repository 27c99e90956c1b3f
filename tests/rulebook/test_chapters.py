"""Each chapter refuses what its policy may not say, explains it where it stands, and compiles what it says."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from rulebook import compile_rules, load
from rulebook.book import DEFAULTS, read
from rulebook.chapters import CHAPTERS
from rulebook.metric import METRICS
from salesops.errors import UserError

HEAD = """
- id: one
  effective: {from: 2025-01-01, to: 2025-12-31}
  approved: {by: E1, on: 2024-12-01, document: a.pdf}
"""
GRADES = "[{from: 0, grade: D, coefficient: 0}, {from: 60, grade: C, coefficient: 1}]"
CURVE = "curve: {zero_at: 60%, full_at: 100%}"
KPI = f"{{metric: win_rate, weight: 100, {CURVE}}}"
COMMISSION = """
  for: {roles: [seller]}
  pays: {on: net_cash_collected, tier_by: attainment_of_invoice_quarter}
  tiers: {kind: marginal, bands: [{from: 0%, rate: 0.8%}, {from: 100%, rate: 1.2%}, {from: 125%, rate: 1.5%}]}
"""
BROKEN = {
    "a metric nobody knows": ("metrics", "metrics: [{metric: win_rat}]", "Did you mean `win_rate`?"),
    "a variant nobody knows": ("metrics", "metrics: [{metric: win_rate, variant: mean}]", "by_count, by_amount"),
    "a metric without variants": ("metrics", "metrics: [{metric: csat_rate, variant: mean}]", "variants: none"),
    "a metric twice": ("metrics", "metrics: [{metric: win_rate}, {metric: win_rate}]", "win_rate stands here twice"),
    "weights of 90": (
        "scorecards",
        f"for: {{roles: [seller]}}\n  kpis: [{{metric: win_rate, weight: 90, {CURVE}}}]\n  grades: {GRADES}",
        "the weights add up to 90, not to 100",
    ),
    "grades that leave a gap below": (
        "scorecards",
        f"for: {{roles: [seller]}}\n  kpis: [{KPI}]\n  grades: [{{from: 60, grade: C, coefficient: 1}}]",
        "the first band must begin with 0",
    ),
    "a curve the wrong way round": (
        "scorecards",
        f"for: {{roles: [s]}}\n  kpis: [{{metric: dso_days, weight: 100, {CURVE}}}]\n  grades: {GRADES}",
        "lower is better",
    ),
    "a veto to no grade": (
        "scorecards",
        f"for: {{roles: [s]}}\n  kpis: [{KPI}]\n  veto: [{{when: false_record, grade: E}}]\n  grades: {GRADES}",
        "the veto gives the grade E",
    ),
    "classes whose weights fall short": (
        "customer_class",
        "dimensions: [{of: volume, weight: 60, bands: [{from: 0, points: 1}]}]\n  classes: [{from: 0, class: A}]",
        "the weights add up to 60",
    ),
    "a cadence stated twice": ("visit_cadence", "classes: [{class: A, every: 3d}, {class: A, every: 9d}]", "A stands"),
    "no default segment": (
        "segments",
        "segments: [{id: a, name: {zh: 甲, en: A}, when: {industry: [x]}}]",
        "the last segment, and only that one",
    ),
    "a price stated twice": (
        "price_policy",
        "prices: [{floor: 80%, guide: 90%}, {floor: 70%, guide: 90%}]",
        "all stands here twice",
    ),
    "a promotion without end": (
        "promotions",
        "effective: {from: 2025-01-01}\n  mechanism: {discount: 5%}\n  budget: 10",
        "a promotion needs a last day",
    ),
    "a quota of nobody": (
        "quotas",
        "every: year\n  quotas: [{product: P, of: org_unit, kind: floor, quantity: 1}]",
        "write whose quota it is",
    ),
    "rebate bands that fall": (
        "rebates",
        "for: {customers: [C]}\n  base: quantity\n  every: year\n  kind: marginal\n"
        "  bands: [{from: 0, rate: 1%}, {from: 9, rate: 2%}, {from: 5, rate: 3%}]",
        "each band must begin above the one before",
    ),
    "splits of 90%": ("commission", f"{COMMISSION.strip()}\n  splits: [{{to: manager, share: 90%}}]", "add up to 90%"),
    "a contest without end": (
        "contests",
        "effective: {from: 2025-01-01}\n  for: {roles: [s]}\n  metric: sales_amount\n  seats: 1\n  on_tie: all\n"
        "  prize: {name: {zh: 甲, en: A}, cost: 1}",
        "a contest needs a last day",
    ),
    "a topic without department": (
        "feedback_routing",
        "within: {acknowledge: 1d, decide: 2d, close: 3d}\n  routes: [{topic: price}]",
        "`routes.0.department`: this key is missing",
    ),
    "closing before deciding": (
        "feedback_routing",
        "within: {acknowledge: 1d, decide: 9d, close: 3d}",
        "in that order",
    ),
    "complaints of no category": ("complaint_sla", "limits: [{category: price, answer: 1d, close: 2d}]", "`other`"),
    "an alert the wrong way round": (
        "alerts",
        "on: {metric: overdue_rate, below: 3%}\n  level: team\n  tell: [manager]",
        "turn the limit around",
    ),
}


@pytest.mark.parametrize(("chapter", "body", "says"), BROKEN.values(), ids=list(BROKEN))
def test_a_chapter_refuses(tmp_path: Path, chapter: str, body: str, says: str) -> None:
    head = HEAD.replace("  effective: {from: 2025-01-01, to: 2025-12-31}\n", "") if "effective" in body else HEAD
    (tmp_path / f"{chapter}.yml").write_text(f"{head}  {body}\n", encoding="utf-8")
    with pytest.raises(UserError) as refused:
        load(tmp_path)
    assert says in str(refused.value)
    assert refused.value.where.startswith(str(tmp_path / f"{chapter}.yml:"))


def test_every_chapter_with_a_default_is_read_where_a_company_writes_none(tmp_path: Path) -> None:
    stated, refusals = read(tmp_path)
    assert not refusals
    assert {one.chapter for one in stated} == {name for name, kind in CHAPTERS.items() if kind.has_default}


def test_shipped_rules_that_move_money_are_drafts() -> None:
    for path in DEFAULTS.glob("*.yml"):
        if CHAPTERS[path.stem].moves_money:
            assert path.read_text(encoding="utf-8").count("status: draft") == path.read_text("utf-8").count("- id: ")


def test_the_shipped_list_of_metrics_names_each_one_that_rules_may_name(tmp_path: Path) -> None:
    (rule,) = load(tmp_path).chapters["metrics"]
    assert sorted(row["metric"] for row in rule.rows()["metrics"]) == sorted(METRICS)


def test_a_commission_plan_compiles_to_half_open_bands_of_exact_decimals(tmp_path: Path) -> None:
    late = "  late_cash: [{days_overdue_from: 0, factor: 100%}, {days_overdue_from: 91, factor: 80%}]\n"
    (tmp_path / "commission.yml").write_text(f"{HEAD}{COMMISSION}{late}", encoding="utf-8")
    compile_rules(tmp_path, tmp_path / "out")

    def rows(table: str) -> list[dict]:
        return pq.read_table(tmp_path / "out" / f"{table}.parquet").to_pylist()

    tiers = [
        (tier["attainment_from"], tier["attainment_to"], tier["commission_rate"]) for tier in rows("commission_tiers")
    ]
    assert tiers == [
        (Decimal(0), Decimal(1), Decimal("0.008")),
        (Decimal(1), Decimal("1.25"), Decimal("0.012")),
        (Decimal("1.25"), None, Decimal("0.015")),
    ]
    assert [(late["days_from"], late["days_to"]) for late in rows("commission_late_cash")] == [(0, 91), (91, None)]
    assert [(split["credit_to"], split["share_rate"]) for split in rows("commission_splits")] == [
        ("owner_at_invoice", 1)
    ]
    assert rows("audiences") == [
        {
            "rule_id": "one",
            "effective_from": date(2025, 1, 1),
            "effective_to": date(2026, 1, 1),
            "chapter": "commission",
            "role": "seller",
            "employee_id": None,
        }
    ]


def test_two_plans_for_one_role_may_not_be_in_force_at_once(tmp_path: Path) -> None:
    second = HEAD.replace("id: one", "id: two") + COMMISSION
    (tmp_path / "commission.yml").write_text(HEAD + COMMISSION + second, encoding="utf-8")
    with pytest.raises(UserError, match="`one` and `two` are both in force on 2025-01-01"):
        load(tmp_path)
    (tmp_path / "commission.yml").write_text(
        HEAD + COMMISSION + second.replace("roles: [seller]", "roles: [manager]"), encoding="utf-8"
    )
    assert len(load(tmp_path).chapters["commission"]) == 2
