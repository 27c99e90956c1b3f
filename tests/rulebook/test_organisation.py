"""Duties and authority: what is written becomes rows, and a limit in the wrong unit is refused where it stands."""

from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from rulebook import compile_rules, load
from salesops.errors import UserError

DUTIES = """
- id: duties
  effective: {from: 2025-01-01}
  duties:
    - id: set-targets
      name: {zh: 下达目标, en: Set targets}
      accountable: [{level: company}]
      responsible: [{level: region}, {unit: QM-E1}]
"""
AUTHORITY = """
- id: authority
  effective: {from: 2025-01-01}
  limits:
    - {kind: discount, level: team, role: manager, up_to: 5%}
    - {kind: credit, level: company}
  visibility:
    - {role: manager, sees: own_subtree, content: [sales, receivables]}
"""


def rows(folder: Path, table: str) -> list[dict]:
    compile_rules(folder, folder / "out")
    return pq.read_table(folder / "out" / f"{table}.parquet").to_pylist()


def write(folder: Path, chapter: str, text: str) -> Path:
    (folder / f"{chapter}.yml").write_text(text, encoding="utf-8")
    return folder


def test_every_bearer_of_a_duty_is_a_row(tmp_path: Path) -> None:
    found = rows(write(tmp_path, "duties", DUTIES), "duty_bearers")
    assert [(row["involvement"], row["org_level"], row["org_unit_id"]) for row in found] == [
        ("accountable", "company", None),
        ("responsible", "region", None),
        ("responsible", None, "QM-E1"),
    ]


def test_a_limit_that_nobody_wrote_is_none(tmp_path: Path) -> None:
    found = rows(write(tmp_path, "authority", AUTHORITY), "authority_limits")
    assert [(row["kind"], row["limit_rate"], row["is_unlimited"]) for row in found] == [
        ("discount", Decimal("0.05"), False),
        ("credit", None, True),
    ]
    assert {row["content"] for row in rows(tmp_path, "data_visibility")} == {"sales", "receivables"}


def test_the_shipped_defaults_are_drafts_and_decide_nothing(tmp_path: Path) -> None:
    assert [rule.status for rule in load(tmp_path).chapters["duties"]] == ["draft"]
    assert rows(tmp_path, "authority_limits") == rows(tmp_path, "duties") == []


@pytest.mark.parametrize(
    ("chapter", "text", "told"),
    [
        ("authority", AUTHORITY.replace("up_to: 5%", "up_to_amount: 5"), "a discount is a percentage"),
        ("authority", AUTHORITY.replace("level: company", "level: company, up_to: 5%"), "a credit is an amount"),
        ("authority", AUTHORITY.replace("credit, level: company", "credit"), "whom it applies to"),
        ("duties", DUTIES.replace("{level: company}", "{level: company, unit: QM}"), "either"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(tmp_path: Path, chapter: str, text: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        load(write(tmp_path, chapter, text))
