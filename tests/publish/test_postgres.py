"""PostgreSQL holds what the files hold, to the cent; readers see the old whole or the new whole, never a mixture."""

import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from threading import Thread

import duckdb
import pytest
from adbc_driver_postgresql import dbapi

from orchestration.checkpoints import EXIT_CODE
from orchestration.publish.pointer import current
from orchestration.publish.postgres.follow import Followed, follow
from orchestration.publish.publish import publish
from orchestration.publish.snapshot import Key, Publication
from salesops.errors import UserError
from tests.postgres import Postgres

MART = "mart_performance_by_org_unit"
ROWS = f"select org_unit_id, period_type, sales_amount::text from marts.{MART} order by 1, 2"
BUILD = {
    MART: """select * from (values
        ('company', false, 'month', 30.00), ('north', true, 'month', 10.00), ('south', true, 'month', 20.00),
        ('north', true, 'year', 10.00)) t(org_unit_id, is_leaf, period_type, sales_amount)""",
    "mart_collection_by_customer": "select * from (values ('c1', 1), (null, 2)) t(customer_id, invoice_count)",
    "fct_kinds": """select 1::bigint as id, 2::integer as small, true as is_open, date '9999-12-31' as ends_on,
          timestamp '2025-03-31 23:59:59.123456' as read_at, '中文 ''quoted'' — 𠮷' as text,
          (-1234567890123456.78)::decimal(18,2) as amount, 0.000001::decimal(18,6) as win_rate,
          170141183460469231731687303715884::hugeint as huge, ['a', 'b'] as listed
        union all select 2, null, null, null, null, null, null, null, null, null
        union all select 3, 0, false, date '1899-12-31', timestamp '1970-01-01', '', 0, 100, 0, []""",
}
MONEY = {MART: "sales_amount"}
KEYS = {
    MART: Key(("org_unit_id", "period_type"), True),
    "mart_collection_by_customer": Key(("customer_id",), False),
    "fct_kinds": Key(("id",), True),
}
TEXTS = {MART: {"": "One row per unit and period.", "sales_amount": "Sales. It's without tax; 不含税"}}


def publish_files(tmp: Path, keys: dict[str, Key] = KEYS, **changed: str | None) -> str:
    """Publishes the marts, some of them as `changed` says (None: no more), as files; the publication's id."""
    warehouse = tmp / "build.duckdb"
    warehouse.unlink(missing_ok=True)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema marts; create schema custom")
        for name, select in (BUILD | changed).items():
            if select:
                connection.execute(f"create table {name if '.' in name else f'marts.{name}'} as {select}")
        for name, column in MONEY.items():
            connection.execute(f"alter table marts.{name} alter {column} type decimal(18, 2)")
    row = Publication("", date(2025, 3, 31), None, datetime(2025, 4, 1, tzinfo=UTC), "rules", "code", "{}")
    done = publish(
        warehouse,
        tmp / "published",
        row,
        descriptions=TEXTS,
        keys=keys,
        make_current=True,
        checkpoint=lambda name: None,
    )
    return done.snapshot_id


def fill(tmp: Path, database: Postgres, user: str = "postgres", at=lambda name: None) -> Followed:
    return follow(tmp / "published", database.url(user), "publish.postgres", at)


@pytest.fixture
def filled(tmp_path: Path, database: Postgres) -> Postgres:
    """A database that holds the first publication."""
    publish_files(tmp_path)
    fill(tmp_path, database)
    return database


def test_every_mart_has_the_rows_and_sums_of_the_published_file(tmp_path: Path, filled: Postgres) -> None:
    file = tmp_path / current(tmp_path / "published")["duckdb"]
    with duckdb.connect() as connection:
        connection.execute(f"attach '{file}' as p (read_only)")
        for name, sums in ((MART, "sum(sales_amount)"), ("fct_kinds", "sum(amount)"), ("fct_kinds", "sum(win_rate)")):
            mine = connection.execute(f"select count(*), ({sums})::varchar from p.marts.{name}").fetchall()
            assert filled.rows(f"select count(*), ({sums})::text from marts.{name}") == mine


def test_values_arrive_exactly(filled: Postgres) -> None:
    first, nothing, zero = filled.rows(
        "select small, is_open, ends_on, read_at, text, amount::text, win_rate::text, huge::text from marts.fct_kinds"
        " order by id"
    )
    read_at = datetime(2025, 3, 31, 23, 59, 59, 123456)
    huge = "170141183460469231731687303715884"
    assert first == (
        2,
        True,
        date(9999, 12, 31),
        read_at,
        "中文 'quoted' — 𠮷",
        "-1234567890123456.78",
        "0.000001",
        huge,
    )
    assert nothing == (None,) * 8
    assert zero == (0, False, date(1899, 12, 31), datetime(1970, 1, 1), "", "0.00", "100.000000", "0")


