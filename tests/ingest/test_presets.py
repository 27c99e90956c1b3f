"""Presets: each loads a small export that holds its system's quirks to the rows a person worked out by hand."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from orchestration.ingest.preset import merged, preset, preset_names
from orchestration.ingest.sources import load_source
from salesops.errors import UserError
from tests.ingest.conftest import Office

EXPORTS = Path(__file__).parent / "presets"
NO_TABLE = {"quirks", "read", "skipped", "quarantined"}


def shown(value: Any) -> Any:
    """As a person writes it: no zeros after the last digit that says something."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value) if isinstance(value, date | int) else value


def written(cell: str) -> str | None:
    if cell == "null":
        return None
    return cell.rstrip("0").rstrip(".") if re.fullmatch(r"-?\d+\.\d+", cell) else cell.replace("\\n", "\n")


def test_every_preset_has_an_export_of_its_own() -> None:
    have = {path.parent.relative_to(EXPORTS).as_posix() for path in EXPORTS.glob("*/*/golden.yml")}
    assert have == set(preset_names())


def golden_of(name: str) -> tuple[Path, dict[str, Any]]:
    """The export that ships for a preset, and what is known of it."""
    folder = EXPORTS / name
    (export,) = (path for path in folder.iterdir() if path.name != "golden.yml")
    return export, yaml.load((folder / "golden.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def assert_golden(office: Office, golden: dict[str, Any]) -> None:
    """What was loaded is what a person worked out by hand."""
    accounts = [one.account for one in office.load().accounts]
    tables = [table for table in golden if table not in NO_TABLE]
    assert sorted(account.table for account in accounts) == sorted(tables)
    for account in accounts:
        assert account.state == "live", account.reason
        skipped = golden.get("skipped", {})
        assert {rule: str(rows) for rule, rows in account.skips.items()} == skipped.get(account.table, skipped)
        expected = golden[account.table]
        found = office.rows(account.table, ", ".join(["_op", *expected["fields"]]))
        rows = [[shown(value) for value in row] for operation, *row in found if operation != "delete"]
        assert rows == [list(map(written, row)) for row in expected["rows"]]
        refused = {str(line): reasons for line, reasons, _ in office.quarantined(account.table)}
        assert refused.keys() == golden.get("quarantined", {}).keys()
        assert all(golden["quarantined"][line] in reasons for line, reasons in refused.items())


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_loads_its_export_to_the_golden_rows(name: str, office: Office) -> None:
    export, golden = golden_of(name)
    office.drop(export.name, export.read_bytes())
    mapping = {"files": export.name, "preset": name} | ({"read": golden["read"]} if "read" in golden else {})
    office.mapping("export", yaml.safe_dump(mapping, allow_unicode=True))
    assert_golden(office, golden)


def test_a_mapping_says_only_what_differs_from_its_preset(tmp_path: Path) -> None:
    path = tmp_path / "deals.yml"
    path.write_text(
        "files: deals.csv\npreset: salesforce/opportunities\nread: {encoding: gb18030}\n"
        "tables: {opportunities: {where: , columns: {stage: {values: {Demo: needs}}, name: Title, lost_reason: }}}\n",
        encoding="utf-8",
    )
    mapping = load_source(path).mapping
    table = mapping.tables["opportunities"]
    assert mapping.load == "full" and mapping.read.encoding == "gb18030" and table.where == {}
    assert table.columns["stage"].values["Demo"] == "needs" and table.columns["stage"].values["Closed Won"] == "won"
    assert table.columns["name"].column == "Title" and "lost_reason" not in table.columns


def test_an_error_under_a_preset_points_to_the_workspaces_own_line(tmp_path: Path) -> None:
    path = tmp_path / "deals.yml"
    path.write_text("files: d.csv\npreset: salesforce/opportunites\n", encoding="utf-8")
    with pytest.raises(UserError, match="no preset") as found:
        load_source(path)
    assert found.value.where == f"{path}:2" and "salesforce/opportunities" in found.value.mend
    path.write_text("files: d.csv\n\npreset: hubspot/deals\ntables: {opportunities: {columns: {stage: }}}\n", "utf-8")
    with pytest.raises(UserError, match="needs the field `stage`") as found:
        load_source(path)
    assert found.value.where == f"{path}:4"


def test_an_export_may_lack_what_only_optional_fields_take_from_a_preset(office: Office) -> None:
    office.drop("deals.csv", "Record ID,Deal Stage,Create Date\n1,Closed Won,2025-01-02\n")
    office.mapping("deals", "files: deals.csv\npreset: hubspot/deals\n")
    assert office.account().rows_loaded == 1
    assert office.rows("opportunities", "opportunity_id, stage, status, amount") == [("1", "won", "won", None)]


def test_an_export_must_have_what_required_fields_take_from_a_preset(office: Office) -> None:
    office.drop("deals.csv", "Record ID,Deal Stage\n1,Closed Won\n")
    office.mapping("deals", "files: deals.csv\npreset: hubspot/deals\n")
    account = office.account()
    assert account.state == "held" and "Create Date" in (account.reason or "")


@pytest.mark.parametrize(
    ("name", "column"),
    [("erpnext/sales_orders", "Status"), ("odoo/sale_orders", "state"), ("shopify/orders", "Financial Status")],
)
def test_an_export_must_have_the_column_that_tells_drafts_from_orders(office: Office, name: str, column: str) -> None:
    header, *rows = golden_of(name)[0].read_text("utf-8").splitlines()
    office.drop("o.csv", "\n".join([header.replace(f",{column},", ",Other,"), *rows]))
    office.mapping("orders", f"files: o.csv\npreset: {name}\n")
    accounts = [one.account for one in office.load().accounts]
    assert accounts and all(
        account.state == "held" and f"`{column}` is missing" in (account.reason or "") for account in accounts
    )


def test_an_erpnext_return_that_is_cancelled_later_is_taken_back(office: Office) -> None:
    head = "ID,Customer,Date,Payment Due Date,Is Return (Credit Note),Net Total,Grand Total,Status,Item Code (Items)\n"
    sale = "S-1,C1,2025-06-01,2025-07-01,0,100.0,113.0,Paid,A\n,,,,,,,,B\n"
    office.drop("1.csv", f"{head}{sale}R-1,C1,2025-06-02,2025-06-02,1,-10.0,-11.3,Return,A\n,,,,,,,,B\n")
    office.mapping("invoices", "files: '*.csv'\npreset: erpnext/sales_invoices\n")
    office.load()
    assert office.current("invoices", "invoice_id", "net_amount, status") == [(100, "confirmed")]
    assert office.current("credit_notes", "credit_note_id", "net_amount, gross_amount") == [(10, Decimal("11.3"))]
    office.drop("2.csv", f"{head}R-1,C1,2025-06-02,2025-06-02,1,-10.0,-11.3,Cancelled,A\n,,,,,,,,B\n")
    office.load()
    assert office.current("credit_notes", "credit_note_id", "net_amount") == []


@pytest.mark.quirk("Q26")
def test_lines_are_numbered_within_their_document(office: Office) -> None:
    lines = "files: l.csv\nload: upsert\n{read}tables: {{order_lines: {{columns: {columns}}}}}\n"
    columns = "{order_id: No, line_number: {value: '{line}'}, quantity: Q, net_amount: A}"
    office.mapping("lines", lines.format(read="read: {fill_down: [No]}\n", columns=columns))
    office.drop("l.csv", "No,Q,A\nX,1,1\n,2,2\nY,3,3\nY,4,4\n")
    office.load()
    found = office.rows("order_lines", "order_id, line_number, quantity")
    assert found == [("X", 1, 1), ("X", 2, 2), ("Y", 1, 3), ("Y", 2, 4)]
    office.mapping("lines", lines.format(read="", columns=columns))
    with pytest.raises(UserError, match="nothing says which column names the document"):
        office.load()


def test_merging_takes_whole_columns_where_one_is_named_again() -> None:
    below = {"columns": {"a": {"column": "A", "values": {"x": "y"}}, "b": "B"}}
    assert merged(below, {"columns": {"a": {"value": "1"}, "b": None}}) == {"columns": {"a": {"value": "1"}}}


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_says_what_it_is_for_in_both_languages(name: str) -> None:
    assert preset(name)["about"].keys() == {"zh", "en"} and preset(name)["known_by"]
