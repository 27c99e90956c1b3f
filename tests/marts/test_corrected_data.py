"""Late and corrected exports: the lake keeps every version, the marts show the right one as known at a date."""

from datetime import date

import duckdb
import pytest

from orchestration import runs
from orchestration.ingest import ingest
from orchestration.ingest.meta import export_meta
from orchestration.load import Load
from orchestration.steps.rules import compile_rulebook
from orchestration.transform import build
from orchestration.warehouse import attach_sources
from orchestration.workspace import Workspace
from tests.e2e.conftest import write_workspace

AS_OF = date(2025, 3, 31)
HEAD = "id,line,day,customer,seller,quantity,amount\n"
TARGETS = """files: targets_*.csv
load: full
read: {date_pattern: '(\\d{8})'}
replaces: {rows_with_same: [owner_id]}
tables:
  targets:
    columns: {level: {value: org_unit}, owner_id: unit, metric: {value: booked}, period_label: period, target_value: target}
"""
FILES = {
    # January, exported three times: as it was, with O1 corrected in a later delta, and the whole month once more
    "orders_20250131.csv": HEAD
    + "O1,1,2025-01-10,C1,E1,1,100\nO2,1,2025-01-20,C2,E2,1,200\nO2,1,2025-01-20,C2,E2,1,201\n",
    "orders_20250228.csv": HEAD + "O1,1,2025-01-10,C1,E1,1,110\nO3,1,2025-02-05,C1,E1,1,300\n",
    "orders_20250331.csv": HEAD + "O1,1,2025-01-10,C1,E1,1,120\nO2,1,2025-01-20,C2,E2,1,201\n",
    # a dump of the customers, then one that lost most of them, then a whole one without C3
    "customers_20250131.csv": "id,name\nC1,Acme\nC2,Bolts\nC3,Cogs\nC4,Dies\n",
    "customers_20250228.csv": "id,name\nC1,Acme\n",
    "customers_20250331.csv": "id,name\nC1,Acme Ltd\nC2,Bolts\nC4,Dies\n",
    # four units send one file each, and together they are the whole; north sends again, with one month less
    "targets_20250101_a.csv": "unit,period,target\nnorth,2025-01,10\nnorth,2025-02,11\n",
    "targets_20250101_b.csv": "unit,period,target\nsouth,2025-01,20\n",
    "targets_20250101_c.csv": "unit,period,target\neast,2025-01,30\n",
    "targets_20250101_d.csv": "unit,period,target\nwest,2025-01,40\n",
    "targets_20250301_a.csv": "unit,period,target\nnorth,2025-01,15\n",
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = write_workspace(tmp_path_factory.mktemp("corrected") / "company")
    for name in (root / "landing").iterdir():
        if name.name.startswith(("orders", "customers")):
            name.unlink()
    for name, text in FILES.items():
        (root / "landing" / name).write_text(text, encoding="utf-8")
    (root / "sources" / "targets.yml").write_text(TARGETS, encoding="utf-8")
    customers = (root / "sources" / "customers.yml").read_text().replace("customers.csv", "customers_*.csv")
    (root / "sources" / "customers.yml").write_text("read: {date_pattern: '(\\d{8})'}\n" + customers)
    return Workspace.open(root)


def known_at(workspace: Workspace, day: date | None) -> duckdb.DuckDBPyConnection:
    """The marts as of the same business day, from the files that were known by then."""
    ingest(workspace, known_at=day)
    export_meta(workspace)
    compile_rulebook(Load(workspace, runs.new_run("test", "test", AS_OF, day, {})))
    warehouse = workspace.root / f"known_{day}.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        attach_sources(connection, workspace.lake, day)
    wanted = "+fct_order_lines +dim_customer +stg_targets +mart_data_accounting"
    arguments = ("--exclude-resource-type", "test", "--select", *wanted.split())
    build(warehouse, workspace.root / "target", AS_OF, arguments=arguments)
    return duckdb.connect(str(warehouse), read_only=True)


LINES = "select order_id, net_amount::integer from marts.fct_order_lines order by all"
CUSTOMERS = "select customer_id, name from marts.dim_customer order by all"
GOALS = "select owner_id, period_label, target_value::integer from staging.stg_targets order by all"


@pytest.mark.slow
def test_marts_show_what_was_known_and_the_accounts_explain_the_difference(company: Workspace) -> None:
    with known_at(company, None) as now:
        assert now.execute(LINES).fetchall() == [("O1", 120), ("O2", 201), ("O3", 300)]
        assert now.execute(CUSTOMERS).fetchall() == [("C1", "Acme Ltd"), ("C2", "Bolts"), ("C4", "Dies")]
        north = [("north", "2025-01", 15)]
        assert now.execute(GOALS).fetchall() == [
            ("east", "2025-01", 30),
            *north,
            ("south", "2025-01", 20),
            ("west", "2025-01", 40),
        ]
        accounts = now.execute("""
            select file_name, batch_state, rows_loaded, rows_superseded, rows_duplicate, rows_unchanged
            from marts.mart_data_accounting where table_name in ('order_lines', 'customers', 'targets') order by 1""")
        assert accounts.fetchall() == [
            ("customers_20250131.csv", "live", 4, 2, 0, 0),  # C1 was renamed, C3 deleted
            ("customers_20250228.csv", "held", 1, 0, 0, 0),  # it lost three rows of four
            ("customers_20250331.csv", "live", 3, 0, 0, 2),
            ("orders_20250131.csv", "live", 3, 2, 1, 0),
            ("orders_20250228.csv", "live", 2, 1, 0, 0),
            ("orders_20250331.csv", "live", 2, 0, 0, 0),
            ("targets_20250101_a.csv", "live", 2, 2, 0, 0),
            ("targets_20250101_b.csv", "live", 1, 0, 0, 0),
            ("targets_20250101_c.csv", "live", 1, 0, 0, 0),
            ("targets_20250101_d.csv", "live", 1, 0, 0, 0),
            ("targets_20250301_a.csv", "live", 1, 0, 0, 0),
        ]
        loaded = "select count(*) from raw.order_lines"
        assert now.execute(loaded).fetchall() == [(7,)]  # every version is in the lake
    with known_at(company, date(2025, 2, 28)) as then:
        assert then.execute(LINES).fetchall() == [("O1", 110), ("O2", 201), ("O3", 300)]
        assert then.execute(CUSTOMERS).fetchall() == [("C1", "Acme"), ("C2", "Bolts"), ("C3", "Cogs"), ("C4", "Dies")]
        assert [row for row in then.execute(GOALS).fetchall() if row[0] == "north"] == [
            ("north", "2025-01", 10),
            ("north", "2025-02", 11),
        ]
