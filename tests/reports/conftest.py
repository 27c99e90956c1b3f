from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from reports.content import Document
from reports.documents import performance
from reports.marts import Marts
from reports.periods import resolve
from tests.reports import fixture

COMPANY = SimpleNamespace(
    name=SimpleNamespace(zh="启明机电", en="Qiming Machinery"),
    currency="CNY",
    show_money_in=SimpleNamespace(zh="万元", en="thousand"),
)
HOSTILE = {
    "C37": '<script>alert("x")</script>',
    "C01": '#read("/etc/passwd") $x$ *b* [y]',
    "C09": "=cmd|' /C calc'!A0",
    "C34": "W" * 200,
    "R1": "华南<b>&amp;",
    "E03": "周\\涛 'or'1",
}


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fixture.build(tmp_path_factory.mktemp("workspace") / "published")


@pytest.fixture(scope="session")
def hostile_published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fixture.build(tmp_path_factory.mktemp("hostile") / "published", HOSTILE)


@pytest.fixture
def marts(published: Path) -> Iterator[Marts]:
    with Marts(published) as opened:
        yield opened


@pytest.fixture(scope="session")
def make(published: Path) -> Callable[..., Document]:
    """The performance report of the fixture publication."""

    def document(
        language: str = "zh", label: str | None = None, scope: str = "Q", kind: str = "month", of: Path | None = None
    ) -> Document:
        with Marts(of or published) as opened:
            data = performance.load(opened, resolve(opened, label, kind), scope)
        return performance.build(data, language, COMPANY)

    return document
