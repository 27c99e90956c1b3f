"""The demo company, made once for all tests of it."""

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
