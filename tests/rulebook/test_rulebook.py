"""Rules are read as they are written, and a wrong one is explained where it stands."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from rulebook import compile_rules, load, version
from salesops.errors import UserError

COLLECTION = """
- id: collection-2024
  effective: {from: 2024-01-01, to: 2024-12-31}
  headline: due_in_period
  ageing: {edges: [0, 30, 90], provision: [0%, 1%, 5%, 50%]}
- id: collection-2025
  effective: {from: 2025-01-01}
  ageing: {edges: [0, 60], provision: [0%, 0.5%, 100%]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "collection.yml").write_text(COLLECTION, encoding="utf-8")
    return tmp_path


def rows(folder: Path, table: str) -> list[dict]:
    compile_rules(folder, folder / "out")
    return pq.read_table(folder / "out" / f"{table}.parquet").to_pylist()


def test_buckets_leave_no_gap_and_begin_with_what_is_not_due(folder: Path) -> None:
    buckets = [row for row in rows(folder, "ageing_buckets") if row["rule_id"] == "collection-2024"]
    assert [(b["bucket"], b["days_to"]) for b in buckets] == [
        ("not_due", 0),
        ("1-30", 30),
        ("31-90", 90),
        (">90", None),
    ]
    assert [b["provision_rate"] for b in buckets] == [Decimal(x) for x in ("0", "0.01", "0.05", "0.5")]


def test_the_last_day_of_a_rule_is_still_in_force(folder: Path) -> None:
    assert rows(folder, "collection")[0]["effective_to"] == date(2025, 1, 1)


def test_a_draft_is_registered_but_not_in_force(folder: Path) -> None:
    text = (
        (folder / "collection.yml")
        .read_text()
        .replace("- id: collection-2025", "- id: collection-2025\n  status: draft")
    )
    (folder / "collection.yml").write_text(text)
    assert [r["status"] for r in rows(folder, "rules") if r["chapter"] == "collection"] == ["approved", "draft"]
    assert [row["rule_id"] for row in rows(folder, "collection")] == ["collection-2024"]


def test_the_version_changes_with_the_content(folder: Path) -> None:
    before = version(folder)
    (folder / "collection.yml").write_text(COLLECTION.replace("0.5%", "0.6%"))
    assert version(folder) != before


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (
            "headline: due_in_period",
            "headline: due_in_periods",
            ":4: `headline`: `due_in_periods` is none of its choices. Did you mean `due_in_period`?",
        ),
        ("headline: due_in_period", "headlin: due_in_period", "Did you mean `headline`?"),
        ("[0%, 1%, 5%, 50%]", "[0%, 1%, 5%]", "3 edges need 4 provision rates"),
        ("edges: [0, 30, 90]", "edges: [0, 90, 30]", "must begin with 0 and rise"),
        ("provision: [0%, 1%, 5%, 50%]", "provision: [0, 1%, 5%, 50%]", "write a percentage, as 5%"),
        ("to: 2024-12-31", "to: 2025-12-31", "`collection-2024` and `collection-2025` are both in force on 2025-01-01"),
        ("to: 2024-12-31", "to: 2023-12-31", "before it begins"),
        ("- id: collection-2025", "- id: collection-2024", "used twice"),
    ],
)
def test_a_wrong_rule_is_explained(folder: Path, right: str, wrong: str, said: str) -> None:
    (folder / "collection.yml").write_text(COLLECTION.replace(right, wrong), encoding="utf-8")
    with pytest.raises(UserError) as raised:
        load(folder)
    assert said in str(raised.value)
    assert "collection.yml" in str(raised.value)


def test_an_unknown_chapter_is_refused(folder: Path) -> None:
    (folder / "colection.yml").write_text("[]")
    with pytest.raises(UserError, match="no such chapter"):
        load(folder)


def test_a_reader_needs_an_address_or_a_role(tmp_path: Path) -> None:
    rule = "- {id: r, effective: {from: 2025-01-01}, report: performance, to: [{scope: company}]}"
    (tmp_path / "reports.yml").write_text(rule)
    with pytest.raises(UserError, match="either `managers_of: every_unit` or `mail"):
        load(tmp_path)