def test_columns_keep_their_type_with_its_precision(filled: Postgres) -> None:
    types = filled.rows(
        "select attname::text, format_type(atttypid, atttypmod) from pg_attribute"
        " where attrelid = 'marts.fct_kinds'::regclass and attnum > 0 order by attnum"
    )
    assert dict(types) == {
        "id": "bigint",
        "small": "integer",
        "is_open": "boolean",
        "ends_on": "date",
        "read_at": "timestamp without time zone",
        "text": "text",
        "amount": "numeric(18,2)",
        "win_rate": "numeric(18,6)",
        "huge": "numeric(38,0)",
        "listed": "text",
    }


def test_keys_hold_also_where_a_part_may_be_null(filled: Postgres) -> None:
    keys = filled.rows(
        "select conrelid::regclass::text, pg_get_constraintdef(oid) from pg_constraint"
        " where contype in ('p', 'u') and connamespace = 'marts'::regnamespace"
    )
    assert dict(keys) == {
        "marts.fct_kinds": "PRIMARY KEY (id)",
        f"marts.{MART}": "PRIMARY KEY (org_unit_id, period_type)",
        "marts.mart_collection_by_customer": "UNIQUE NULLS NOT DISTINCT (customer_id)",
        "marts.publication_marts": "PRIMARY KEY (mart)",
    }
    with pytest.raises(dbapi.Error, match="duplicate key"):
        filled.do("insert into marts.mart_collection_by_customer values (null, 3)")


def test_tables_and_columns_carry_their_descriptions(filled: Postgres) -> None:
    table = f"'marts.{MART}'::regclass"
    assert filled.rows(f"select obj_description({table}, 'pg_class'), col_description({table}, 4)") == [
        ("One row per unit and period.", "Sales. It's without tax; 不含税")
    ]


def test_a_view_of_one_grain_holds_only_that_grain(filled: Postgres) -> None:
    assert filled.rows(f"select sum(sales_amount)::text from marts.{MART}_month_leaf") == [("30.00",)]
    assert filled.rows(f"select count(*) from marts.{MART}_month") == [(3,)]
    assert filled.rows(f"select count(*) from marts.{MART}_week") == [(0,)]


def test_the_publication_row_names_the_publication(tmp_path: Path, filled: Postgres) -> None:
    named = filled.rows("select snapshot_id, as_of, rulebook_version from marts.publication")
    assert named == [(current(tmp_path / "published")["snapshot"], date(2025, 3, 31), "rules")]


def test_a_member_of_the_reader_role_reads_everything_and_writes_nothing(filled: Postgres) -> None:
    filled.do("create role ann login in role salesops_reader")
    try:
        assert filled.rows(f"select count(*) from marts.{MART}_year", user="ann") == [(1,)]
        assert filled.rows("select count(*) from marts.publication_marts", user="ann") == [(4,)]
        for forbidden in (
            f"delete from marts.{MART}",
            f"update marts.{MART}_month set sales_amount = 0",
            "insert into marts.publication default values",
            "create table marts.mine (id int)",
            f"drop table marts.{MART}",
        ):
            with pytest.raises(dbapi.Error, match=r"permission denied|must be owner"):
                filled.do(forbidden, user="ann")
    finally:
        filled.do("drop role ann")


def test_who_is_no_reader_sees_nothing(filled: Postgres) -> None:
    filled.do("create role bob login")
    with pytest.raises(dbapi.Error, match="permission denied"):
        filled.rows(f"select * from marts.{MART}", user="bob")
    filled.do("drop role bob")


def test_a_user_who_may_not_make_roles_publishes_and_is_told_so(tmp_path: Path, database: Postgres) -> None:
    database.do("create role publisher login", f"grant create on database {database.database} to publisher")
    publish_files(tmp_path)
    assert fill(tmp_path, database, "publisher").has_reader is False
    database.do("create role salesops_reader nologin", "create role ann login in role salesops_reader")
    again = fill(tmp_path, database, "publisher")
    assert (again.is_new, again.has_reader) == (False, True)
    assert database.rows(f"select count(*) from marts.{MART}", user="ann") == [(4,)]
    database.do("drop role ann", "drop owned by publisher", "drop role publisher")


def test_nothing_is_done_where_the_publication_is_already_there(tmp_path: Path, filled: Postgres) -> None:
    before = filled.rows(f"select xmin::text from marts.{MART}")
    assert fill(tmp_path, filled).is_new is False
    assert filled.rows(f"select xmin::text from marts.{MART}") == before


CHANGED = BUILD[MART].replace("'south', true, 'month', 20.00", "'south', true, 'month', 25.50")


