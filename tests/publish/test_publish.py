"""Publications: whole or absent, named by what they hold, and never half visible."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.publish import publish as publishing
from orchestration.publish.publish import content_id, current, publish
from orchestration.publish.snapshot import Key, Publication
from salesops.errors import UserError

AS_OF = date(2025, 3, 31)
MART = "mart_performance_by_org_unit"


def build(path: Path, amount: str = "10.00") -> Path:
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema staging; create table staging.stg_orders as select 1 as order_id")
        connection.execute("create schema marts")
        connection.execute(
            f"""create table marts.mart_performance_by_org_unit as
            select 'company' as org_unit_id, false as is_leaf, 'month' as period_type,
              {amount}::decimal(18,2) as sales_amount
            union all select 'north', true, 'month', {amount} union all select 'north', true, 'year', {amount}"""
        )
        connection.execute("create table marts.fct_empty (id varchar, amount decimal(18,2))")
    return path


def row(as_of: date = AS_OF, known_at: date | None = None) -> Publication:
    return Publication("", as_of, known_at, datetime(2025, 4, 1, tzinfo=UTC), "rules", "code", "{}")


def run(workspace: Path, warehouse: Path, *, as_of: date = AS_OF, make_current: bool = True, at=lambda name: None):
    return publish(
        warehouse,
        workspace / "published",
        row(as_of),
        descriptions={"mart_performance_by_org_unit": {"sales_amount": "Sales. It's without tax; 不含税"}},
        keys={"fct_empty": Key(("id",), True)},
        make_current=make_current,
        checkpoint=at,
    )


def read(workspace: Path, sql: str) -> list[tuple]:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{workspace / current(workspace / 'published')['duckdb']}' as p (read_only)")
        return connection.execute(sql).fetchall()


def test_pointer_names_duckdb_file_and_parquet_folder_relative_to_the_workspace(tmp_path: Path) -> None:
    done = run(tmp_path, build(tmp_path / "build.duckdb"))
    pointer = json.loads((tmp_path / "published/current.json").read_text())
    assert pointer == {
        "snapshot": done.snapshot_id,
        "duckdb": f"published/{done.snapshot_id}/marts.duckdb",
        "parquet": f"published/{done.snapshot_id}/parquet",
        "as_of": "2025-03-31",
    }
    assert (tmp_path / pointer["parquet"] / "mart_performance_by_org_unit.parquet").is_file()


def test_only_marts_are_published_and_an_empty_mart_has_no_row(tmp_path: Path) -> None:
    run(tmp_path, build(tmp_path / "build.duckdb"))
    assert read(tmp_path, "select distinct schema_name from duckdb_tables() where database_name = 'p'") == [("marts",)]
    parquet = tmp_path / current(tmp_path / "published")["parquet"] / "fct_empty.parquet"
    assert duckdb.sql(f"select count(*) from '{parquet}'").fetchone() == (0,)


def test_a_view_of_one_grain_holds_only_that_grain(tmp_path: Path) -> None:
    run(tmp_path, build(tmp_path / "build.duckdb"))
    assert read(tmp_path, f"select org_unit_id from p.marts.{MART}_month order by 1") == [("company",), ("north",)]
    assert read(tmp_path, "select org_unit_id from p.marts.mart_performance_by_org_unit_month_leaf") == [("north",)]
    assert read(tmp_path, "select count(*) from p.marts.mart_performance_by_org_unit_half") == [(0,)]


def test_columns_carry_their_descriptions(tmp_path: Path) -> None:
    run(tmp_path, build(tmp_path / "build.duckdb"))
    sql = f"select comment from duckdb_columns() where table_name = '{MART}' and column_name = 'sales_amount'"
    assert read(tmp_path, sql) == [("Sales. It's without tax; 不含税",)]


def test_publication_row_says_what_was_built(tmp_path: Path) -> None:
    done = run(tmp_path, build(tmp_path / "build.duckdb"))
    assert read(tmp_path, "select snapshot_id, as_of, known_at, rulebook_version from p.marts.publication") == [
        (done.snapshot_id, AS_OF, None, "rules")
    ]


def test_equal_marts_keep_their_publication(tmp_path: Path) -> None:
    first = run(tmp_path, build(tmp_path / "build.duckdb"))
    before = (tmp_path / "published/current.json").stat().st_mtime_ns
    again = run(tmp_path, build(tmp_path / "build.duckdb"))
    assert (again.snapshot_id, again.is_new) == (first.snapshot_id, False)
    assert (tmp_path / "published/current.json").stat().st_mtime_ns == before


def test_a_changed_mart_or_another_day_is_another_publication(tmp_path: Path) -> None:
    first = run(tmp_path, build(tmp_path / "build.duckdb"))
    changed = run(tmp_path, build(tmp_path / "build.duckdb", "10.01"))
    later = run(tmp_path, tmp_path / "build.duckdb", as_of=date(2025, 4, 1))
    assert len({first.snapshot_id, changed.snapshot_id, later.snapshot_id}) == 3
    assert current(tmp_path / "published")["snapshot"] == later.snapshot_id


def test_an_unchanged_mart_shares_its_parquet_file_with_the_publication_before(tmp_path: Path) -> None:
    run(tmp_path, build(tmp_path / "build.duckdb"))
    before = tmp_path / current(tmp_path / "published")["parquet"]
    run(tmp_path, build(tmp_path / "build.duckdb", "10.01"))
    after = tmp_path / current(tmp_path / "published")["parquet"]
    assert (after / "fct_empty.parquet").samefile(before / "fct_empty.parquet")
    changed = "mart_performance_by_org_unit.parquet"
    assert not (after / changed).samefile(before / changed)


def test_a_past_state_of_knowledge_never_becomes_current(tmp_path: Path) -> None:
    first = run(tmp_path, build(tmp_path / "build.duckdb"))
    other = run(tmp_path, build(tmp_path / "build.duckdb", "9.00"), make_current=False)
    assert other.is_new
    assert current(tmp_path / "published")["snapshot"] == first.snapshot_id


def test_the_last_seven_publications_are_kept(tmp_path: Path) -> None:
    names = [run(tmp_path, build(tmp_path / "build.duckdb", f"{day}.00")).snapshot_id for day in range(9)]
    assert {path.name for path in (tmp_path / "published").iterdir() if path.is_dir()} == set(names[-7:])


def test_a_copy_that_differs_from_the_build_is_never_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run(tmp_path, build(tmp_path / "build.duckdb"))

    def lose_rows(connection, target, marts, *rest) -> None:
        original(connection, target, marts, *rest)
        with duckdb.connect(str(target)) as written:
            written.execute("delete from marts.marts.mart_performance_by_org_unit where period_type = 'year'")

    original = publishing.write_snapshot
    monkeypatch.setattr(publishing, "write_snapshot", lose_rows)
    with pytest.raises(UserError, match="nothing was published"):
        run(tmp_path, build(tmp_path / "build.duckdb", "11.00"))
    assert current(tmp_path / "published")["snapshot"] == first.snapshot_id


class Killed(BaseException):
    pass


POINTS = ["snapshot_written", "parquet_written", "before_rename", "renamed", "before_pointer", "pointed"]


@pytest.mark.parametrize("point", POINTS)
def test_dying_while_publishing_leaves_a_whole_publication_that_the_next_run_replaces(
    tmp_path: Path, point: str
) -> None:
    run(tmp_path, build(tmp_path / "build.duckdb"))

    def die(name: str) -> None:
        if name == f"publish.{point}":
            raise Killed

    with pytest.raises(Killed):
        run(tmp_path, build(tmp_path / "build.duckdb", "12.00"), at=die)
    whole = "select count(*) from p.marts.mart_performance_by_org_unit"
    assert read(tmp_path, whole) == [(3,)]
    run(tmp_path, tmp_path / "build.duckdb")
    assert read(tmp_path, f"select distinct sales_amount::varchar from p.marts.{MART}") == [("12.00",)]
    assert not list((tmp_path / "published").glob("*.tmp"))


def test_a_source_that_turns_late_makes_another_publication_and_one_in_time_does_not() -> None:
    stated = [{}, {"orders": {"due": "2025-03-31T02:00", "late": False}}, {"orders": {"late": True}}]
    ids = [content_id(replace(row(AS_OF), sources=json.dumps(sources)), []) for sources in stated]
    assert (ids[0] == ids[1], ids[1] == ids[2]) == (True, False)
