import hashlib
import os
from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.ingest import discover, settle_batch
from orchestration.ingest.load import connect
from orchestration.ingest.original import original_path
from orchestration.ingest.run import Discovery

HEAD = "编码,名称,账期,建档日期\n"
DATED = 'read: {date_pattern: "(\\\\d{8})"}'


def export(*rows: str) -> str:
    return HEAD + "".join(f"{row}\n" for row in rows)


@pytest.mark.quirk("Q27")
def test_the_same_content_loads_once_whatever_its_name(office):
    office.customers()
    office.drop("customers.csv", export("C1,甲,30,2024-01-05"))
    office.drop("customers (1).csv", export("C1,甲,30,2024-01-05"))
    assert len(office.load().accounts) == 1
    assert office.load().anything_new is False
    assert discover(office.workspace) == Discovery(anything_new=False, unmatched=[], refused=[])


def test_a_file_that_only_gets_a_new_time_is_nothing_new(office):
    office.customers()
    path = office.drop("customers.csv", export("C1,甲,30,2024-01-05"))
    office.load()
    os.utime(path, (1, 1))
    assert discover(office.workspace).anything_new is False


def test_a_new_file_and_an_overwritten_file_are_new(office):
    office.customers()
    office.drop("customers.csv", export("C1,甲,30,2024-01-05"))
    office.load()
    office.drop("customers.csv", export("C1,乙,30,2024-01-05"))
    assert discover(office.workspace).anything_new is True
    office.load()
    assert office.rows("customers", "name, _file, _sequence") == [("甲", 1, 1), ("乙", 2, 2)]


def test_a_changed_mapping_supersedes_the_old_batch_even_when_the_file_is_gone(office):
    office.customers()
    path = office.drop("customers.csv", export("C1,甲,30,2024-01-05", "C2,乙,x,2024-01-05"))
    office.load()
    path.unlink()
    office.mapping(
        "customers",
        "files: customers*.csv\nload: upsert\ntables: {customers: {columns: {customer_id: 编码, name: 账期}}}",
    )
    assert len(office.load().new_batches) == 1
    assert office.rows("customers", "customer_id, name") == [("C1", "30"), ("C2", "x")]
    assert office.quarantined("customers") == []
    office.customers()
    office.load()
    assert office.rows("customers", "customer_id, name") == [("C1", "甲")]
    assert len(office.quarantined("customers")) == 1


def test_a_mapping_that_is_taken_away_takes_its_rows_away(office):
    office.customers()
    office.drop("customers.csv", export("C1,甲,30,2024-01-05"))
    office.load()
    (office.workspace.sources / "customers.yml").unlink()
    assert office.load().superseded and office.live("customers") == []


def test_originals_are_kept_whole(office):
    office.customers()
    content = export("C1,甲,30,2024-01-05").encode()
    office.drop("customers.csv", content)
    office.load()
    import pyarrow as pa

    kept = original_path(office.workspace.lake, hashlib.sha256(content).hexdigest())
    with pa.CompressedInputStream(str(kept), "zstd") as stream:
        assert stream.read() == content


def test_a_held_file_is_not_read_again_until_it_is_replaced(office):
    office.customers()
    path = office.drop("customers.csv", "编码\n1\n")
    assert len(office.load().held) == 1
    result = office.load()
    assert (result.anything_new, len(result.held)) == (False, 1)
    path.write_text(export("C1,甲,30,2024-01-05"), encoding="utf-8")
    assert office.load().held == []


def test_a_held_file_of_a_required_source_stops_the_run_after_everything_else_is_loaded(office):
    office.customers(more="required: true")
    office.mapping(
        "competitors", "files: k.csv\nload: full\ntables: {competitors: {columns: {competitor_id: id, name: name}}}"
    )
    office.drop("customers.csv", "编码\n1\n")
    office.drop("k.csv", "id,name\nK1,对手\n")
    with pytest.raises(Exception, match="the source `customers` is required") as stopped:
        office.load()
    assert stopped.value.exit_code == 1
    assert office.rows("competitors", "name") == [("对手",)]


def test_links_are_refused_and_strangers_are_listed(office, tmp_path):
    office.customers()
    (tmp_path / "secret.csv").write_text(export("C1,甲,30,2024-01-05"), encoding="utf-8")
    (office.workspace.landing / "customers.csv").symlink_to(tmp_path / "secret.csv")
    office.drop("readme.txt", "hello")
    result = office.load()
    assert (result.refused, result.unmatched, result.accounts) == (["customers.csv"], ["readme.txt"], [])


