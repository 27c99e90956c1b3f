"""A publication small enough to know by heart: a company, two regions, one team, five employees."""

import json
from pathlib import Path

import duckdb
import pytest

ORG = """
create table marts.dim_org_unit as
select *, date '2020-01-01' as valid_from from (values
  ('Q', '启明', 'Qiming', 'company', null, false, 0, 1, 'E1', null::date),
  ('E', '华东', 'East', 'region', 'Q', false, 1, 2, 'E2', null),
  ('E1T', '上海组', 'Shanghai team', 'team', 'E', true, 2, 3, 'E2', null),
  ('E/direct', '直属', 'Direct', 'team', 'E', true, 2, 4, null, null),
  ('W', '华西', 'West', 'region', 'Q', true, 1, 5, 'E3', null),
  ('N', '华北', 'North', 'region', 'Q', true, 1, 6, 'E4', null),
  ('S', '华南', 'South', 'region', 'Q', true, 1, 7, 'E5', null),
  ('X', '旧区', 'Closed', 'region', 'Q', true, 1, 8, 'E3', date '2024-01-01'),
  ('G', '空缺', 'Vacant', 'region', 'Q', true, 1, 9, 'E9', null)
) as t(org_unit_id, name, name_en, org_level, parent_org_unit_id, is_leaf, depth, sort_order, manager_employee_id,
  valid_to)
"""
EMPLOYEES = """
create table marts.dim_employee as select * from (values
  ('E1', '总经理', 'Ann Boss', 'boss@qiming.cn', null::date), ('E2', '东经理', null, 'east@qiming.cn', null),
  ('E3', '西经理', 'Wes West', 'west@qiming.cn', date '2025-03-01'), ('E4', '北经理', 'Nora North', null, null),
  ('E5', '南经理', 'Sue South', 'south@qiming.invalid', null)) as t(employee_id, name, name_en, email, left_on)
"""
CLOSURE = """
create table marts.dim_org_unit_closure as
with recursive up as (
  select org_unit_id as descendant_id, org_unit_id as ancestor_id, 0 as distance from marts.dim_org_unit
  union all
  select u.descendant_id, o.parent_org_unit_id, u.distance + 1 from up u join marts.dim_org_unit o
    on o.org_unit_id = u.ancestor_id where o.parent_org_unit_id is not null)
select *, date '2020-01-01' as valid_from, date '9999-12-31' as valid_to from up
"""


@pytest.fixture
def published(tmp_path: Path) -> Path:
    folder = tmp_path / "published"
    folder.mkdir()
    with duckdb.connect() as connection:
        connection.execute(f"attach '{folder / 'marts.duckdb'}' as written; use written; create schema written.marts")
        for sql in (ORG, EMPLOYEES, CLOSURE):
            connection.execute(sql)
    pointer = {"snapshot": "s", "duckdb": "published/marts.duckdb", "parquet": "published/p", "as_of": "2025-03-31"}
    (folder / "current.json").write_text(json.dumps(pointer))
    return folder
