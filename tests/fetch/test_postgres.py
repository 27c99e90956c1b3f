"""Tables of a real PostgreSQL server: into the lake with accounting, by a cursor, and what is said if that fails."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from orchestration.fetch import fetch, refuse_required, unanswered
from orchestration.ingest import ingest, load_sources
from orchestration.inputs import inputs
from orchestration.lateness import newest_files
from orchestration.settings_check import settings_problems, settings_warnings
from salesops.errors import UserError
from tests.fetch.conftest import FIRST_NIGHT, Night
from tests.postgres import Postgres

ORDERS = """
database: {{url: $ERP_DATABASE_URL, table: {table}, cursor: updated_at{more}}}
load: {load}
tables:
  orders:
    newest_by: updated_at
    columns: {{order_id: id, ordered_on: day, customer_id: customer, net_amount: amount}}
"""
FULL = """
database: {url: $ERP_DATABASE_URL, table: sales_orders}
load: full
tables:
  orders:
    columns: {order_id: id, ordered_on: day, customer_id: customer, net_amount: amount}
"""


@pytest.fixture
def erp(server: Postgres, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postgres]:
    name = f"erp{uuid4().hex[:12]}"
    server.do(f"create database {name}")
    found = Postgres(server.folder, name)
    monkeypatch.setenv("ERP_DATABASE_URL", found.url("keeper", "open sesame"))
    found.do(
        "create table sales_orders (id text, day date, customer text, amount numeric(12, 2), updated_at timestamptz)",
        "insert into sales_orders values ('A1', '2025-06-01', 'C1', 1200.50, '2025-06-01 10:00+08'),"
        " ('A2', '2025-06-02', 'C2', 0.07, '2025-06-02 11:00:00.123456+08'),"
        " ('A3', null, '张三, \"总\"', 88, '2025-06-03 09:00+08')",
        "grant select on sales_orders to keeper",
    )
    yield found
    server.do(f"drop database {name} with (force)")


def orders(night: Night, load: str = "upsert", table: str = "sales_orders", more: str = "") -> None:
    night.mapping("orders", ORDERS.format(load=load, table=table, more=more))


def sum_of_amounts(night: Night) -> object:
    return sum(row[0] for row in night.current("orders", "order_id", "net_amount"))


def test_a_table_is_loaded_with_an_account_of_every_row(night: Night, erp: Postgres) -> None:
    orders(night)
    night.fetch()
    (result,) = ingest(night.workspace).accounts
    account = result.account
    assert (account.rows_read, account.rows_loaded, account.rows_quarantined) == (3, 2, 1)
    assert str(account.control_total) == "1288.5700"  # the quarantined row's amount too
    found = night.rows("orders", "order_id, ordered_on::varchar, net_amount::varchar, _extracted_on::varchar")
    assert [row[:2] for row in found] == [("A1", "2025-06-01"), ("A2", "2025-06-02")]
    assert {row[3] for row in found} == {"2025-06-30"}
    ((line, reasons, raw),) = night.quarantined("orders")
    assert line == 4 and "ordered_on" in str(reasons) and '张三, \\"总\\"' in raw


def test_only_new_and_changed_rows_come_the_next_night(night: Night, erp: Postgres) -> None:
    orders(night)
    assert night.run() == 2
    erp.do(
        "insert into sales_orders values ('A4', '2025-06-04', 'C4', 10, '2025-06-04 09:00+08')",
        "update sales_orders set amount = 2000, updated_at = '2025-06-05 09:00+08' where id = 'A1'",
        "update sales_orders set amount = 99 where id = 'A2'",  # who does not touch the cursor is not seen
    )
    assert night.run() == 2
    assert [str(row[0]) for row in night.current("orders", "order_id", "net_amount::decimal(9, 2)")] == [
        "0.07",
        "10.00",
        "2000.00",
    ]


def test_nothing_new_at_the_server_leaves_no_file(night: Night, erp: Postgres) -> None:
    orders(night)
    night.run()
    before = night.extracts
    assert night.run() == 0
    assert night.extracts == before == ["orders/2025-06-30T033000.csv"]


def test_a_row_that_was_committed_late_comes_within_the_lag_and_only_once(night: Night, erp: Postgres) -> None:
    erp.do("update sales_orders set day = '2025-06-03'")
    orders(night, load="append", more=", lag: 2h")
    night.run()
    erp.do(
        "insert into sales_orders values ('LATE', '2025-06-03', 'C9', 5, '2025-06-03 07:30+08'),"
        " ('TOO LATE', '2025-06-03', 'C9', 5, '2025-06-03 06:30+08')"
    )
    assert night.run() == 1
    assert night.run() == 0
    assert [row[0] for row in night.rows("orders", "order_id")] == ["A1", "A2", "A3", "LATE"]


def test_rows_without_a_cursor_value_come_once(night: Night, erp: Postgres) -> None:
    erp.do("insert into sales_orders values ('A0', '2025-06-01', 'C0', 1, null)")
    orders(night, load="append")
    assert night.run() == 3
    assert night.run() == 0


def test_a_run_killed_before_the_ledger_knew_of_the_extract_neither_loses_nor_doubles_rows(
    night: Night, erp: Postgres
) -> None:
    erp.do("update sales_orders set day = '2025-06-03'")
    orders(night, load="append")
    night.run()
    erp.do("insert into sales_orders values ('A4', '2025-06-04', 'C4', 10, '2025-06-04 09:00+08')")

    def kill(point: str) -> None:
        if point == "ingest.before_ledger":
            raise KeyboardInterrupt

    night.fetch()
    with pytest.raises(KeyboardInterrupt):
        ingest(night.workspace, checkpoint=kill)
    erp.do("insert into sales_orders values ('A5', '2025-06-05', 'C5', 10, '2025-06-05 09:00+08')")
    assert night.run() == 2
    assert [row[0] for row in night.rows("orders", "order_id")] == ["A1", "A2", "A3", "A4", "A5"]


def test_a_killed_run_loads_its_extract_even_if_the_server_is_gone_by_then(
    night: Night, erp: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders(night)
    night.fetch()
    monkeypatch.setenv("ERP_DATABASE_URL", "postgresql://keeper@127.0.0.1:1/erp")
    assert night.run() == 2


def test_a_changed_mapping_reads_old_extracts_again_without_the_server(
    night: Night, erp: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders(night)
    night.run()
    erp.do("insert into sales_orders values ('A4', '2025-06-04', 'C4', 10, '2025-06-04 09:00+08')")
    night.run()
    path = night.workspace.sources / "orders.yml"
    path.write_text(path.read_text().replace("net_amount: amount", "net_amount: {column: amount, times: 10}"))
    monkeypatch.delenv("ERP_DATABASE_URL")
    night.run()
    assert sum_of_amounts(night) == 10 * (Decimal("1200.50") + Decimal("0.07") + 10)
    assert len(night.live("orders")) == 2


def test_without_a_cursor_the_whole_table_is_compared_and_deleted_rows_go(night: Night, erp: Postgres) -> None:
    night.mapping("orders", FULL)
    night.run()
    erp.do("delete from sales_orders where id = 'A1'")
    night.run()
    assert [row[0] for row in night.current("orders", "order_id", "order_id")] == ["A2"]
    assert night.run() == 0
    assert len(night.live("orders")) == 2  # the same dump again is no new file


def test_a_query_joins_tables_and_has_a_cursor_too(night: Night, erp: Postgres) -> None:
    query = "select s.*, upper(customer) as named, day::text as t from sales_orders s where amount > 1;"
    night.mapping(
        "orders",
        ORDERS.format(load="upsert", table="x", more="")
        .replace("table: x", f'query: "{query}"')
        .replace("customer_id: customer", "customer_id: named"),
    )
    assert night.run() == 1
    erp.do("insert into sales_orders values ('B1', '2025-06-04', 'c7', 10, '2025-06-04 09:00+08')")
    assert night.run() == 1
    assert [row[0] for row in night.rows("orders", "customer_id")] == ["C1", "C7"]


def test_another_question_starts_from_the_beginning(night: Night, erp: Postgres) -> None:
    orders(night)
    night.run()
    erp.do("create view open_orders as select * from sales_orders", "grant select on open_orders to keeper")
    orders(night, table="public.open_orders")
    before = night.extracts
    assert night.fetch() == before  # the very same rows
    erp.do("update sales_orders set amount = 3 where id = 'A1'")  # seen only if all rows are asked for
    orders(night, table="open_orders")
    assert night.run() == 2


@pytest.mark.parametrize(
    ("url", "what"),
    [
        (
            "postgresql://keeper:WRONG-SECRET@/{database}?host={folder}",
            "the database refuses the user or the password.",
        ),
        ("postgresql://keeper:SECRET@127.0.0.1:1/x", "the database server does not answer"),
        ("postgresql://keeper:open%20sesame@/SECRET?host={folder}", "the server has no database of that name."),
        ("ftp//SECRET", "the value of the variable is no address of a database"),
        ("oracle://u:SECRET@h/x", "the value of the variable is no address of a database"),
    ],
)
def test_a_server_that_gives_nothing_is_named_in_one_sentence_without_secrets(
    night: Night, erp: Postgres, monkeypatch: pytest.MonkeyPatch, url: str, what: str
) -> None:
    from urllib.parse import quote

    monkeypatch.setenv("ERP_DATABASE_URL", url.format(database=erp.database, folder=quote(str(erp.folder))))
    orders(night)
    assert night.run() == 0
    problem = night.problem("orders")
    assert problem and problem.what.startswith(what) and problem.where.endswith("orders.yml:2")
    assert "SECRET" not in str(problem)
    kept = b"".join(path.read_bytes() for path in night.workspace.state.rglob("*") if path.is_file())
    assert b"SECRET" not in kept


@pytest.mark.parametrize(
    ("table", "old", "new", "what", "mend"),
    [
        ("sales_order", "", "", "the database has no table `sales_order`.", "Did you mean `sales_orders`?"),
        ("sales_orders", "updated_at", "changed", "the cursor `changed` is no column", "Name a column that grows"),
        ("secret_orders", "", "", "the user may not read this table.", "Ask the administrator"),
    ],
)
def test_a_missing_table_cursor_or_right_says_how_to_mend_it(
    night: Night, erp: Postgres, table: str, old: str, new: str, what: str, mend: str
) -> None:
    erp.do("create table secret_orders (id text, updated_at timestamp)")
    orders(night, table=table)
    path = night.workspace.sources / "orders.yml"
    path.write_text(path.read_text().replace(old or "~", new))
    night.fetch()
    problem = night.problem("orders")
    assert problem and problem.what.startswith(what) and problem.mend.startswith(mend)


def test_a_query_that_the_database_refuses_is_told_in_its_words(night: Night, erp: Postgres) -> None:
    night.mapping("orders", FULL.replace("table: sales_orders", 'query: "select nothing from sales_orders"'))
    night.fetch()
    problem = night.problem("orders")
    assert problem and problem.what == 'the database refuses the query: column "nothing" does not exist.'


def test_a_mapped_column_that_the_table_lacks_holds_the_extract_until_the_mapping_is_mended(
    night: Night, erp: Postgres
) -> None:
    orders(night)
    path = night.workspace.sources / "orders.yml"
    right = path.read_text()
    path.write_text(right.replace("customer_id: customer", "customer_id: buyer"))
    night.fetch()
    (held,) = ingest(night.workspace).held
    assert "buyer" in held.problem.what and held.file_name == "fetched/orders/2025-06-30T033000.csv"
    erp.do("insert into sales_orders values ('A4', '2025-06-04', 'C4', 10, '2025-06-04 09:00+08')")
    night.run()
    path.write_text(right)
    night.run()
    assert [row[0] for row in night.current("orders", "order_id", "order_id")] == ["A1", "A2", "A4"]


def test_one_server_that_is_down_holds_up_no_other_source(
    night: Night, erp: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders(night)
    monkeypatch.setenv("CRM_URL", "postgresql://x@127.0.0.1:1/x")
    night.mapping("another", FULL.replace("$ERP_DATABASE_URL", "$CRM_URL"))
    assert night.run() == 2
    assert night.problem("another") and not night.problem("orders")
    monkeypatch.setenv("CRM_URL", erp.url("keeper", "open sesame"))
    fetch(night.workspace, night.at)
    assert not night.problem("another")


def test_columns_may_have_chinese_names_and_any_type(night: Night, erp: Postgres) -> None:
    erp.do(
        'create table 客户 (编码 uuid, 名称 char(9), 账期 smallint, 标签 jsonb, 启用 boolean, "建档 时间" timestamp)',
        "insert into 客户 values ('00000000-0000-0000-0000-00000000000a', '  重庆 ', 30, '{\"a\": [1]}', true,"
        " '2025-01-31 23:30')",
        "grant select on 客户 to keeper",
    )
    night.mapping(
        "customers",
        """
