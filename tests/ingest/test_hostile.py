"""Files made to harm the reader: each is refused or quarantined with a sentence, in bounded memory and time."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from orchestration.ingest.apart import load_apart
from orchestration.ingest.ledger import File
from orchestration.ingest.load import Job
from orchestration.ingest.plan import make_plan
from orchestration.ingest.run import Ledger, contracts, ledger_path
from salesops.errors import UserError


def workbook(*cells: tuple[int, int, str]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for row, column, text in (*cells, (0, 0, "编码"), (0, 1, "名称"), (1, 0, "C1"), (1, 1, "一")):
            sheet.write_string(row, column, text)
    return content.getvalue()


def with_part(book: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            out.writestr(name, change(source.read(name)) if name == part else source.read(name))
    return target.getvalue()


@pytest.fixture
def excel(office):
    office.mapping(
        "customers",
        "files: customers*\nload: upsert\ntables: {customers: {columns: {customer_id: 编码, name: 名称}}}\n",
    )
    return office


def reason(office, name: str, content: bytes) -> str:
    office.drop(name, content)
    (held,) = office.load().held
    return str(held.problem)


def test_a_sheet_that_spans_the_whole_grid_of_excel_breaks_only_its_own_reading(excel):
    text = reason(excel, "customers.xlsx", workbook((1_048_575, 16_383, "x")))
    assert "customers.xlsx" in text and "needs more than 6 GiB of memory" in text


def test_a_workbook_that_claims_to_unpack_to_gigabytes_is_refused_unopened(excel):
    book = workbook()
    place = book.rindex(b"PK\x01\x02")
    huge = book[: place + 24] + (3 << 30).to_bytes(4, "little") + book[place + 28 :]
    assert "unpacks to more than 2 GB" in reason(excel, "customers.xlsx", huge)


def test_a_workbook_that_unpacks_to_more_than_it_claims_is_refused(excel):
    book = with_part(workbook(), "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * (300 << 20))
    start = book.index(b"xl/worksheets/sheet1.xml", book.rindex(b"PK\x01\x02") - 2000)
    assert len(book) < 1 << 20
    lying = book[: start - 22] + (1000).to_bytes(4, "little") + book[start - 18 :]
    assert "larger than its declared uncompressed size" in reason(excel, "customers.xlsx", lying)


def test_entities_that_multiply_in_a_workbook_are_not_expanded(excel):
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "boom">{lines}]>'.encode()

    def change(xml: bytes) -> bytes:
        return xml.replace(b"<workbook ", bomb + b"<workbook ", 1).replace(b'name="Sheet1"', b'name="&e9;"')

    text = reason(excel, "customers.xlsx", with_part(workbook(), "xl/workbook.xml", change))
    assert "cannot be read" in text or "damaged" in text


def test_a_header_of_a_million_columns_is_refused(excel):
    header = ",".join(["编码", "名称", *(f"c{n}" for n in range(1_000_000))])
    assert "1,000,002 columns; 16,384 are the most" in reason(excel, "customers.csv", f"{header}\nC1,一\n".encode())


def test_a_cell_of_many_megabytes_costs_its_own_row(excel):
    excel.drop("customers.csv", "编码,名称\nC1," + "x" * (20 << 20) + "\nC2,二\n")
    account = excel.account()
    assert (account.rows_read, account.rows_loaded, account.rows_quarantined) == (2, 1, 1)
    assert excel.rows("customers", "customer_id, name") == [("C2", "二")]


def test_text_that_looks_like_a_formula_is_loaded_as_the_text_it_is(excel):
    excel.drop("customers.csv", '编码,名称\nC1,"=HYPERLINK(""http://x"",""y"")"\nC2,+1-1\nC3,@SUM(A1)\n')
    excel.load()
    names = [name for (name,) in excel.rows("customers", "name")]
    assert names == ['=HYPERLINK("http://x","y")', "+1-1", "@SUM(A1)"]


def job_of(office, name: str, content: bytes) -> tuple[Job, Path]:
    path = office.drop(name, content)
    with Ledger(ledger_path(office.workspace)) as ledger:
        plan = make_plan(office.workspace, ledger)
    (file,) = plan.files
    known = {table: contracts()[table] for table in plan.batch_ids(file)}
    scratch = office.workspace.lake / ".scratch-0"
    scratch.mkdir(parents=True)
    numbered = File(**{**vars(file), "number": 1})
    folders = (office.workspace.lake, office.workspace.quarantine, scratch)
    return Job(numbered, plan.sources["customers"], known, plan.batch_ids(file), {}, *folders), path


def test_a_reader_that_runs_out_of_memory_or_time_says_so(excel):
    rows = "\n".join(f"C{n},{'n' * 50}{n}" for n in range(200_000))
    job, path = job_of(excel, "customers.csv", f"编码,名称\n{rows}\n".encode())
    with pytest.raises(UserError, match="took longer than 0 seconds, and was broken off") as late:
        load_apart(job, path, seconds=0.01)
    assert late.value.where == "customers.csv"
    with pytest.raises(UserError, match=r"needs more than 0\.0625 GiB of memory"):
        load_apart(job, path, most_memory=64 << 20)
    assert load_apart(job, path)[0].rows_loaded == 200_000