def test_only_rows_that_differ_are_written(tmp_path: Path, filled: Postgres) -> None:
    versions = f"select org_unit_id || period_type, xmin::text from marts.{MART}"
    before = dict(filled.rows(versions))
    publish_files(
        tmp_path, **{MART: CHANGED, "mart_collection_by_customer": "select null as customer_id, 5 as invoice_count"}
    )
    assert fill(tmp_path, filled).is_new
    after = dict(filled.rows(versions))
    assert {row for row in after if after[row] != before[row]} == {"southmonth"}
    assert filled.rows(f"select sales_amount::text from marts.{MART} where org_unit_id = 'south'") == [("25.50",)]
    assert filled.rows("select customer_id, invoice_count from marts.mart_collection_by_customer") == [(None, 5)]


def test_a_reader_inside_a_transaction_sees_the_old_whole_and_holds_nobody_up(tmp_path: Path, filled: Postgres) -> None:
    old = filled.rows(ROWS)
    publish_files(tmp_path, **{MART: CHANGED, "fct_kinds": "select 9::bigint as id"})
    with dbapi.connect(filled.url(), autocommit=True) as connection, connection.cursor() as reader:
        reader.execute("begin isolation level repeatable read")
        reader.execute("select count(*) from marts.publication")  # of the other marts it has seen nothing yet
        reader.fetchall()
        during: list[object] = []
        points = [f"postgres.{MART}", "postgres.before_commit"]
        fill(tmp_path, filled, at=lambda name: during.append(filled.rows(ROWS)) if name in points else None)
        reader.execute(ROWS)
        assert [tuple(row) for row in reader.fetchall()] == old
        reader.execute("commit")
    assert during == [old, old]
    assert filled.rows(f"select sales_amount::text from marts.{MART} where org_unit_id = 'south'") == [("25.50",)]


FILL = """
import sys
from pathlib import Path
from orchestration.checkpoints import checkpoint
from orchestration.publish.postgres.follow import follow
follow(Path(sys.argv[1]), sys.argv[2], "publish.postgres", checkpoint)
"""


@pytest.mark.parametrize("point", ["postgres.fct_kinds", f"postgres.{MART}", "postgres.before_commit"])
def test_a_killed_publisher_leaves_the_old_whole_and_the_next_one_brings_the_new(
    tmp_path: Path, filled: Postgres, point: str
) -> None:
    whole = "select (select snapshot_id from marts.publication), (select count(*) from marts.fct_kinds)"
    old, old_rows = filled.rows(whole), filled.rows(ROWS)
    new = publish_files(tmp_path, **{MART: CHANGED, "fct_kinds": "select 9::bigint as id"})
    command = [sys.executable, "-c", FILL, str(tmp_path / "published"), filled.url()]
    killed = subprocess.run(command, env={**os.environ, "SALESOPS_KILL_AT": point}, check=False)
    assert killed.returncode == EXIT_CODE
    assert (filled.rows(whole), filled.rows(ROWS)) == (old, old_rows)
    assert fill(tmp_path, filled).is_new
    assert filled.rows(whole) == [(new, 1)]