database: {url: $ERP_DATABASE_URL, table: 客户}
load: full
tables: {customers: {columns: {customer_id: 编码, name: 名称, credit_days: 账期, created_on: 建档 时间}}}
""",
    )
    assert night.run() == 1
    found = night.rows("customers", "customer_id, name, credit_days::int, created_on::varchar")
    assert found == [("00000000-0000-0000-0000-00000000000a", "重庆", 30, "2025-01-31")]


def test_an_instant_counts_on_its_day_in_the_companys_zone(night: Night, erp: Postgres) -> None:
    night.mapping("orders", FULL.replace("ordered_on: day", "ordered_on: updated_at"))
    erp.do("truncate sales_orders", "insert into sales_orders values ('A1', null, 'C', 1, '2025-06-30 17:00+00')")
    night.run()
    assert night.rows("orders", "ordered_on::varchar") == [("2025-07-01",)]


def test_check_finds_an_unset_variable_and_a_wrong_address_without_a_server(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders(night)
    monkeypatch.delenv("ERP_DATABASE_URL", raising=False)
    (warning,) = (one for one in settings_warnings(night.workspace) if "ERP" in one.what)
    assert warning.where.endswith("orders.yml:2")
    monkeypatch.setenv("ERP_DATABASE_URL", "localhost/SECRET")
    (problem,) = (one for one in settings_problems(night.workspace) if "orders.yml" in one.where)
    assert problem.what.startswith("the value of the variable is no address") and "SECRET" not in str(problem)
    monkeypatch.setenv("ERP_DATABASE_URL", "mysql://u:p@nowhere.invalid/x")
    assert not [one for one in settings_problems(night.workspace) if "orders.yml" in one.where]


def test_a_run_is_new_only_if_the_server_had_something_or_answers_otherwise(
    night: Night, erp: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders(night)

    def inputs_tonight() -> dict[str, str]:
        night.run()
        return inputs(night.workspace, FIRST_NIGHT.date(), None)

    first = inputs_tonight()
    assert inputs_tonight() == first
    erp.do("insert into sales_orders values ('A4', '2025-06-04', 'C4', 10, '2025-06-04 09:00+08')")
    second = inputs_tonight()
    assert second != first and inputs_tonight() == second
    monkeypatch.setenv("ERP_DATABASE_URL", "postgresql://keeper@127.0.0.1:1/erp")
    down = inputs_tonight()
    assert down != second and inputs_tonight() == down
    monkeypatch.setenv("ERP_DATABASE_URL", erp.url("keeper", "open sesame"))
    assert inputs_tonight() == second


def test_a_required_source_whose_server_gives_nothing_stops_the_run(night: Night, erp: Postgres) -> None:
    orders(night, table="no_such_table")
    path = night.workspace.sources / "orders.yml"
    night.fetch()
    refuse_required(night.workspace, unanswered(night.workspace))  # not required: nothing happens
    path.write_text(path.read_text() + "required: true\n")
    with pytest.raises(UserError, match="`orders` is required, and its server gave nothing") as stopped:
        refuse_required(night.workspace, unanswered(night.workspace))
    assert stopped.value.exit_code == 1


def test_a_source_whose_server_answers_is_not_late_though_nothing_is_new(night: Night, erp: Postgres) -> None:
    orders(night)
    night.run()
    night.run()
    (source,) = load_sources(night.workspace.sources)
    assert newest_files(night.workspace, [source]) == {"orders": date(2025, 7, 1)}
