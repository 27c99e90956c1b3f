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
