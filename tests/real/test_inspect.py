"""Public data looked into without mappings: does inspection find what the examples' mappings say?"""

import shutil
from pathlib import Path

import pytest

from tests.inspect.judge import counted, inspected
from tests.real.conftest import ROOT, data_set

pytestmark = pytest.mark.real


@pytest.mark.slow
def test_adventureworks_main_files_are_recognised(tmp_path: Path) -> None:
    data, example = data_set("adventureworks"), ROOT / "examples" / "adventureworks"
    folder = tmp_path / "exports"
    folder.mkdir()
    for path in (*data.glob("*.csv"), *(example / "landing_extra").glob("*.csv")):
        shutil.copy(path, folder)
    count = counted(inspected(folder, tmp_path / "scratch"), example / "sources")
    assert (count.tables, count.wrong_tables, count.wrong_required) == (10, [], [])
    assert (count.columns, len(count.wrong_columns)) == (50, 2), count.wrong_columns


def test_invoices_and_receipts_in_one_list_are_told_apart(tmp_path: Path) -> None:
    data, example = data_set("wwi_receivables"), ROOT / "examples" / "wide_world_importers"
    found = inspected(data, tmp_path / "scratch")
    count = counted(found, example / "sources")
    assert (count.tables, count.wrong_tables, count.wrong_required) == (2, [], [])
    assert (count.columns, count.wrong_columns) == (9, [])
    (proposal,) = (one for one in found.proposals if one.looked.glob == ("CustomerTransactions*.csv",))
    assert [dict(table.where) for table in proposal.tables] == [{"TransactionTypeID": (kind,)} for kind in ("1", "3")]
