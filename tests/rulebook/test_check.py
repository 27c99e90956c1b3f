"""The linter finds each kind of doubtful rule, says where and how to mend it, and is silent about a sound book."""

from datetime import date
from pathlib import Path

import pytest

import examples.demo_company
from rulebook.check import CHECKS, check

AS_OF = date(2025, 6, 30)
PEOPLE = {"E1": None, "E2": date(2025, 5, 31)}
HEAD = """- id: one
  approved: {by: E1, on: 2024-12-01, document: a.pdf}
  effective: {from: 2025-01-01}
  owner: E1
  review_by: 2025-12-31
"""
WHOM = "  for: {roles: [seller]}\n"
RISE = "curve: {zero_at: 50%, full_at: 100%}"
BOOK = {
    "commission": WHOM
    + """  pays: {on: net_cash_collected, tier_by: attainment_of_invoice_quarter}
  tiers: {kind: marginal, bands: [{from: 0%, rate: 0.8%}, {from: 100%, rate: 1.2%}, {from: 125%, rate: 1.5%}]}
  late_cash: [{days_overdue_from: 0, factor: 100%}, {days_overdue_from: 91, factor: 80%}]
  clawback: {on: [refund], within: 12 months}
""",
    "scorecards": WHOM
    + f"""  kpis:
    - {{metric: sales_attainment_rate, weight: 50, {RISE}}}
    - {{metric: visit_coverage_rate, weight: 50, {RISE}}}
  grades: [{{from: 0, grade: C, coefficient: 0}}, {{from: 60, grade: B, coefficient: 1}}]
""",
    "rewards": f"{WHOM}  base: 1000\n  streaks: [{{grades: [C], times: 2, then: reminder_talk}}]\n",
    "bonus": f"{WHOM}  metric: sales_attainment_rate\n  every: year\n"
    "  bands: [{from: 0, amount: 0}, {from: 80%, amount: 500}, {from: 100%, amount: 1000}]\n",
    "rebates": "  for: {customer_classes: [A]}\n  base: invoiced_amount\n  every: year\n  kind: marginal\n"
    "  bands: [{from: 0, rate: 1%}, {from: 500000, rate: 2%}, {from: 1000000, rate: 3%}]\n",
    "promotions": "  customer_classes: [A]\n  mechanism: {discount: 5%}\n  budget: 1000\n",
    "customer_class": "  classes: [{from: 0%, class: A}, {from: 80%, class: B}]\n",
    "visit_cadence": "  classes: [{class: A, every: 30d}, {class: B, every: 60d}]\n",
    "metrics": "  metrics: [{metric: sales_attainment_rate}, {metric: visit_coverage_rate}]\n",
    "sales_basis": "  basis: invoiced_amount\n",
}
"""A sound book, one rule a chapter."""

UNTIL_MAY = ("effective: {from: 2025-01-01}", "effective: {from: 2025-01-01, to: 2025-05-31}")
TWO = BOOK["promotions"]
PARTS = "weight: %d, " + RISE.replace("%", "%%") + "}\n    - {metric: visit_coverage_rate, weight: %d"
VIOLATIONS: dict[str, tuple[str, str, str, str]] = {
    "no_owner": ("sales_basis", "  owner: E1\n", "", "nobody owns this rule"),
    "unknown_owner": ("sales_basis", "owner: E1", "owner: E9", "`E9` is not among the employees"),
    "owner_left": ("sales_basis", "owner: E1", "owner: E2", "`E2` left the company on 2025-05-31"),
    "review_overdue": ("bonus", "2025-12-31", "2025-06-29", "should have been reviewed by 2025-06-29"),
    "never_reviewed": ("bonus", "  review_by: 2025-12-31\n", "", "no day of review"),
    "draft": ("bonus", "  owner: E1", "  owner: E1\n  status: draft", "is a draft"),
    "approved_late": ("bonus", "on: 2024-12-01", "on: 2025-02-01", "approved on 2025-02-01, after it began"),
    "expired": ("commission", *UNTIL_MAY, "ended on 2025-05-31, and none follows"),
    "gap": (
        "sales_basis",
        "effective: {from: 2025-01-01}",
        "effective: {from: 2025-01-01, to: 2025-05-31}\n  basis: invoiced_amount\n"
        "- id: two\n  effective: {from: 2025-06-03}",
        "from 2025-06-01 no rule of this chapter is in force, until `two` begins",
    ),
    "unlisted_metric": (
        "metrics",
        ", {metric: visit_coverage_rate}",
        "",
        "the chapter `metrics` does not list visit_coverage_rate",
    ),
    "outcomes_only": ("scorecards", "metric: visit_coverage_rate", "metric: csat_rate", "all KPIs are outcomes"),
    "heavy_kpi": ("scorecards", PARTS % (50, 50), PARTS % (60, 40), "sales_attainment_rate weighs 60 of 100"),
    "falling_coefficient": (
        "scorecards",
        "coefficient: 0}",
        "coefficient: 2}",
        "grade B has a lower coefficient than C",
    ),
    "unknown_grade": ("rewards", "grades: [C]", "grades: [X]", "no scorecard gives the grade X"),
    "commission_cliff": (
        "commission",
        "kind: marginal",
        "kind: whole_period",
        "at 100% attainment the commission jumps: on 1,000,000 yuan it is 4,000 yuan more",  # 1.2 % - 0.8 %
    ),
    "rebate_cliff": (
        "rebates",
        "kind: marginal",
        "kind: whole_period",
        "at 500,000 the rebate jumps by 5,000",  # one per cent of 500,000
    ),
    "bonus_cliff": ("bonus", "amount: 500", "amount: 50", "one step of the bonus is 950 of 1,000 yuan"),
    "falling_rate": ("rebates", "rate: 3%", "rate: 1%", "a higher band pays less"),
    "rising_factor": ("commission", "factor: 80%", "factor: 120%", "from day 91 on the factor rises to 120%"),
    "no_cap": ("commission", "  clawback: {on: [refund], within: 12 months}\n", "", "neither a cap nor a clawback"),
    "promotions_at_once": (
        "promotions",
        "  budget: 1000\n",
        "  budget: 1000\n" + HEAD.replace("one", "two").replace("2025-01-01}", "2025-09-01, to: 2025-10-01}") + TWO,
        "`one` and `two` hold for the same sales at once",
    ),
    "unknown_class": ("rebates", "[A]", "[K]", "there is no class K: customers are A, B"),
    "no_cadence": ("visit_cadence", ", {class: B, every: 60d}", "", "customers of class B have no cadence"),
}


