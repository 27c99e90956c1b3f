"""Extra columns on their way into the lake."""

import pytest

from orchestration.ingest import load_sources
from orchestration.ingest.extra import HOMES
from orchestration.manifest import mart_columns
from salesops.errors import UserError

CUSTOMERS = """files: customers*.csv
load: full
tables: {{customers: {{columns: {{customer_id: 编码, name: 名称}}, extra: {extra}}}}}
"""
ORDERS = """files: orders*.csv
load: upsert
tables:
  orders: {columns: {order_id: 单号, ordered_on: 日期}, extra: [备注]}
  order_lines: {columns: {order_id: 单号, line_number: 行, quantity: 数量, net_amount: 金额}, extra: [备注]}
"""


def test_a_change_of_an_extra_column_alone_is_a_change_of_the_row(office) -> None:
    office.mapping("customers", CUSTOMERS.format(extra="[客户等级]"))
    office.drop("customers_1.csv", "编码,名称,客户等级\nC1,Acme, 007 \nC2,Bolts,B\n")
    office.load()
    office.drop("customers_2.csv", "编码,名称,客户等级\nC1,Acme,008\nC2,Bolts,B\n")
    office.load()
    assert office.rows("customers", '_op, customer_id, "客户等级"') == [
        ("upsert", "C1", "007"),
        ("upsert", "C2", "B"),
        ("upsert", "C1", "008"),
    ]


def test_a_file_without_the_extra_column_loads_and_says_so(office) -> None:
    office.mapping("customers", CUSTOMERS.format(extra="[客户等级]"))
    office.drop("customers.csv", "编码,名称\nC1,Acme\n")
    account = office.account()
    assert account.rows_loaded == 1
    assert [note.what for note in account.notes] == [
        "the file lacks the extra column `客户等级`, so its rows have nothing there."
    ]


def test_a_mapping_without_extra_columns_keeps_its_batches(office) -> None:
    office.mapping("customers", CUSTOMERS.format(extra="[]"))
    [source] = load_sources(office.workspace.sources)
    office.mapping("customers", CUSTOMERS.replace(", extra: {extra}", "").format())
    [without] = load_sources(office.workspace.sources)
    assert source.fingerprint("customers") == without.fingerprint("customers")


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        ("[credit_days]", "`credit_days` is the name of a field of ours"),
        ("[Name]", "`Name` is the name of a field of ours"),
        ("[_line]", "`_line` cannot name a column of a mart"),
        ("{'a\"b': 等级}", "cannot name a column of a mart"),
        (f"[{'长' * 22}]", "63 bytes"),
    ],
)
def test_an_extra_column_never_takes_a_name_of_ours(office, extra: str, says: str) -> None:
    office.mapping("customers", CUSTOMERS.format(extra=extra))
    with pytest.raises(UserError) as problem:
        load_sources(office.workspace.sources)
    assert says in problem.value.what
    assert "customers.yml:3" in str(problem.value.where)


def test_two_tables_of_one_mart_cannot_bring_the_same_extra_column(office) -> None:
    office.mapping("orders", ORDERS)
    with pytest.raises(UserError, match="two tables bring an extra column `备注` into the same mart"):
        load_sources(office.workspace.sources)


def test_every_home_of_extra_columns_is_a_mart() -> None:
    assert set(HOMES.values()) <= mart_columns().keys()
