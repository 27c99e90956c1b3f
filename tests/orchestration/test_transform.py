"""What a load says when a model or a test fails: how many rows, and which, without a look into the warehouse."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from orchestration import transform
from orchestration.cli.messages import translate
from salesops.errors import UserError
from tests.marts.harness import Rows, build, warehouse_of

TEST = "assert_orders_have_an_exchange_rate"


def orders(*numbers: str) -> dict[str, Rows]:
    day = {"ordered_on": "2025-03-10", "customer_id": "C", "currency": "EUR"}
    line = {"line_number": 1, "product_id": "P", "quantity": 1, "net_amount": 100}
    return {
        "orders": [{"order_id": number, **day} for number in numbers],
        "order_lines": [{"order_id": number, **line} for number in numbers],
    }


def failure(tables: dict[str, Rows]) -> UserError:
    """What the test says of a warehouse that holds `tables`."""
    connection = build(tables, "2025-03-31", select="+int_order_lines")
    warehouse = warehouse_of(connection)
    connection.close()
    with pytest.raises(UserError) as raised:
        transform.build(warehouse, warehouse.parent / "target", date(2025, 3, 31), arguments=("--select", TEST))
    shutil.rmtree(warehouse.parent)
    return raised.value


@pytest.fixture(scope="module")
def five() -> UserError:
    return failure(orders("SO-5", "SO-1", "SO-2", "SO-3", "SO-4"))


def test_a_failing_test_names_how_many_rows_and_the_first_of_them(five: UserError) -> None:
    rows = "; ".join(f"order_id SO-{n}, currency EUR, business_date 2025-03-10" for n in (1, 2, 3))
    assert five.what == f"the test did not pass. Failing rows: 5 ({rows}; …)."
    assert (five.where, five.exit_code) == (TEST, 1)


def test_it_does_so_in_chinese(five: UserError) -> None:
    assert translate(five.what, "zh").startswith("校验未通过。不符的行：5 (order_id SO-1, currency EUR")


def test_a_model_that_cannot_be_built_says_what_the_engine_says(tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        transform.build(
            tmp_path / "w.duckdb", tmp_path / "target", date(2025, 3, 31), arguments=("--select", "stg_orders")
        )
    assert raised.value.what.startswith("the model did not pass: ")
    assert raised.value.where == "stg_orders"