def test_known_at_leaves_later_exports_out(office):
    office.customers(more=DATED)
    office.drop("customers_20240101.csv", export("C1,甲,30,2024-01-05"))
    office.drop("customers_20240201.csv", export("C2,乙,30,2024-01-05"))
    office.load(known_at=date(2024, 1, 31))
    assert office.rows("customers", "customer_id, _extracted_on") == [("C1", date(2024, 1, 1))]
    office.load()
    office.load(known_at=date(2024, 1, 31))
    assert len(office.live("customers")) == 2


def test_meta_tables_account_for_every_row(office):
    office.customers(more="read: {skip_rows_where: {编码: 合计}}")
    office.drop("customers.csv", export("C1,甲,30,2024-01-05", "C2,乙,x,2024-01-05", "合计,,,"))
    office.load()
    meta = office.workspace.lake / "meta"
    query = "select file_name, rows_read, rows_loaded, rows_quarantined, rows_skipped, state from read_parquet(?)"
    assert duckdb.execute(query, [str(meta / "accounting.parquet")]).fetchall() == [
        ("customers.csv", 3, 1, 1, 1, "live")
    ]
    skips = duckdb.execute("select rule, rows from read_parquet(?)", [str(meta / "skips.parquet")]).fetchall()
    assert skips == [("skip_rows_where 编码", 1)]


def full(office, *days: tuple[str, tuple[str, ...]], more: str = "") -> None:
    office.customers("full", f"{DATED}\n{more}")
    for day, rows in days:
        office.drop(f"customers_{day}.csv", export(*rows))


A, B, C, D = (f"C{n},{name},30,2024-01-05" for n, name in enumerate("甲乙丙丁", 1))
A2 = "C1,甲改,30,2024-01-05"


@pytest.mark.quirk("Q23")
def test_a_dump_writes_only_what_changed_and_absence_means_deleted(office):
    full(office, ("20240101", (A, B, C)), ("20240102", (A2, B, D)))
    counted = [one.account.rows_loaded for one in office.load().accounts]
    assert counted == [3, 3]
    second = duckdb.execute(
        "select customer_id, _op, name from read_parquet(?) order by 1", [str(office.live("customers")[1])]
    )
    assert second.fetchall() == [("C1", "upsert", "甲改"), ("C3", "delete", "丙"), ("C4", "upsert", "丁")]


def test_a_dump_that_comes_back_after_a_deletion_brings_the_row_back(office):
    full(office, ("20240101", (A, B)), ("20240102", (B,)), ("20240103", (A, B)))
    office.load()
    assert office.current("customers", "customer_id", "name") == [("乙",), ("甲",)]


def test_a_quarantined_row_does_not_count_as_deleted(office):
    full(office, ("20240101", (A, B)), ("20240102", ("C1,甲,x,2024-01-05", B)))
    office.load()
    assert office.current("customers", "customer_id", "name") == [("乙",), ("甲",)]


@pytest.mark.quirk("Q28")
def test_a_dump_that_shrank_is_held_and_the_next_one_is_compared_with_the_one_before(office):
    full(office, ("20240101", (A, B, C, D)), ("20240102", (A,)), ("20240103", (A2, B, C, D)), more="min_share: 0.8")
    (held,) = office.load().held
    assert "has 1 rows, the one before had 4" in held.reason
    assert office.current("customers", "customer_id", "name") == [("丁",), ("丙",), ("乙",), ("甲改",)]


def test_dumps_that_arrive_late_give_the_same_table_as_in_order(office):
    full(office, ("20240101", (A, B)), ("20240103", (A2, C)))
    office.load()
    full(office, ("20240102", (A, B, D)))
    office.load()
    assert office.current("customers", "customer_id", "name") == [("丙",), ("甲改",)]


def test_holding_a_dump_asks_for_the_later_ones_to_be_compared_anew(office):
    full(office, ("20240101", (A, B)), ("20240102", (A2, B)), ("20240103", (A2, B, C)))
    first, second, third = office.load().new_batches
    assert settle_batch(office.workspace, second, "a check said so") is True
    office.load()
    assert office.current("customers", "customer_id", "name") == [("丙",), ("乙",), ("甲改",)]
    assert third not in {path.parent.name.removeprefix("batch=") for path in office.live("customers")}
    assert settle_batch(office.workspace, first, "too") is True


