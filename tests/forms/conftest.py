"""A workspace with a small publication: one company, two units, four people; and people who fill in forms."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from orchestration.cli.main import execute
from orchestration.forms.marks import KEYS_ROW
from orchestration.ingest import IngestResult, ingest
from orchestration.workspace import Workspace

MARTS = """
create table dim_employee (employee_id varchar, name varchar, name_en varchar, email varchar, job_title varchar,
    org_unit_id varchar, territory_id varchar, role varchar, hired_on date, left_on date, is_employed boolean);
insert into dim_employee values
    ('E0001', '王总', 'Wang Zong', 'wang@qiming.cn', '总经理', 'Q', null, 'manager', '2018-01-01', null, true),
    ('E0002', '李敏', 'Min Li', 'li@qiming.cn', '经理', 'Q-S', null, 'manager', '2018-01-01', null, true),
    ('E0101', '张伟', 'Wei Zhang', 'zhang@qiming.cn', '销售', 'Q-S', 'T1', 'seller', '2020-01-01', null, true),
    ('E0102', '=cmd()', 'Na Wu', 'wu@qiming.cn', '销售', 'Q-S', 'T1', 'seller', '2020-01-01', null, true);
create table dim_org_unit (org_unit_id varchar, name varchar, name_en varchar, org_level varchar,
    parent_org_unit_id varchar, is_leaf boolean, depth integer, sort_order integer, manager_employee_id varchar,
    valid_from date, valid_to date);
insert into dim_org_unit values
    ('Q', '启明', 'Qiming', 'company', null, false, 0, 1, 'E0001', '1900-01-01', '9999-12-31'),
    ('Q-S', '华南', 'South', 'region', 'Q', true, 1, 2, 'E0002', '1900-01-01', '9999-12-31');
create table dim_customer (customer_id varchar, name varchar, name_en varchar, customer_class varchar, employee_id varchar);
insert into dim_customer values ('00123', '佛山天德', 'Tiande', 'A', 'E0101'), ('C2', '中辰', 'Zhongchen', 'B', 'E0102');
create table dim_product (product_id varchar, name varchar, name_en varchar, product_line varchar,
    product_line_en varchar, list_price_amount decimal(18, 4), standard_cost_amount decimal(18, 4));
insert into dim_product values ('P1', '轴承一', 'Bearing one', '轴承', 'Bearings', 100.5, 60), ('P2', '泵二', 'Pump two', '泵', 'Pumps', 2000, 900);
create table dim_territory (territory_id varchar, parent_territory_id varchar, name varchar, name_en varchar);
insert into dim_territory values ('T1', null, '广东', 'Guangdong');
create table dim_competitor (competitor_id varchar, name varchar, name_en varchar);
insert into dim_competitor values ('K1', '鼎峰', 'Dingfeng');
create table mart_target_attainment (level varchar, owner_id varchar, metric varchar, product_line varchar, unit varchar,
    version bigint, period_type varchar, period_start date, period_label varchar, target_value decimal(18, 4), actual_value decimal(18, 4),
    period_end date, territory_id varchar, customer_id varchar, last_year_value decimal(18, 4));
insert into mart_target_attainment values
    ('org_unit', 'Q-S', 'booked_amount', null, 'CNY', 1, 'month', '2025-06-01', '2025-06', 500000, 480000.5, '2025-07-01', null, null, 400000),
    ('employee', 'E0101', 'booked_amount', null, 'CNY', 1, 'month', '2025-06-01', '2025-06', 250000, 260000, '2025-07-01', null, null, null),
    ('employee', 'E0101', 'booked_amount', null, 'CNY', 2, 'month', '2025-07-01', '2025-07', 270000, null, '2025-08-01', null, null, 240000);
create table fct_open_items (as_of_date date, is_now boolean, document_id varchar, instalment_number bigint,
    customer_id varchar, employee_id varchar, due_on date, open_amount decimal(18, 2));
insert into fct_open_items values ('2025-06-30', true, 'FP1', 1, '00123', 'E0101', '2025-06-15', 1234.56),
    ('2025-06-30', true, 'FP2', 1, 'C2', 'E0102', '2025-07-15', 99);
create table mart_market_share (period_type varchar, period_start date, period_label varchar, segment varchar,
    segment_en varchar, territory_id varchar, market_amount decimal(18, 2), is_given boolean);
"""
JUNE_IS_OVER = datetime(2025, 7, 1, 9)


class Forms:
    """The workspace, and what people do in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.workspace = Workspace.open(root)

    def run(self, *arguments: str) -> int:
        """A command; times are as on the first of July."""
        return execute(["--workspace", str(self.root), *arguments, "--as-of", "2025-06-30"])

    def make(self, form: str, person: str, *more: str) -> Path:
        assert self.run("forms", "make", form, "--for", person, *more) == 0
        (made,) = (path for path in (self.root / "forms").rglob("*.xlsx") if person in path.name)
        return made

    def fill(self, made: Path, name: str, answers: dict[int, dict[str, Any]], change: Callable | None = None) -> Path:
        """Open the workbook, write answers (sheet row → field → value), save it into landing under any name."""
        book = openpyxl.load_workbook(made)
        sheet = book.worksheets[0]
        keys = [cell.value for cell in sheet[KEYS_ROW]]
        for row, cells in answers.items():
            for field, value in cells.items():
                sheet.cell(row, keys.index(field) + 1, value)
        if change:
            change(book)
        path = self.root / "landing" / name
        book.save(path)
        return path

    def load(self) -> IngestResult:
        return ingest(self.workspace)

    def rows(self, table: str, columns: str) -> list[tuple]:
        """The table as it stands: the newest of each key, deletions gone."""
        meta = str(self.workspace.lake / "meta" / "batches.parquet")
        live = duckdb.execute(
            "select batch_id from read_parquet(?) where state = 'live' and table_name = ?", [meta, table]
        ).fetchall()
        paths = [str(self.workspace.lake / "raw" / table / f"batch={batch}" / "part.parquet") for (batch,) in live]
        from expectations.contract import contracts

        key = ", ".join(contracts()[table].key)
        return duckdb.execute(
            f"select {columns} from (select * from read_parquet(?) qualify row_number() over (partition by {key}"
            " order by _sequence desc, _line desc) = 1) where _op <> 'delete' order by all",
            [paths],
        ).fetchall()

    def quarantined(self, table: str) -> list[tuple]:
        paths = [str(path) for path in (self.workspace.quarantine / table).glob("*.parquet")]
        return duckdb.execute("select _line, reasons from read_parquet(?) order by all", [paths]).fetchall()


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Forms:
    monkeypatch.delenv("SALESOPS_LANDING", raising=False)
    monkeypatch.setenv("LANG", "en")
    (tmp_path / "salesops.yml").write_text(
        "company: {name: {zh: 启明机电, en: Qiming}}\nmail: {mode: live, reply_to: data@qiming.cn, from: s@qiming.cn}\n",
        encoding="utf-8",
    )
    for folder in ("sources", "landing", "rulebook", "published"):
        (tmp_path / folder).mkdir()
    with duckdb.connect(str(tmp_path / "published" / "marts.duckdb")) as connection:
        connection.execute("create schema marts; set schema = 'marts'")
        connection.execute(MARTS)
    pointer = {"snapshot": "s", "duckdb": "published/marts.duckdb", "as_of": "2025-06-30"}
    (tmp_path / "published" / "current.json").write_text(json.dumps(pointer))
    return Forms(tmp_path)