def test_two_publishers_take_turns(tmp_path: Path, database: Postgres) -> None:
    publish_files(tmp_path)
    done: list[Followed] = []
    threads = [Thread(target=lambda: done.append(fill(tmp_path, database))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.is_new for one in done) == [False, True]
    assert database.rows(f"select count(*) from marts.{MART}") == [(4,)]


def test_a_new_column_leaves_peoples_own_views_alone(tmp_path: Path, filled: Postgres) -> None:
    filled.do(f"create view public.mine as select org_unit_id, sales_amount from marts.{MART}_month")
    wider = f"select 7 as order_count, * from ({CHANGED})"
    publish_files(tmp_path, **{MART: wider})
    fill(tmp_path, filled)
    assert filled.rows("select sum(sales_amount)::text from public.mine") == [("65.50",)]
    assert filled.rows(f"select distinct order_count, is_leaf from marts.{MART}_month_leaf") == [(7, True)]


def test_a_column_that_means_something_else_makes_the_table_anew(tmp_path: Path, filled: Postgres) -> None:
    other = "select '2' as id, date '2025-01-01' as small"
    publish_files(tmp_path, fct_kinds=other)
    fill(tmp_path, filled)
    assert filled.rows("select id, small from marts.fct_kinds") == [("2", date(2025, 1, 1))]


def test_a_view_that_stands_in_the_way_is_named_and_everything_stays(tmp_path: Path, filled: Postgres) -> None:
    filled.do("create view public.mine as select small from marts.fct_kinds")
    publish_files(tmp_path, fct_kinds="select '2' as id, date '2025-01-01' as small", **{MART: CHANGED})
    before = filled.rows(ROWS)
    with pytest.raises(
        UserError, match=r"cannot drop table marts.fct_kinds.*view mine depends on table marts.fct_kinds"
    ):
        fill(tmp_path, filled)
    assert filled.rows(ROWS) == before


def test_a_mart_that_is_no_more_goes_and_a_table_that_people_made_stays(tmp_path: Path, filled: Postgres) -> None:
    filled.do("create table marts.notes as select 'mine' as text")
    publish_files(tmp_path, fct_kinds=None)
    fill(tmp_path, filled)
    assert filled.rows("select to_regclass('marts.fct_kinds')::text, text from marts.notes") == [(None, "mine")]


def test_a_companys_own_model_stands_in_custom_beside_what_people_made_there(tmp_path: Path, filled: Postgres) -> None:
    filled.do("create schema custom", "create table custom.notes as select 'mine' as note")
    own = {"custom.top": "select 'C1' as customer_id, 1.50::decimal(18,2) as booked"}
    publish_files(tmp_path, **own)
    fill(tmp_path, filled)
    assert filled.rows("select customer_id, booked::text from custom.top") == [("C1", "1.50")]
    assert filled.rows("select has_table_privilege('salesops_reader', 'custom.top', 'select')") == [(True,)]
    publish_files(tmp_path, **{"custom.top": "select 'C2' as customer_id, 2.50::decimal(18,2) as booked"})
    fill(tmp_path, filled)
    assert filled.rows("select customer_id, booked::text from custom.top") == [("C2", "2.50")]
    publish_files(tmp_path)
    fill(tmp_path, filled)
    assert filled.rows("select to_regclass('custom.top') is null, note from custom.notes") == [(True, "mine")]


def test_a_schema_of_somebody_else_is_not_touched(tmp_path: Path, database: Postgres) -> None:
    database.do("create schema marts", "create table marts.dim_customer as select 1 as id")
    publish_files(tmp_path)
    with pytest.raises(UserError, match="tables that salesops did not make"):
        fill(tmp_path, database)
    assert database.rows("select id from marts.dim_customer") == [(1,)]


@pytest.mark.parametrize(
    ("url", "why", "code"),
    [
        ("postgresql://ann:hunter2@127.0.0.1:1/sales", "does not answer", 1),
        ("postgresql://ann:hunter2@nowhere.invalid/sales", "host of the PostgreSQL server is not known", 1),
        ("postgresql://ann:hunter2@x@127.0.0.1:1/sales", "PostgreSQL server", 1),
        ("postgresql://ann:hunter2/x@127.0.0.1:1/sales", "cannot be read", 2),
        ("host=127.0.0.1 password=hunter2", "cannot be read", 2),
        ("SOCKET/nothing?user=postgres&password=hunter2", "no such database", 1),
        ("SOCKET/postgres?user=keeper&password=hunter2", "refuses the user or the password", 1),
        ("SOCKET/postgres?user=nobody&password=hunter2", "refuses the user or the password", 1),
    ],
)
def test_a_server_that_cannot_be_used_is_one_sentence_without_the_password(
    tmp_path: Path, server: Postgres, url: str, why: str, code: int
) -> None:
    publish_files(tmp_path)
    if url.startswith("SOCKET"):
        url = url.replace("SOCKET", "postgresql://") + f"&host={server.folder}"
    with pytest.raises(UserError, match=why) as refused:
        follow(tmp_path / "published", url, "publish.postgres", lambda name: None)
    error = refused.value
    assert error.exit_code == code
    assert "hunter2" not in f"{error}{error.__cause__}"
    assert error.__suppress_context__ or error.__context__ is None


def test_the_right_password_opens(tmp_path: Path, database: Postgres) -> None:
    database.do(f"grant create on database {database.database} to keeper")
    publish_files(tmp_path)
    url = database.url("keeper", "open%20sesame")
    assert follow(tmp_path / "published", url, "publish.postgres", lambda name: None).is_new
    assert Decimal(database.rows(f"select sum(sales_amount)::text from marts.{MART}")[0][0]) == Decimal("70.00")


def sql_blocks(page: str) -> list[list[str]]:
    """The statements of each SQL block of a page of docs/."""
    text = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    return [[statement.strip() for statement in block.split(";") if statement.strip()] for block in blocks]


def test_the_page_in_docs_leads_to_a_reader_who_reads(tmp_path: Path, server: Postgres) -> None:
    owner, readers = sql_blocks("postgres.md")
    assert sql_blocks("postgres.zh.md") == [owner, readers]
    server.do(*owner)
    sales = Postgres(server.folder, "sales")
    try:
        publish_files(tmp_path)
        done = fill(tmp_path, sales, "salesops_publisher")
        assert (done.is_new, done.has_reader) == (True, True)
        server.do(*readers)
        assert sales.rows(f"select count(*) from marts.{MART}_month_leaf", user="bi_tool") == [(2,)]
    finally:
        server.do("drop database sales with (force)", "drop role if exists ann, bi_tool")
        server.do("drop role salesops_publisher, salesops_reader")
