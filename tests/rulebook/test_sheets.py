"""Tables of rules go to a workbook and back: unchanged they leave every byte, changed they leave all the rest."""

import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import examples.demo_company
from rulebook import load
from rulebook.book import DEFAULTS
from rulebook.sheets import read, write
from salesops.errors import UserError

DEMO = Path(examples.demo_company.__file__).parent / "template" / "rulebook"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(DEMO, tmp_path / "rulebook")
    return tmp_path / "rulebook"


class Filled:
    """A workbook of a chapter, in a program's hands."""

    def __init__(self, folder: Path, chapter: str) -> None:
        self.path = folder.parent / "rules.xlsx"
        write([folder / f"{chapter}.yml"], self.path)
        self.book = openpyxl.load_workbook(self.path)

    def sheet(self, table: str) -> Worksheet:
        return next(sheet for sheet in self.book if sheet["A1"].value.endswith(f" · {table}"))

    def saved(self) -> Path:
        self.book.save(self.path)
        return self.path


@pytest.mark.parametrize("rules", [DEMO, DEFAULTS], ids=["demo", "defaults"])
def test_without_a_change_every_file_stays_as_it_is_byte_for_byte(tmp_path: Path, rules: Path) -> None:
    from rulebook.sheets import source

    shutil.copytree(rules, tmp_path / "rulebook")
    files = sorted((tmp_path / "rulebook").glob("*.yml"))
    assert write(files, tmp_path / "rules.xlsx") > len(files) / 2
    assert read(tmp_path / "rules.xlsx", tmp_path / "rulebook") == []
    for path in files:
        assert path.read_bytes() == (rules / path.name).read_bytes()
        assert source.dump(source.load(path)) == path.read_text(encoding="utf-8"), path.name


def test_a_changed_cell_changes_its_value_and_nothing_else(folder: Path) -> None:
    before = (folder / "commission.yml").read_text("utf-8")
    filled = Filled(folder, "commission")
    filled.sheet("tiers.bands")["D6"] = "1.3%"
    (change,) = read(filled.saved(), folder)
    assert (change.before, change.after, change.cell.rpartition("!")[2]) == ("1.2%", "1.3%", "D6")
    assert (folder / "commission.yml").read_text("utf-8") == before.replace("rate: 1.2%", "rate: 1.3%")


def test_rows_are_added_and_taken_out_and_comments_stay(folder: Path) -> None:
    filled = Filled(folder, "commission")
    splits = filled.sheet("splits")
    splits["D5"], splits["C7"], splits["D7"] = "70%", "manager", "10%"
    late = filled.sheet("late_cash")
    late["C6"], late["D6"] = None, None
    read(filled.saved(), folder)
    (plan,) = load(folder).chapters["commission"]
    assert [(share.to, f"{share.share:f}") for share in plan.splits] == [
        ("owner_at_invoice", "0.7"),
        ("owner_at_receipt", "0.2"),
        ("manager", "0.1"),
    ]
    assert [int(band.from_) for band in plan.late_cash] == [0, 181, 366]
    text = (folder / "commission.yml").read_text("utf-8")
    assert "# 换人后，收款的人得两成 · after a handover a fifth goes to who collects" in text
    assert len(text.splitlines()) == len((DEMO / "commission.yml").read_text("utf-8").splitlines())


def test_days_numbers_and_lists_that_a_program_made_of_text_are_read_as_meant(folder: Path) -> None:
    filled = Filled(folder, "calendar")
    work_days = filled.sheet("work_days")
    first = work_days["C5"].value
    work_days["C5"] = datetime.fromisoformat(first)
    work_days["C5"].number_format = "yyyy-mm-dd"
    assert read(filled.saved(), folder) == []
    filled = Filled(folder, "segments")
    segments = filled.sheet("segments")
    columns = {cell.value: cell.column_letter for cell in segments[4]}
    segments[f"{columns['when.industry']}6"] = "包装印刷; 纺织"
    assert len(read(filled.saved(), folder)) == 1
    (rule,) = load(folder).chapters["segments"]
    assert rule.segments[1].when.industry == ("包装印刷", "纺织")


BROKEN = [
    ("commission", "tiers.bands", "D6", "much", "write a percentage"),
    ("commission", "splits", "C5", "nobody", "`nobody` is none of its choices"),
    ("scorecards", "kpis", "E5", "31", "the weights add up to 101, not to 100"),
    ("rebates", "bands", "C6", "", "this key is missing"),
]


@pytest.mark.parametrize(("chapter", "table", "cell", "value", "says"), BROKEN)
def test_a_broken_cell_is_named_and_nothing_is_written(
    folder: Path, chapter: str, table: str, cell: str, value: str, says: str
) -> None:
    before = (folder / f"{chapter}.yml").read_bytes()
    filled = Filled(folder, chapter)
    sheet = filled.sheet(table)
    sheet[cell] = value or None
    with pytest.raises(UserError) as refused:
        read(filled.saved(), folder)
    assert says in refused.value.what
    assert refused.value.where == f"rules.xlsx {sheet.title}!{cell}"
    assert (folder / f"{chapter}.yml").read_bytes() == before


def test_any_other_workbook_is_refused(folder: Path, tmp_path: Path) -> None:
    other = openpyxl.Workbook()
    other.active["A1"] = "hello"
    other.save(tmp_path / "other.xlsx")
    with pytest.raises(UserError, match="this sheet shows no table of a rule"):
        read(tmp_path / "other.xlsx", folder)
    (tmp_path / "text.xlsx").write_text("hello")
    with pytest.raises(UserError, match="not a workbook"):
        read(tmp_path / "text.xlsx", folder)
