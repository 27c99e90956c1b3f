"""What changed rules would have done, piece by piece, on marts small enough to add up by hand."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from orchestration.publish.snapshot import Key
from orchestration.rule_diff.base import Base
from orchestration.rule_diff.build import replace_rules
from orchestration.rule_diff.changes import changes
from orchestration.rule_diff.compare import Comparison
from orchestration.rule_diff.diff import Diff
from orchestration.rule_diff.draft import with_drafts
from orchestration.rule_diff.page import page, top_movers, write
from orchestration.rule_diff.ranking import Range, Ranking, periods_between, rankings
from orchestration.workspace import Bilingual, Company
from rulebook import compile_rules, load, version
from rulebook.book import files
from salesops.errors import UserError

RULES = """
- id: basis-2023
  effective: {from: 2023-01-01}
  approved: {by: E1, on: 2022-12-01}
  basis: invoiced_amount
- id: basis-2025
  status: draft
  effective: {from: 2025-01-01, to: 2025-06-30}
  basis: booked_amount
"""
AGEING = """
- id: collection
  effective: {from: 2023-01-01}
  approved: {by: E1, on: 2022-12-01}
  ageing: {edges: [0, 30], provision: [0%, 1%, 50%]}
"""
PERIOD = "'month' as period_type, date '2025-0{0}-01' as period_start, '2025-0{0}' as period_label"
ACME = Company(name=Bilingual(zh="启明", en="Qiming"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "sales_basis.yml").write_text(RULES, encoding="utf-8")
    (rules / "collection.yml").write_text(AGEING, encoding="utf-8")
    return rules


@pytest.fixture
def base(tmp_path: Path, folder: Path) -> Base:
    """A publication of three customers in two months, and the same marts in a warehouse with its rulebook."""
    base = Base("20250630-x", date(2025, 6, 30), tmp_path / "published.duckdb", tmp_path / "copy" / "build.duckdb")
    base.folder.mkdir()
    for file in (base.marts, base.warehouse):
        with duckdb.connect(str(file)) as connection:
            _fill(connection)
    compile_rules(folder, tmp_path / "compiled")
    with duckdb.connect(str(base.warehouse)) as connection:
        connection.execute("create schema rulebook")
        for parquet in (tmp_path / "compiled").glob("*.parquet"):
            connection.execute(f"create table rulebook.{parquet.stem} as from '{parquet}'")
    return base


def _fill(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create schema marts")
    rows = [("C1", 1, "1-30", 100, 1), ("C1", 1, ">30", 20, 10), ("C2", 1, "1-30", 400, 4), ("C1", 2, "1-30", 50, 1),
            ("C2", 2, "1-30", 700, 7), ("C3", 2, ">30", 2, 1)]  # fmt: skip
    selects = " union all ".join(
        f"select '{c}' as customer_id, {PERIOD.format(m)}, last_day(period_start) as as_of_date, '{b}' as bucket,"
        f" {a}::decimal(18, 2) as amount, {p}::decimal(18, 2) as provision_amount, 7 as _line"
        for c, m, b, a, p in rows
    )
    connection.execute(f"create table marts.mart_ageing as {selects}")
    connection.execute(
        "create table marts.dim_period as select 'month' as period_type, '2025-0' || n as period_label,"
        " make_date(2025, n::int, 1) as period_start, last_day(period_start) as period_end from range(1, 4) as r(n)"
    )
    for kind in ("org_unit", "employee", "customer"):
        columns = f"'C' || n as {kind}_id, '客户' || n as name, 'Customer ' || n as name_en"
        connection.execute(f"create table marts.dim_{kind} as select {columns} from range(1, 4) as r(n)")


KEYS = {"mart_ageing": Key(("customer_id", "as_of_date", "bucket"), True)}


def double_provision(base: Base) -> None:
    with duckdb.connect(str(base.warehouse)) as connection:
        connection.execute("update marts.mart_ageing set provision_amount = provision_amount * 2 where bucket = '1-30'")


def ranked(base: Base, wanted: Range | None = None) -> list[Ranking]:
    with Comparison(base, ["mart_ageing", "int_ageing"], KEYS) as comparison:
        comparison.compare()
        return rankings(comparison, wanted or Range())


def test_a_draft_takes_its_days_from_the_rule_in_force_and_gives_the_rest_back(folder: Path) -> None:
    book = with_drafts(load(folder), ("basis-2025",))
    spans = [(rule.id, rule.effective.from_, rule.effective.to) for rule in book.chapters["sales_basis"]]
    assert spans == [
        ("basis-2023", date(2023, 1, 1), date(2024, 12, 31)),
        ("basis-2025", date(2025, 1, 1), date(2025, 6, 30)),
        ("basis-2023", date(2025, 7, 1), None),
    ]
    assert {rule.status for rule in book.chapters["sales_basis"]} == {"approved"}
    assert book.chapters["collection"] == load(folder).chapters["collection"]


def test_only_a_draft_can_be_tried(folder: Path) -> None:
    with pytest.raises(UserError, match="no draft `basis-2023`") as raised:
        with_drafts(load(folder), ("basis-2023",))
    assert "basis-2025" in raised.value.mend


def test_a_changed_rate_is_told_by_its_band_from_and_to(folder: Path) -> None:
    before = load(folder)
    path = folder / "collection.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("1%, 50%", "2%, 50%"), encoding="utf-8")
    [change] = changes(before, load(folder), "en")
    assert (change.rule_id, change.kind) == ("collection", "changed")
    assert [(key.key, key.before, key.after) for key in change.keys] == [
        ("Ageing and provision · 1–30 days · Provision", "1%", "2%")
    ]


def test_new_and_removed_rules_are_told(folder: Path) -> None:
    before = load(folder)
    (folder / "collection.yml").write_text(AGEING.replace("id: collection", "id: other"), encoding="utf-8")
    found = {change.rule_id: change.kind for change in changes(before, load(folder), "zh")}
    assert found == {"collection": "gone", "other": "new"}


def test_only_tables_whose_content_changed_are_named(base: Base, folder: Path) -> None:
    def changed() -> list[str]:
        return replace_rules(base, load(folder), files(folder), version(folder))

    path = folder / "collection.yml"
    path.write_text("# a remark\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert changed() == []
    path.write_text(path.read_text(encoding="utf-8").replace("1%, 50%", "2%, 50%"), encoding="utf-8")
    assert changed() == ["ageing_buckets"]
    assert changed() == []


def test_each_period_and_each_customer_is_compared_with_all_its_rows(base: Base) -> None:
    double_provision(base)
    [ranking] = ranked(base)
    assert (ranking.measure, ranking.subject) == ("provision_amount", "customer_id")
    assert [(one.id, one.before, one.after) for one in ranking.periods] == [("2025-01", 15, 20), ("2025-02", 9, 17)]
    assert [(one.id, one.before, one.after, one.change) for one in ranking.movers] == [
        ("C2", 7, 14, 7),
        ("C1", 1, 2, 1),
    ]


def test_periods_bound_what_is_ranked(base: Base) -> None:
    double_provision(base)
    with Comparison(base, ["mart_ageing"], KEYS) as comparison:
        wanted = periods_between(comparison, "2025-01", "2025-01")
        with pytest.raises(UserError, match="`2031-01` is not a period"):
            periods_between(comparison, "2031-01", None)
    [ranking] = ranked(base, wanted)
    assert [one.id for one in ranking.periods] == ["2025-01"]
    assert [(one.id, one.before, one.after) for one in ranking.movers] == [("C2", 4, 8), ("C1", 11, 12)]


def test_equal_marts_have_no_differences(base: Base) -> None:
    assert ranked(base) == []


def test_a_row_that_only_one_side_has_counts_from_nothing(base: Base) -> None:
    with duckdb.connect(str(base.warehouse)) as connection:
        connection.execute("delete from marts.mart_ageing where customer_id = 'C3'")
    found = {ranking.measure: ranking for ranking in ranked(base)}
    assert [(one.id, one.before, one.after) for one in found["provision_amount"].movers] == [("C3", 1, None)]
    assert found["provision_amount"].period.change == -1


def test_ten_and_the_others_add_up_to_the_company(base: Base) -> None:
    with duckdb.connect(str(base.warehouse)) as after, duckdb.connect(str(base.marts)) as before:
        for connection, rate in ((before, 1), (after, 3)):
            connection.execute(
                f"insert into marts.mart_ageing select 'D' || n, {PERIOD.format(3)}, date '2025-03-31', '1-30', 1, n * {rate}, 1"
                " from range(1, 26) as r(n)"
            )
    [ranking] = ranked(base)
    shown, others = top_movers(ranking)
    assert [one.id for one in shown] == [f"D{n}" for n in range(25, 15, -1)]
    assert others is not None
    assert others.id == "15"
    total = sum((one.change for one in shown), Decimal(0)) + others.change
    assert total == ranking.period.change == 2 * sum(range(1, 26))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_says_the_change_and_is_the_same_twice(
    base: Base, folder: Path, tmp_path: Path, language: str
) -> None:
    double_provision(base)
    names = {f"C{n}": f"Customer {n}" for n in (1, 2, 3)}
    found = Diff("20250630-x", base.as_of, [], ["ageing_buckets"], [], ranked(base), 5, ["provision_amount"], names)
    found.differences = duckdb.sql(
        "select 'm' a, 'x' b, 'p' c, 'u' d, 'e' e, 'c' f, null::varchar g, 1::double h, 2::double i, 1::double j"
    ).to_arrow_table()
    for suffix in ("html", "pdf", "xlsx"):
        twice = []
        for number in (1, 2):
            write(found, ACME, language, tmp_path / f"{number}.{suffix}")
            twice.append((tmp_path / f"{number}.{suffix}").read_bytes())
        assert twice[0] == twice[1]
    html = (tmp_path / "1.html").read_text(encoding="utf-8")
    assert "Customer\N{NO-BREAK SPACE}2" in html
    assert ("坏账准备" if language == "zh" else "Provision for receivables") in html


def test_a_change_without_effect_is_said_so(folder: Path, base: Base) -> None:
    before = load(folder)
    (folder / "sales_basis.yml").write_text(RULES.replace("by: E1", "by: E2"), encoding="utf-8")
    found = Diff("20250630-x", base.as_of, changes(before, load(folder), "en"))
    assert page(found, ACME, "en").lead == ("Rules changed, but nothing would have changed in any published figure.",)


def test_a_draft_is_told_beside_the_rule_whose_place_it_takes(folder: Path) -> None:
    found = changes(load(folder), with_drafts(load(folder), ("basis-2025",)), "en")
    [new] = [change for change in found if change.rule_id == "basis-2025"]
    assert (new.kind, new.instead_of) == ("new", "basis-2023")
    assert ("Measure of sales", "net billings (without tax)", "bookings (without tax)") in [
        (key.key, key.before, key.after) for key in new.keys
    ]
