"""Public data sets, each loaded once through the public command line, and the answers that others computed."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[2]


def data_set(name: str) -> Path:
    """A public data set, which stays where it is."""
    folder = ROOT.parent / "shared" / "real" / name
    if not folder.is_dir():
        pytest.skip(f"the public data is not there: ../shared/real/{name}")
    return folder


def load(example: str | Path, data: Path, folder: Path, as_of: str) -> Path:
    """A workspace made of the example in `examples/`, loaded as of the last day of the data."""
    home, landing, source = folder / "workspace", folder / "landing", ROOT / "examples" / example  # a whole path stays
    shutil.copytree(source, home)
    landing.mkdir()
    for path in (*data.glob("*.csv"), *(source / "landing_extra").glob("*.csv")):
        shutil.copy(path, landing)
    salesops = str(Path(sys.executable).with_name("salesops"))
    command = [salesops, "--workspace", str(home), "run", "--as-of", as_of]
    environment = {**os.environ, "SALESOPS_LANDING": str(landing)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return home


@contextmanager
def opened(workspace: Path, data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published marts, opened for reading, with every answer as a table of schema `answers`."""
    current = json.loads((workspace / "published" / "current.json").read_text(encoding="utf-8"))
    with duckdb.connect() as connection:
        connection.execute(f"attach '{workspace / current['duckdb']}' as published (read_only)")
        connection.execute("create schema answers")
        for path in sorted((data / "answers").glob("*.csv")):
            connection.execute(f"create table answers.{path.stem} as from read_csv('{path}')")
        connection.execute("set search_path = 'memory.main,published.marts'")
        yield connection
