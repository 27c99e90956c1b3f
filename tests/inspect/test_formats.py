"""How unknown files read: encodings, delimiters, title rows, totals, decimal commas, dates, and what stays unsure."""

import json
from pathlib import Path

import pytest

from orchestration.cli.main import execute
from orchestration.ingest.sources import load_source
from orchestration.inspect.folder import Inspection, Proposal, inspect_files
from orchestration.inspect.write import mapping_text
from tests.ingest.conftest import Office


def looked_into(folder: Path, name: str, content: bytes) -> Proposal:
    (folder / "in").mkdir(exist_ok=True)
    (folder / "out").mkdir(exist_ok=True)
    (folder / "in" / name).write_bytes(content)
    found: Inspection = inspect_files([folder / "in" / name], folder / "out")
    assert not found.problems
    return found.proposals[0]


def text_of(proposal: Proposal) -> str:
    return mapping_text(proposal, lambda sentence, **values: sentence.format(**values))


INVOICES = (
    "发票号,开票日期,客户编码,不含税金额,价税合计\nF1,2025-01-02,C1,100.00,113.00\nF2,2025-01-03,C2,200.00,226.00\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_of_chinese_text_is_found(encoding: str, tmp_path: Path) -> None:
    proposal = looked_into(tmp_path, "发票_20250131.csv", INVOICES.encode(encoding))
    assert proposal.looked.sample.encoding == encoding.removesuffix("-sig")
    assert [table.table for table in proposal.tables] == ["invoices"] and proposal.missing == []


def test_western_text_of_windows_is_not_taken_for_chinese(tmp_path: Path) -> None:
    text = "customer id,name,industry\n1,Café Müller,Gebäck\n2,Señor Ñandú,Año\n3,Ångström,Öl\n"
    assert looked_into(tmp_path, "customers.csv", text.encode("cp1252")).looked.sample.encoding == "cp1252"


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(sign: str, tmp_path: Path) -> None:
    proposal = looked_into(tmp_path, "invoices.csv", INVOICES.replace(",", sign).encode())
    assert proposal.looked.sample.delimiter == sign and proposal.missing == []


def test_title_rows_units_and_a_total_row_are_found(tmp_path: Path) -> None:
    text = "2025年1月开票明细,,,,\n单位：万元,,,,\n发票号,开票日期,客户编码,不含税金额(万元),价税合计(万元)\n"
    text += "F1,2025-01-02,C1,10.5,11.865\nF2,2025-01-03,C2,2,2.26\n合计,,,12.5,14.125\n"
    written = text_of(looked_into(tmp_path, "开票.csv", text.encode("gb18030")))
    assert "header_row: 3" in written and "skip_rows_where: {发票号: [合计]}" in written
    assert "net_amount: {column: 不含税金额(万元), times: 10000}" in written
    assert "totals: {net_amount: last_row, gross_amount: last_row}" in written


def test_decimal_commas_and_german_dates_are_found(tmp_path: Path) -> None:
    text = "invoice no;customer no;invoice date;net amount;total\nA1;7;31.03.2025;1.234,56;1.469,13\n"
    text += "A2;8;01.04.2025;99,00;117,81\nTotal;;;1.333,56;1.586,94\n"
    written = text_of(looked_into(tmp_path, "invoices.csv", text.encode()))
    assert 'decimal: ","' in written and '{column: invoice date, format: "%d.%m.%Y"}' in written
    assert "totals: {net_amount: last_row, gross_amount: last_row}" in written


def test_a_date_that_may_be_read_two_ways_is_marked_with_both(tmp_path: Path) -> None:
    text = "invoice no,customer no,invoice date,net amount,total\nA1,7,03/04/2025,1,1\nA2,8,05/06/2025,2,2\n"
    written = text_of(looked_into(tmp_path, "invoices.csv", text.encode()))
    (line,) = (line for line in written.splitlines() if "invoiced_on" in line)
    assert "? 50 %" in line and "%d/%m/%Y" in line and "%m/%d/%Y" in line


def test_values_tell_the_column_when_its_name_does_not(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "customers.csv").write_text("客户编码,客户名称\nC01,甲\nC02,乙\nC03,丙\n", encoding="utf-8")
    (tmp_path / "out").mkdir()
    visits = "活动编号,日期,XYZ\nV1,2025-01-02,C01\nV2,2025-01-03,C02\nV3,2025-01-04,C03\n"
    (folder / "拜访.csv").write_text(visits, encoding="utf-8")
    found = inspect_files([folder], tmp_path / "out")
    (one,) = (table for proposal in found.proposals for table in proposal.tables if table.table == "activities")
    (line,) = (line for line in one.lines if line.field == "customer_id")
    assert (line.column, line.score, line.why) == ("XYZ", 70, "the values are in customers")


def test_a_ledger_of_invoices_and_receipts_is_told_apart_by_the_sign_of_its_kinds(tmp_path: Path) -> None:
    text = "transaction id,invoice no,customer no,transaction type,transaction date,net amount,transaction amount\n"
    text += "1,F1,C1,DR,2025-01-02,100,113\n2,,C1,DZ,2025-02-02,0,-113\n3,F3,C2,DR,2025-02-03,50,56.5\n"
    written = text_of(looked_into(tmp_path, "ledger.csv", text.encode()))
    assert "where: {transaction type: [DR]}" in written and "where: {transaction type: [DZ]}" in written
    assert "amount: {column: transaction amount, times: -1}" in written


def test_a_file_that_feeds_no_table_is_said_to(tmp_path: Path) -> None:
    proposal = looked_into(tmp_path, "weather.csv", b"station,rain,wind\nA,1,2\nB,3,4\n")
    assert proposal.tables == () and proposal.guesses


def test_writing_needs_force_to_write_over_a_mapping(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.drop("发票_20250131.csv", INVOICES)
    mine = office.workspace.sources / "invoices.yml"
    root = ["--workspace", str(office.workspace.root)]
    assert execute([*root, "inspect", "--write"]) == 0 and "totals" not in mine.read_text(encoding="utf-8")
    mine.write_text("mine", encoding="utf-8")
    assert execute([*root, "inspect", "--write"]) == 0 and mine.read_text(encoding="utf-8") == "mine"
    assert execute([*root, "inspect", "--write", "--force"]) == 0
    assert set(load_source(mine).mapping.tables) == {"invoices"}
    assert office.account().rows_loaded == 2
    capsys.readouterr()
    assert execute([*root, "inspect", "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)["files"]
    assert one["tables"]["invoices"]["columns"]["invoice_id"]["column"] == "发票号"
    assert one["preview"][0]["would_load"] == 2


def test_a_mapping_that_lacks_a_required_field_is_a_draft_that_no_run_reads(office: Office) -> None:
    office.drop("发票.csv", "发票号,开票日期,客户编码,价税合计\nF1,2025-01-02,C1,113\n")
    assert execute(["--workspace", str(office.workspace.root), "inspect", "--write"]) == 0
    draft = office.workspace.sources / "invoices.yml.draft"
    assert "# net_amount:" in draft.read_text(encoding="utf-8") and not draft.with_suffix("").exists()
