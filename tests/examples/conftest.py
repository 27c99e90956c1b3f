"""The demo company, made once for all tests of it."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from examples.demo_company import world, write
from examples.demo_company.truth import Truth
from examples.demo_company.world import World


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="session")
def truth(folder: Path) -> Truth:
    return write(folder)


@pytest.fixture(scope="session")
def demo() -> World:
    return world.make(2025, 1, date(2025, 6, 30))


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo company's workspace after its first nightly load."""
    folder = tmp_path_factory.mktemp("published")
    write(folder)
    salesops = Path(sys.executable).with_name("salesops")
    command = [str(salesops), "--workspace", str(folder), "run", "--as-of", "2025-06-30"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder
