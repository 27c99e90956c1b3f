"""Every table that may have extra columns brings them into its mart, beside the columns of its enforced contract."""

import pytest

from orchestration.ingest.extra import HOMES
from orchestration.manifest import mart_columns
from orchestration.warehouse import attach_sources, raw_columns
from tests.marts import harness


def _extra(table: str) -> str:
    return f"附加 {table}"


def _attach(connection, lake) -> None:
    attach_sources(connection, lake)
    for table in HOMES:
        connection.execute("insert into meta.extra_columns values (?, ?)", [table, _extra(table)])


@pytest.mark.slow
def test_extra_columns_of_every_table_come_into_its_mart_behind_ours(monkeypatch) -> None:
    monkeypatch.setattr(harness, "attach_sources", _attach)
    monkeypatch.setattr(harness, "raw_columns", lambda one: raw_columns(one) | {f'"{_extra(one.name)}"': "varchar"})
    customer = {"customer_id": "C1", "name": "Acme", '"附加 customers"': "007"}
    with harness.built({"customers": [customer]}, "2025-03-31") as connection:
        for mart in sorted(set(HOMES.values())):
            found = {name: kind for name, kind, *_ in connection.execute(f"describe marts.{mart}").fetchall()}
            extra = sorted(_extra(table) for table, home in HOMES.items() if home == mart)
            assert list(found) == [*mart_columns()[mart], *extra]
            assert {found[name] for name in extra} == {"VARCHAR"}
        assert connection.execute('select "附加 customers" from marts.dim_customer').fetchall() == [("007",)]
