"""Every batch meets every rule once, and again when a rule has changed."""

from pathlib import Path

import pytest

from examples.demo_company import write
from expectations import runner
from expectations.suite import Bilingual, Expectation, Suite
from orchestration import intake
from orchestration.ingest import ingest, settle_batch
from orchestration.workspace import Workspace

WHY = Bilingual(zh="因为", en="because")
MAPPING = "files: customers*.csv\nload: {load}\nread: {{date_pattern: '(\\d{{8}})'}}\ntables:\n  customers: {{columns: {{customer_id: id, name: name}}}}\n"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.delenv("SALESOPS_LANDING", raising=False)
    for folder in ("sources", "landing"):
        (tmp_path / folder).mkdir()
    (tmp_path / "salesops.yml").write_text("company: {name: {zh: 某公司, en: Some company}}\n", encoding="utf-8")
    return Workspace.open(tmp_path)


def drop(workspace: Workspace, day: int, rows: int, load: str = "upsert", key: str = "") -> None:
    (workspace.sources / "crm.yml").write_text(MAPPING.format(load=load), encoding="utf-8")
    lines = [f"{key}C{number},Name {day}" for number in range(rows)]
    (workspace.landing / f"customers_202501{day:02}.csv").write_text("\n".join(["id,name", *lines]) + "\n")


def check(workspace: Workspace) -> list[str]:
    """Loads and checks until nothing changes; which batches were looked at."""
    seen: list[str] = []
    changed = True
    while changed:
        ingest(workspace)
        changed = intake.check_new(workspace, lambda *given: settle_batch(workspace, *given), seen.append)
    return seen


def found(workspace: Workspace) -> list[str]:
    return [f"{one.check} {one.outcome['file']}" for one in intake.findings(workspace)]


def rule(name: str, where: str, severity: str = "warning") -> Expectation:
    query = {"unexpected_rows_query": f"select _line, name from {{batch}} where {where}"}
    return Expectation(id=name, type="unexpected_rows_expectation", kwargs=query, severity=severity, why=WHY)


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch):
    """Puts other rules in the place of those of the customers."""

    def use(*rules: Expectation) -> None:
        made = Suite(name="raw_customers", table="customers", expectations=rules)
        for module in ("expectations.suite", "expectations.runner"):
            monkeypatch.setattr(f"{module}.raw_suite", lambda _table: made)

    return use


def test_a_truncated_delta_is_told_and_its_like_are_not(workspace: Workspace) -> None:
    for day, rows in ((1, 400), (2, 40), (3, 38), (4, 44), (5, 41)):
        drop(workspace, day, rows)
    check(workspace)
    assert found(workspace) == []
    drop(workspace, 6, 9)
    check(workspace)
    assert found(workspace) == ["raw_customers.delta_is_about_as_long_as_usual customers_20250106.csv"]


def test_a_doubled_delta_is_told_by_its_length_even_with_keys_of_its_own(workspace: Workspace) -> None:
    for day, rows in ((1, 400), (2, 40), (3, 38), (4, 44)):
        drop(workspace, day, rows)
    drop(workspace, 5, 84, key="D")
    check(workspace)
    assert found(workspace) == ["raw_customers.delta_is_about_as_long_as_usual customers_20250105.csv"]


@pytest.mark.parametrize(("rows", "told"), [(100, False), (70, True), (200, True)])
def test_a_dump_is_told_when_it_is_truncated_or_doubled_since_the_last(
    workspace: Workspace, rows: int, told: bool
) -> None:
    drop(workspace, 1, 100, "full")
    drop(workspace, 2, 101, "full")
    drop(workspace, 9, rows, "full")
    check(workspace)
    expected = ["raw_customers.dump_is_about_as_long_as_the_one_before customers_20250109.csv"] if told else []
    assert found(workspace) == expected


ORDERS = """files: orders*.csv
load: upsert
read: {date_pattern: '(\\d{8})'}
tables:
  orders: {columns: {order_id: id, ordered_on: day, customer_id: customer, employee_id: seller, net_amount: amount}}
"""


def test_a_file_with_an_unusual_sum_or_an_old_month_is_told(workspace: Workspace) -> None:
    (workspace.sources / "orders.yml").write_text(ORDERS, encoding="utf-8")

    def drop_orders(day: int, ordered_on: str, amount: int) -> None:
        lines = [f"O{day}-{number},{ordered_on},C1,E1,{amount}" for number in range(30)]
        text = "\n".join(["id,day,customer,seller,amount", *lines]) + "\n"
        (workspace.landing / f"orders_202501{day:02}.csv").write_text(text)

    for day in range(1, 6):
        drop_orders(day, f"2025-01-{day:02}", 100 + day)
    check(workspace)
    assert found(workspace) == []
    drop_orders(6, "2025-01-06", 700)
    drop_orders(7, "2024-12-20", 100)
    check(workspace)
    assert found(workspace) == [
        "raw_orders.control_total_is_about_as_high_as_usual orders_20250106.csv",
        "raw_orders.newest_row_is_about_as_fresh_as_usual orders_20250107.csv",
    ]


def test_each_batch_meets_each_rule_once_and_only_new_rules_again(workspace: Workspace, rules) -> None:
    drop(workspace, 1, 3)
    drop(workspace, 2, 3)
    rules(rule("first", "true"))
    assert len(check(workspace)) == 2
    assert check(workspace) == []
    rules(rule("first", "true"), rule("second", "customer_id = 'C1'"))
    asked: list[object] = []
    original = runner.check_batch
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runner, "check_batch", lambda *given: asked.append(given[-1]) or original(*given))
        assert len(check(workspace)) == 2
    assert asked == [{"second"}, {"second"}]
    assert sorted({one.split(" ")[0] for one in found(workspace)}) == ["raw_customers.first", "raw_customers.second"]


def test_a_rule_that_is_gone_takes_its_findings_along(workspace: Workspace, rules) -> None:
    drop(workspace, 1, 3)
    rules(rule("first", "true"), rule("second", "true"))
    check(workspace)
    rules(rule("second", "true"))
    check(workspace)
    assert found(workspace) == ["raw_customers.second customers_20250101.csv"]


def test_a_sharper_rule_holds_a_live_batch_and_a_mended_one_lets_it_back(workspace: Workspace, rules) -> None:
    drop(workspace, 1, 3)
    rules(rule("names", "false", "blocking"))
    check(workspace)
    states = []
    for where in ("customer_id = 'C2'", "false"):
        rules(rule("names", where, "blocking"))
        check(workspace)
        states.append([batch.state for batch in intake.read_batches(workspace.lake)])
    assert states == [["held"], ["live"]]


def test_a_verdict_written_before_the_process_died_still_holds_its_batch(workspace: Workspace, rules) -> None:
    drop(workspace, 1, 3)
    rules(rule("names", "true", "blocking"))
    ingest(workspace)

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        intake.check_new(workspace, dies, print)
    check(workspace)
    assert [batch.state for batch in intake.read_batches(workspace.lake)] == ["held"]


@pytest.mark.slow
def test_the_undisturbed_demo_has_files_of_the_usual_length_sum_and_freshness(tmp_path: Path) -> None:
    write(tmp_path / "demo")
    demo = Workspace.open(tmp_path / "demo")
    check(demo)
    assert [one for one in found(demo) if "_about_as_" in one] == []
