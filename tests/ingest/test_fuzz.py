"""Generated tables and mutated exports: the reader never crashes, every row has its fate, and what it loads is true."""

import csv
import io
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
import xlsxwriter
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from expectations.contract import contracts
from orchestration.forms.marks import MARKS_SHEET, read_marks
from orchestration.ingest.ledger import Account, File
from orchestration.ingest.load import Job, batch_path, load_file, quarantine_path
from orchestration.ingest.mapping import Mapping, Source
from orchestration.ingest.preset import NOT_IN_MAPPINGS, preset, preset_names
from salesops.errors import UserError
from tests.ingest.test_presets import golden_of

FEW, MANY = 40, 10_000  # of each of the two kinds
ORDERS = {
    "files": "orders*",
    "load": "upsert",
    "tables": {
        "orders": {
            "columns": {
                "order_id": "单号",
                "ordered_on": {"column": "日期", "format": "%Y-%m-%d"},
                "customer_id": "客户",
                "status": {"column": "状态", "values": {"已审核": "confirmed", "作废": "cancelled", "草稿": "skip"}},
            }
        }
    },
}
Row = tuple[str, str, str, str]


def fuzzed(cases: int) -> settings:
    """The same cases each time; a case is as slow as the machine."""
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(
        max_examples=cases,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=checks,
        phases=[Phase.generate],
    )


def load(content: bytes, name: str, mapping: dict) -> tuple[list[Account], dict[str, list[tuple]]]:
    """Loads the file within this process; the accounts, and all columns of the loaded rows by table."""
    source = Source("fuzz", Path("fuzz.yml"), Mapping.model_validate(mapping))
    day = date(2025, 6, 30)
    tables = {table: contracts()[table] for table in source.mapping.tables}
    with TemporaryDirectory() as folder:
        home = Path(folder)
        (path := home / name).write_bytes(content)
        (home / "scratch").mkdir()
        file = File("fuzz", name, "0" * 64, len(content), day, day, 1, path)
        job = Job(file, source, tables, dict.fromkeys(tables, "b"), {}, home / "lake", home / "bad", home / "scratch")
        accounts = load_file(job, path)
        rows = {one.table: all_of(batch_path(home / "lake", one.table, "b")) for one in accounts if one.state == "live"}
        for one in accounts:
            bad = quarantine_path(home / "bad", one.table, "b")
            assert one.rows_quarantined == (len(all_of(bad)) if bad.exists() else 0)
    return accounts, rows


def all_of(path: Path) -> list[tuple]:
    return duckdb.execute("select * from read_parquet(?)", [str(path)]).fetchall()


ids = st.text(st.sampled_from("AZ09号-_/.,;'\"|\n 　é€"), max_size=8).map(lambda text: f"S{text}")
names = st.text(st.sampled_from('客户甲,";\n\t =+@#<&\\'), max_size=12).map(lambda text: f"c{text}c")
days = st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(str) | st.sampled_from(["坏", "2025-02-30", "", "13"])
rows = st.tuples(ids, days, names, st.sampled_from(["已审核", "作废", "草稿", "", "审核中"]))
dialects = st.tuples(
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)


def fates(table: list[Row]) -> dict[str, list]:
    """What becomes of each row, worked out apart: loaded rows (line, fields), the lines kept out, the number skipped."""
    found: dict[str, list] = {"loaded": [], "kept out": [], "skipped": []}
    for line, (order, day, customer, status) in enumerate(table, 2):
        try:
            ordered_on = date.fromisoformat(day)
        except ValueError:
            ordered_on = None
        if status == "草稿":
            found["skipped"].append(line)
        elif ordered_on is None or status == "审核中":
            found["kept out"].append(line)
        else:
            known = {"已审核": "confirmed", "作废": "cancelled"}
            found["loaded"].append((line, order.strip(" 　\n\t"), ordered_on, customer, known.get(status)))
    return found


