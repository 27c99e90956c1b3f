"""`salesops quarantine`: what is kept out, why, and a mend that heals it."""

import json
from pathlib import Path

import pytest

from orchestration.cli.chinese import CHINESE
from orchestration.cli.main import execute
from orchestration.cli.messages import translate
from orchestration.cli.quarantine import RULES
from orchestration.ingest import ingest
from orchestration.ingest import rows as typing_rules
from orchestration.workspace import Workspace

MAPPING = """files: receipts*.csv
load: upsert
tables:
  receipts:
    columns:
      receipt_id: id
      received_on: on
      customer_id: customer
      amount: amount
      kind: {column: kind, values: {收款: receipt, 退款: refund}}
"""
EXPORT = """id,on,customer,amount,kind
R1,2024-01-05,C1,1,收款
R2,25/12/2024,C1,2,退款
R3,2024-01-05,C1,3,作废
R4,2024-01-05,,4,预收; 定金
合 计,,,10,
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SALESOPS_LANDING", raising=False)
    (tmp_path / "salesops.yml").write_text("company: {name: {zh: 启明机电, en: Qiming}}\n", encoding="utf-8")
    for folder in ("sources", "landing"):
        (tmp_path / folder).mkdir()
    (tmp_path / "sources" / "receipts.yml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "landing" / "receipts.csv").write_text(EXPORT, encoding="utf-8")
    ingest(Workspace.open(tmp_path))
    return tmp_path


def told(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert execute(["--workspace", str(root), "quarantine", *arguments]) == 0
    return capsys.readouterr().out


def test_rows_are_counted_by_reason(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    groups = json.loads(told(root, capsys, "list", "--json"))["groups"]
    counted = [(one["source"], one["table"], one["reason"], one["rows"], one["files"]) for one in groups]
    assert counted == [
        ("receipts", "receipts", "kind:unknown_value", 2, 1),
        ("receipts", "receipts", "customer_id:required", 1, 1),
        ("receipts", "receipts", "received_on:date", 1, 1),
    ]


def test_a_row_is_shown_with_file_line_reason_cells_and_rule(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    english = told(root, capsys, "show", "--lang", "en", "--reason", "kind:unknown_value")
    assert "receipts.csv, row 4, for receipts" in english
    assert '  kind: "作废" is not among the mapped values (column kind)' in english
    assert "id=R3 · on=2024-01-05 · customer=C1 · amount=3 · kind=作废" in english
    assert '  customer_id: is empty (column customer)\n  kind: "预收; 定金" is not among' in english
    assert "2 of 2 rows" in english


def test_everything_about_a_row_is_said_in_chinese_too(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chinese = told(root, capsys, "show", "--lang", "zh")
    assert "receipts.csv，第 3 行，表 receipts" in chinese
    assert "received_on：“25/12/2024”不是日期（列“on”）" in chinese
    assert "received_on:date：日期按年、月、日的常见写法读取；其他顺序须写 `format:`。" in chinese
    assert "共 3 行，显示 3 行" in chinese


def test_the_suggested_lines_heal_the_rows(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mends = json.loads(told(root, capsys, "show", "--json"))["mends"]
    lines = [one["line"] for one in mends]
    assert lines == [
        "received_on: {column: 'on', format: ['%Y-%m-%d', '%d/%m/%Y']}",
        "kind: {column: kind, values: {收款: receipt, 退款: refund, 作废: skip, 预收; 定金: skip}}",
    ]
    assert {one["where"] for one in mends} == {"sources/receipts.yml, tables: receipts: columns:"}
    kept = [line for line in MAPPING.splitlines() if not line.strip().startswith(("received_on", "kind"))]
    text = "\n".join([*kept, *(f"      {line}" for line in lines)])
    (root / "sources" / "receipts.yml").write_text(text, encoding="utf-8")
    (root / "landing" / "receipts.csv").unlink()
    (again,) = ingest(Workspace.open(root)).accounts
    assert (again.account.rows_loaded, again.account.rows_quarantined) == (2, 0)
    assert told(root, capsys, "list", "--lang", "en") == "No row is in quarantine.\n"


def test_filters_and_a_stated_limit(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(root, capsys, "show", "--json", "--limit", "1"))
    assert (found["total"], found["limit"], [row["line"] for row in found["rows"]]) == (3, 1, [3])
    for options, lines in [
        (("--reason", "required"), [5]),
        (("--reason", "kind"), [4, 5]),
        (("--table", "orders"), []),
        (("--source", "receipts", "--file", "receipts"), [3, 4, 5]),
        (("--file", "x'y"), []),
    ]:
        assert [row["line"] for row in json.loads(told(root, capsys, "show", "--json", *options))["rows"]] == lines


def test_every_rule_is_in_words_in_both_languages() -> None:
    rules = {*typing_rules.NUMBERS, "cells", "required", "unknown_value", "date", "timestamp"}
    rules |= {"unknown_name", "ambiguous_name", "damaged_text", "formula_error", "rounded_code", "currency"}
    assert rules == set(RULES)
    assert [words for words in RULES.values() if words not in CHINESE] == []


@pytest.mark.parametrize("says", ["is not a whole number", "is not a date", "is damaged text"])
def test_a_reason_is_translated_whatever_the_cell_holds(says: str) -> None:
    assert translate(f'name: "a (b) c" {says} (column x y)', "zh") == f"name：“a (b) c”{CHINESE[says]}（列“x y”）"