def book(folder: Path, **changed: tuple[str, str]) -> Path:
    for chapter, body in BOOK.items():
        text = HEAD + body
        if chapter == "promotions":
            text = text.replace("effective: {from: 2025-01-01}", "effective: {from: 2025-01-01, to: 2025-12-31}")
        if chapter in changed:
            assert changed[chapter][0] in text
            text = text.replace(*changed[chapter], 1)
        (folder / f"{chapter}.yml").write_text(text, encoding="utf-8")
    return folder


def test_a_sound_book_is_met_with_silence(tmp_path: Path) -> None:
    assert check(book(tmp_path), AS_OF, PEOPLE) == []


@pytest.mark.parametrize("name", VIOLATIONS)
def test_the_linter_finds(tmp_path: Path, name: str) -> None:
    chapter, was, becomes, says = VIOLATIONS[name]
    found = check(book(tmp_path, **{chapter: (was, becomes)}), AS_OF, PEOPLE)
    told = [finding for finding in found if says in finding.problem.what]
    assert told, [finding.problem.what for finding in found]
    assert all(finding.problem.mend and finding.severity != "error" for finding in told)
    file, _, line = told[0].problem.where.rpartition(":")
    assert Path(file).is_relative_to(tmp_path) and int(line) >= 1


def test_every_check_is_violated_above() -> None:
    assert {looked_for.__name__ for looked_for in CHECKS} == set(VIOLATIONS)


def test_a_finding_names_the_line_it_is_about(tmp_path: Path) -> None:
    folder = book(tmp_path, commission=("kind: marginal", "kind: whole_period"))
    lines = (folder / "commission.yml").read_text("utf-8").splitlines()
    places = {finding.problem.where for finding in check(folder, AS_OF) if "jumps" in finding.problem.what}
    number = next(n for n, line in enumerate(lines, start=1) if "whole_period" in line)
    assert places == {f"{folder / 'commission.yml'}:{number}"}


def test_errors_come_first_and_all_at_once(tmp_path: Path) -> None:
    book(tmp_path, sales_basis=("basis: invoiced_amount", "basis: cash\n  colour: red"))
    (tmp_path / "colours.yml").write_text("[]")
    found = check(tmp_path, AS_OF, PEOPLE)
    errors = [finding.problem.what for finding in found if finding.severity == "error"]
    assert [finding.severity for finding in found[: len(errors)]] == ["error"] * len(errors)
    assert len(errors) == 3
    assert {finding.rule for finding in found if finding.severity == "error"} == {"", "one"}


def test_without_a_publication_no_owner_is_missed(tmp_path: Path) -> None:
    assert check(book(tmp_path, sales_basis=("owner: E1", "owner: E9")), AS_OF) == []


def test_the_demo_company_has_nothing_but_hints() -> None:
    demo = Path(examples.demo_company.__file__).parent / "template" / "rulebook"
    found = check(demo, AS_OF, {"E0001": None, "E0002": None, "E0003": None})
    assert [str(finding.problem) for finding in found if finding.severity != "hint"] == []
