from pathlib import Path

import duckdb

from expectations.contract import contracts
from orchestration.ingest.rows import TableRows
from orchestration.ingest.sources import load_source
from orchestration.ingest.staging import stage

EVERY_RULE = """
files: orders.csv
read: {skip_rows_where: {no: [x, y, z, v, w, u, t]}}
load: append
null_values: ["", a, b, c, d, e, f, g, h, i]
tables:
  orders:
    newest_by: changed
    where: {kind: [k1, k2, k3, k4, k5, k6, k7]}
    deleted_where: {kind: [d1, d2, d3, d4, d5, d6, d7]}
    columns:
      order_id: no
      ordered_on: {column: day, format: ["%Y/%m/%d", "%d.%m.%Y"]}
      status: {column: kind, values: {k1: confirmed, k2: draft, k3: cancelled, k4: skip, k5: skip, k6: skip, k7: skip}}
      customer_id: customer
      currency: currency
"""


def test_a_file_is_read_without_a_join_so_that_its_rows_keep_their_order(tmp_path: Path):
    (tmp_path / "orders.yml").write_text(EVERY_RULE)
    file = tmp_path / "orders.csv"
    file.write_text("no,day,kind,customer,currency,changed\nA1,2025/01/02,k1,C1,CNY,2025-01-03\n")
    source = load_source(tmp_path / "orders.yml")
    with duckdb.connect() as con:
        staged = stage(con, file, file.name, source, tmp_path)
        mapped = source.mapping.tables["orders"]
        query = TableRows(staged, source.mapping, mapped, contracts()["orders"], None).parsed(staged.cells)
        plan = con.execute(f"explain {query}").fetchall()[0][1]
    assert "READ_CSV" in plan
    assert "JOIN" not in plan