def a_generated_table_loads_as_what_it_says(table: list[Row], dialect: tuple[str, str, str, int]) -> None:
    encoding, delimiter, newline, quoting = dialect
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=newline, quoting=quoting)
    writer.writerows([("单号", "日期", "客户", "状态"), *table])
    read = {"encoding": "utf-8" if encoding == "utf-8-sig" else encoding, "delimiter": delimiter}
    (account,), loaded = load(text.getvalue().encode(encoding), "orders.csv", ORDERS | {"read": read})
    place = {name: n for n, name in enumerate([*(one.name for one in contracts()["orders"].fields), "_file", "_line"])}
    wanted = ("_line", "order_id", "ordered_on", "customer_id", "status")
    expected = fates(table)
    assert [tuple(row[place[name]] for name in wanted) for row in loaded["orders"]] == expected["loaded"]
    assert account.rows_quarantined == len(expected["kept out"])
    assert account.rows_skipped == len(expected["skipped"])
    assert account.rows_read == len(table)


@cache
def exports() -> list[tuple[str, bytes, dict]]:
    """Small exports of every preset, and a workbook, with the mappings that read them."""
    found = []
    for name in preset_names():
        export, _ = golden_of(name)
        known = {key: value for key, value in preset(name).items() if key not in NOT_IN_MAPPINGS}
        found.append((export.name, export.read_bytes(), {"files": "*"} | known))
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["单号", "日期", "客户", "状态"])
        sheet.write_row(1, 0, ["S1", "2025-01-01", "甲", "已审核"])
        book.add_worksheet(MARKS_SHEET).write_row(0, 0, ["form", "targets"])
    return [*found, ("orders.xlsx", content.getvalue(), ORDERS)]


pieces = st.sampled_from(
    [b'"', b"\n", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf", b",", b"\t", b'""', b"\xa1", b"=", b"9" * 40]
)
mutations = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.sampled_from(["put", "cut", "change", "end", "twice"]), pieces),
    min_size=1,
    max_size=6,
)


def mutated(content: bytes, changes: list[tuple[float, str, bytes]]) -> bytes:
    for share, how, piece in changes:
        place = int(share * len(content))
        before, after = content[:place], content[place:]
        content = {
            "put": before + piece + after,
            "cut": before + after[len(piece) * 3 :],
            "change": before + piece + after[len(piece) :],
            "end": content if share < 0.5 else before,
            "twice": before + after[:200] + after,
        }[how]
    return content


def see_whether_it_is_a_form(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        (path := Path(folder) / "form.xlsx").write_bytes(content)
        assert read_marks(path) is None


def a_mutated_export_is_held_or_accounted_for(number: int, changes: list[tuple[float, str, bytes]]) -> None:
    name, original, mapping = exports()[number]
    content = mutated(original, changes)
    see_whether_it_is_a_form(content)
    try:
        accounts, loaded = load(content, name, mapping)
    except UserError as problem:
        assert problem.what and problem.where.startswith(name)
        return
    for one in accounts:
        assert one.rows_read == one.rows_loaded + one.rows_quarantined + one.rows_skipped
        assert one.state == "held" or len(loaded[one.table]) == one.rows_loaded


tables = st.lists(rows, max_size=25)
numbers = st.integers(0, len(preset_names())) | st.just(len(preset_names()))  # the workbook is the last


@fuzzed(FEW)
@given(tables, dialects)
def test_a_generated_table_loads_as_what_it_says(table, dialect):
    a_generated_table_loads_as_what_it_says(table, dialect)


@fuzzed(FEW)
@given(numbers, mutations)
def test_a_mutated_export_is_held_or_accounted_for(number, changes):
    a_mutated_export_is_held_or_accounted_for(number, changes)


@pytest.mark.slow
@fuzzed(MANY)
@given(tables, dialects)
def test_ten_thousand_generated_tables_load_as_what_they_say(table, dialect):
    a_generated_table_loads_as_what_it_says(table, dialect)


@pytest.mark.slow
@fuzzed(MANY)
@given(numbers, mutations)
def test_ten_thousand_mutated_exports_are_held_or_accounted_for(number, changes):
    a_mutated_export_is_held_or_accounted_for(number, changes)
