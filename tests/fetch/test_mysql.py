"""Tables of a real MariaDB server, as MySQL's driver reads them."""

from collections.abc import Iterator

import pytest

from tests import mariadb
from tests.fetch.conftest import Night

pytestmark = pytest.mark.skipif(bool(mariadb.missing()), reason=mariadb.missing())

ORDERS = """
database: {url: $ERP_DATABASE_URL, table: 订单, cursor: 修改时间}
load: append
tables:
  orders:
    newest_by: 修改时间
    columns: {order_id: 编号, ordered_on: 日期, customer_id: 客户, net_amount: 金额, status: 状态}
"""


@pytest.fixture(scope="module")
def mysql() -> Iterator[mariadb.MariaDb]:
    with mariadb.running_server() as server:
        yield server


@pytest.fixture
def erp(mysql: mariadb.MariaDb, monkeypatch: pytest.MonkeyPatch) -> mariadb.MariaDb:
    mysql.do(
        "drop table if exists erp.订单",
        "create table erp.订单 (编号 int primary key, 日期 date, 客户 varchar(40), 金额 decimal(12, 2), 状态 enum('已审核', '草稿'),"
        " 修改时间 datetime, 入库 timestamp null)",
        "insert into erp.订单 values (1, '2025-06-01', '张三', 1200.50, '已审核', '2025-06-01 10:00', '2025-07-01 00:30'),"
        " (2, '2025-06-02', 'a\\\\b\"c', 0.07, '草稿', '2025-06-02 11:00', null)",
    )
    monkeypatch.setenv("ERP_DATABASE_URL", mysql.url())
    return mysql


def test_a_table_is_loaded_and_the_next_night_only_what_is_new(night: Night, erp: mariadb.MariaDb) -> None:
    night.mapping("orders", ORDERS)
    assert night.run() == 2
    columns = "order_id, ordered_on::varchar, customer_id, net_amount::decimal(9, 2)::varchar, status"
    assert night.rows("orders", columns) == [
        ("1", "2025-06-01", "张三", "1200.50", "已审核"),
        ("2", "2025-06-02", 'a\\b"c', "0.07", "草稿"),
    ]
    erp.do("insert into erp.订单 values (3, '2025-06-03', '李四', 5, null, '2025-06-02 11:00', null)")
    assert night.run() == 1
    assert night.run() == 0


def test_an_instant_is_told_from_a_time_on_the_clock(night: Night, erp: mariadb.MariaDb) -> None:
    night.mapping("orders", ORDERS.replace("ordered_on: 日期", "ordered_on: 入库"))
    night.run()
    assert night.rows("orders", "ordered_on::varchar") == [("2025-07-01",)]  # stored as 2025-06-30 16:30 UTC


@pytest.mark.parametrize(
    ("table", "password", "what"),
    [
        ("订单", "SECRET", "the database refuses the user or the password."),
        ("订", "open%20sesame", "the database has no table `订`."),
    ],
)
def test_what_is_wrong_is_said_as_for_postgresql(
    night: Night, erp: mariadb.MariaDb, monkeypatch: pytest.MonkeyPatch, table: str, password: str, what: str
) -> None:
    monkeypatch.setenv("ERP_DATABASE_URL", erp.url(password))
    night.mapping("orders", ORDERS.replace("table: 订单", f"table: {table}"))
    night.fetch()
    problem = night.problem("orders")
    assert problem and problem.what == what and "SECRET" not in str(problem)
