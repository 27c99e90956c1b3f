"""The exports are files as people get them, and their rows are what the truth says they are."""

import csv
import hashlib
import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from examples.demo_company import write
from examples.demo_company.truth import Truth
from orchestration.ingest import ingest
from orchestration.ingest.check import check_headers
from orchestration.workspace import Workspace
from rulebook import load

ORDERS = "landing/销售订单_20250331.csv"


def hashes(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in folder.rglob("*")
        if p.is_file()
    }


def gb18030(path: Path) -> list[str]:
    return path.read_bytes().decode("gb18030").splitlines()


def test_the_same_seed_gives_the_same_bytes(folder: Path, truth: Truth, tmp_path: Path) -> None:
    write(tmp_path)
    assert hashes(tmp_path) == hashes(folder)


def test_another_seed_gives_another_company(folder: Path, truth: Truth, tmp_path: Path) -> None:
    write(tmp_path, seed=7, as_of=date(2024, 9, 30))
    assert (tmp_path / "landing/客户档案_20240930.csv").exists()
    assert (tmp_path / "truth.json").read_bytes() != (folder / "truth.json").read_bytes()


def test_settings_mappings_and_rules_are_accepted(folder: Path, truth: Truth) -> None:
    workspace = Workspace.open(folder)
    assert check_headers(workspace) == []
    assert [rule.id for rule in load(workspace.rulebook).reports] == [
        "monthly-market",
        "monthly-performance",
        "quarter-review",
        "quarterly-market",
    ]


def test_orders_are_gb18030_and_nothing_else(folder: Path, truth: Truth) -> None:
    assert gb18030(folder / ORDERS)[0].startswith("单据编号,日期,单据状态,客户编码")
    with pytest.raises(UnicodeDecodeError):
        (folder / ORDERS).read_bytes().decode("utf-8")


def test_a_name_with_a_four_byte_character_is_in_both_encodings(folder: Path, truth: Truth) -> None:
    assert "𠮷盛".encode("gb18030") in (folder / ORDERS).read_bytes()
    assert "𠮷盛".encode() in (folder / "landing/客户档案_20250630.csv").read_bytes()


def test_customers_begin_with_a_byte_order_mark(folder: Path, truth: Truth) -> None:
    assert (folder / "landing/客户档案_20250630.csv").read_bytes().startswith("\ufeff客户编码".encode())


def test_the_header_of_an_order_is_repeated_on_its_lines(folder: Path, truth: Truth) -> None:
    rows = list(csv.reader(gb18030(folder / ORDERS)))[1:-1]
    first = [row for row in rows if row[0] == "SO23010002"]
    assert len(first) > 1 and len({tuple(row[:7]) for row in first}) == 1


def test_amounts_have_thousands_separators_and_add_up_to_the_total_row(folder: Path, truth: Truth) -> None:
    rows = list(csv.reader(gb18030(folder / "landing/销售订单_20250430.csv")))
    amounts = [row[15] for row in rows[1:-1]]
    assert any("," in amount for amount in amounts)
    assert rows[-1][0] == "合计"
    assert Decimal(rows[-1][15].replace(",", "")) == sum(Decimal(amount.replace(",", "")) for amount in amounts)


def test_target_sheets_have_titles_merged_headers_and_figures_in_ten_thousands(folder: Path, truth: Truth) -> None:
    sheet = CalamineWorkbook.from_path(folder / "landing/销售目标_金额_2025_20241220.xlsx").get_sheet_by_name("目标")
    rows = sheet.to_python(skip_empty_area=False)
    assert rows[0][0] == "启明机电 2025 年销售目标" and "万元" in str(rows[1][0])
    assert rows[2][:2] == ["对象", ""] and rows[3][:2] == ["层级", "编码"]
    assert ((2, 0), (2, 1)) in sheet.merged_cell_ranges and ((2, 2), (3, 2)) in sheet.merged_cell_ranges
    company = next(row for row in rows if row[:4] == ["公司", "QM", "2025-06", "开票额"])
    planned = truth.figures["company"]["2025-06"]["target_invoiced_amount"]
    assert Decimal(str(company[4])) * 10_000 > planned  # the file of December, before the revision of April
    assert rows[-1][0] == "合计"


def test_every_fault_stands_where_the_truth_says(folder: Path, truth: Truth) -> None:
    for fault in truth.figures["faults"]:
        path = folder / "landing" / fault["file"]
        if path.suffix == ".csv" and fault["value"]:
            content = path.read_bytes()
            encoding = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "gb18030"
            assert fault["value"] in content.decode(encoding).splitlines()[fault["line"] - 1], fault


def test_rows_of_text_files_are_all_accounted_for(folder: Path, truth: Truth) -> None:
    for count in truth.figures["files"]:
        assert count["rows_read"] == count["rows_loaded"] + count["rows_quarantined"] + count["rows_skipped"]
        path = folder / "landing" / count["file"]
        if path.suffix != ".xlsx":
            assert count["rows_read"] == path.read_bytes().count(b"\r\n") - 1, count["file"]


def test_every_kind_of_fault_is_planted(truth: Truth) -> None:
    kinds = {fault["kind"] for fault in truth.figures["faults"]}
    assert kinds == {
        "bad_date", "bad_number", "missing_key", "missing_value", "too_many_cells", "too_few_cells",
        "repeated_row", "unknown_value", "incomplete_dump",
    }  # fmt: skip


def test_truth_is_saved_with_decimals_as_text(folder: Path, truth: Truth) -> None:
    saved = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    assert (
        Decimal(saved["company"]["2025-06"]["invoiced_amount"])
        == truth.figures["company"]["2025-06"]["invoiced_amount"]
    )


def test_the_exports_stay_small(folder: Path, truth: Truth) -> None:
    assert sum(path.stat().st_size for path in (folder / "landing").iterdir()) < 16_000_000


def test_the_form_that_came_back_loads_as_the_truth_says(folder: Path, truth: Truth, tmp_path: Path) -> None:
    (planned,) = (one for one in truth.figures["files"] if one["source"].startswith("forms/"))
    (tmp_path / "landing").mkdir()
    for name in ("salesops.yml", f"landing/{planned['file']}"):
        shutil.copy2(folder / name, tmp_path / name)
    (account,) = (one.account for one in ingest(Workspace.open(tmp_path)).accounts)
    assert (account.rows_read, account.rows_loaded, account.rows_quarantined) == (5, 4, 1)
    assert account.control_total == planned["control_total"] == Decimal("308500.49")
    (fault,) = (one for one in truth.figures["faults"] if one["file"] == planned["file"])
    (kept,) = duckdb.sql(f"select _line, reasons from '{tmp_path}/quarantine/*/*.parquet'").fetchall()
    assert kept == (fault["line"], 'amount: "金额待定" is not a number (column amount)')
