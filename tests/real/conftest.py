"""AdventureWorks, loaded once through the public command line, and the answers that others computed."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "real" / "adventureworks"
EXAMPLE = ROOT / "examples" / "adventureworks"


@pytest.fixture(scope="session")
def data() -> Path:
    """The public data set, which stays where it is."""
    if not DATA.is_dir():
        pytest.skip("the public data is not there: ../shared/real/adventureworks")
    return DATA


@pytest.fixture(scope="session")
def workspace(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace made of the example, loaded as of the last day of the data."""
    folder = tmp_path_factory.mktemp("adventureworks")
    home, landing = folder / "workspace", folder / "landing"
    shutil.copytree(EXAMPLE, home)
    landing.mkdir()
    for path in (*data.glob("*.csv"), *(EXAMPLE / "landing_extra").glob("*.csv")):
        shutil.copy(path, landing)
    command = [
        str(Path(sys.executable).with_name("salesops")),
        "--workspace",
        str(home),
        "run",
        "--as-of",
        "2014-06-30",
    ]
    environment = {**os.environ, "SALESOPS_LANDING": str(landing)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return home


@pytest.fixture(scope="session")
def marts(workspace: Path, data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published marts, opened for reading, with every answer as a table of schema `answers`."""
    current = json.loads((workspace / "published" / "current.json").read_text(encoding="utf-8"))
    with duckdb.connect() as connection:
        connection.execute(f"attach '{workspace / current['duckdb']}' as published (read_only)")
        connection.execute("create schema answers")
        for path in sorted((data / "answers").glob("*.csv")):
            connection.execute(f"create table answers.{path.stem} as from read_csv('{path}')")
        for name in ("SalesOrderHeader", "SalesTerritory"):
            connection.execute(f"create view {name} as from read_csv('{data / name}.csv', all_varchar = true)")
        connection.execute("set search_path = 'memory.main,published.marts'")
        yield connection