def test_a_batch_that_a_check_has_held_stays_held_when_its_mapping_comes_back(office):
    office.customers()
    office.drop("customers.csv", export(A))
    (batch_id,) = office.load().new_batches
    assert settle_batch(office.workspace, batch_id, "a check said so") is False
    office.customers(more="null_values: [nothing]")
    assert len(office.load().new_batches) == 1
    office.customers()
    (held,) = office.load().held
    assert held.reason == "a check said so"
    assert office.live("customers") == []


def test_a_dump_of_one_region_never_deletes_the_rows_of_another(office):
    office.mapping(
        "territories",
        'files: t*.csv\nload: full\nread: {date_pattern: "(\\\\d{8})"}\nmin_share: 0\n'
        "replaces: {rows_with_same: [parent_territory_id]}\ntables: {territories: {columns: {territory_id: id, "
        "parent_territory_id: region, name: name}}}\n",
    )
    office.drop("t_east_20240101.csv", "id,region,name\nE1,E,a\nE2,E,b\n")
    office.drop("t_west_20240101.csv", "id,region,name\nW1,W,c\n")
    office.drop("t_east_20240201.csv", "id,region,name\nE2,E,b\nE3,E,d\n")
    office.load()
    assert office.current("territories", "territory_id", "territory_id") == [("E2",), ("E3",), ("W1",)]


def test_of_two_rows_with_one_key_both_reach_the_lake(office):
    full(office, ("20240101", (A, A2)), ("20240102", (A2,)))
    office.load()
    assert office.rows("customers", "name, _op") == [("甲", "upsert"), ("甲改", "upsert")]


def snapshot(root: Path) -> dict[str, str]:
    files = [path for folder in ("lake", "quarantine") for path in sorted((root / folder).rglob("*")) if path.is_file()]
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


class Killed(BaseException):
    """Stands for a process that dies: no `except Exception` may catch it."""


POINTS = ["after_original", "before_ledger", "after_ledger", "done"]  # within the reader: tests/e2e/test_kills.py


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("time", [1, 2])
def test_a_killed_ingest_run_again_gives_the_same_lake_byte_for_byte(office, tmp_path, point, time):
    def mapped_and_dropped():
        full(office, ("20240101", (A, B, "C9,坏,x,2024-01-05")), ("20240102", (A2, B, D)))

    mapped_and_dropped()
    office.load()
    undisturbed = snapshot(tmp_path)
    for folder in ("lake", "quarantine", "state"):
        os.rename(tmp_path / folder, tmp_path / f"old-{folder}")
    passed = []

    def die(name: str) -> None:
        passed.append(name)
        if passed.count(f"ingest.{point}") == (1 if point == "done" else time):
            raise Killed

    with pytest.raises(Killed):
        office.load(checkpoint=die)
    office.load()
    assert snapshot(tmp_path) == undisturbed


def test_an_ingest_of_one_source_looks_at_no_other_and_loses_nothing(office):
    office.customers()
    office.mapping(
        "products", "files: p*.csv\nload: upsert\ntables: {products: {columns: {product_id: id, name: name}}}\n"
    )
    office.drop("customers.csv", "编码,名称\nC1,一\n")
    office.drop("p1.csv", "id,name\nP1,bolt\n")
    office.load()
    office.drop("customers_2.csv", "编码,名称\nC2,二\n")
    office.drop("p2.csv", "id,name\nP2,nut\n")
    (office.workspace.landing / "p1.csv").unlink()
    assert [one.file_name for one in office.load(only={"customers"}).accounts] == ["customers_2.csv"]
    assert office.rows("products", "product_id") == [("P1",)]
    assert [one.file_name for one in office.load().accounts] == ["p2.csv"]
    assert office.rows("products", "product_id") == [("P1",), ("P2",)]
    assert office.load().accounts == []


def test_what_does_not_fit_into_memory_spills_into_the_workspace(office, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (office.workspace.lake / ".scratch-1").mkdir(parents=True)
    with connect(office.workspace.lake / ".scratch-1") as con:
        con.execute("set memory_limit = '30MB'")
        con.execute("create table big as select md5(range::varchar) || md5((-range)::varchar) as t from range(1000000)")
        spilled = con.execute(
            "select sum(size) from duckdb_temporary_files() where path like $1", [f"{office.workspace.lake}%"]
        )
        assert spilled.fetchone()[0] > 0
    assert not (tmp_path / ".tmp").exists()
