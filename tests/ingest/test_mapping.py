import pytest

from orchestration.ingest import check_headers, load_sources
from salesops.errors import UserError

GOOD = """files: o.csv
load: upsert
tables:
  orders:
    columns:
      order_id: 单号
      ordered_on: 日期
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  orders:", "  order:", "orders.yml:4: there is no table `order`. Did you mean `orders`?"),
        ("order_id:", "orderid:", "orders.yml:6: the table `orders` has no field `orderid`. Did you mean `order_id`?"),
        ("      ordered_on: 日期\n", "", "orders.yml:5: the table `orders` needs the field `ordered_on` (订单日期)."),
        ("load: upsert", "load: upsert\nmin_share: 0.5", "only go with `load: full`"),
        (
            "load: upsert",
            "load: upsert\nread: {encoding: gb180}",
            "`gb180` is not a known encoding; did you mean `gb18030`?",
        ),
        ("load: upsert", "load: upsert\nreed: {}", "orders.yml:3: `reed`: this key is not known. Did you mean `read`?"),
        ("load: upsert", "load: upsert\ntotals: {net_amount: last_row}", "the total of `net_amount` cannot be checked"),
        (
            "日期",
            "日期\n      net_amount: 金额（万元）",
            "orders.yml:8: the column `金额（万元）` names a unit of money",
        ),
        ("日期", "{column: 日期, value: x}", "name either a `column` of the export or a constant `value`"),
        ("load: upsert", "load: daily", "orders.yml:2: `load`"),
        (
            "load: upsert",
            "load: upsert\ndue: {every: week, by: '02:00'}",
            'orders.yml:3: `due`: with `every: week` write `by` like "monday 09:00", and not "02:00".',
        ),
        (
            "load: upsert",
            "load: upsert\ndue:\n  every: day\n  by: 12:30",
            'orders.yml:5: `due.by`: write the time in quotes, as "12:30".',
        ),
        ("load: upsert", "load: upsert\ndue: {every: day, by: '02:00', frm: a@b.com}", "Did you mean `from`?"),
        ("load: upsert", "load: upsert\ndue: {every: day, by: '02:00', from: it}", "orders.yml:3: `due.from`: String"),
        (
            "load: upsert",
            "load: upsert\ndue: {every: month, by: workday 16 09:00}",
            'write `by` like "workday 2 12:00", and not "workday 16 09:00".',
        ),
    ],
)
def test_a_wrong_mapping_is_explained_with_file_line_and_mend(office, old, new, says):
    office.mapping("orders", GOOD.replace(old, new, 1))
    with pytest.raises(UserError) as caught:
        load_sources(office.workspace.sources)
    assert says in str(caught.value)


def test_a_source_is_named_after_its_file(office):
    office.mapping("orders", GOOD)
    assert [source.name for source in load_sources(office.workspace.sources)] == ["orders"]


def test_check_reads_the_header_of_the_newest_file_only(office):
    office.mapping("orders", GOOD.replace("o.csv", "o*.csv\nread: {date_pattern: '(\\d{8})'}"))
    office.drop("o20240101.csv", "单号\nO1\n")
    office.drop("o20240201.csv", "单号,日期\nO1,2024-01-01\n")
    assert check_headers(office.workspace) == []
    office.drop("o20240301.csv", "单号,订单日期\nO1,2024-01-01\n")
    (problem,) = check_headers(office.workspace)
    assert str(problem) == (
        "o20240301.csv, row 1: the column `日期` is missing (sources/orders.yml). Did you mean `订单日期`?"
    )
