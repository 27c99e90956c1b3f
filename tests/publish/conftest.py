"""One PostgreSQL server for all tests of this folder, and a fresh database for each."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.postgres import Postgres, running_server


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    with running_server() as running:
        yield running


@pytest.fixture
def database(server: Postgres) -> Iterator[Postgres]:
    name = f"d{uuid4().hex[:12]}"
    server.do(f"create database {name}")
    yield Postgres(server.folder, name)
    server.do(f"drop database {name} with (force)", "drop role if exists salesops_reader")
