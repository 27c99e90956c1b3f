from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

import duckdb
import pytest

from reports.content import Document
from reports.documents import market_analysis, performance
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
    "K01": "<img src=x onerror=alert(2)>",
    "漏油": '#panic("x")',
    "source": "https://example.org/<b>协会</b>",
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
    return _maker(performance, published)


@pytest.fixture(scope="session")
def make_market(published: Path) -> Callable[..., Document]:
    """The market analysis of the fixture publication."""
    return _maker(market_analysis, published)


def _maker(report: ModuleType, published: Path) -> Callable[..., Document]:
    def document(
        language: str = "zh", label: str | None = None, scope: str = "Q", kind: str = "month", of: Path | None = None
    ) -> Document:
        with Marts(of or published) as opened:
            data = report.load(opened, resolve(opened, label, kind), scope)
        return report.build(data, language, COMPANY)

    return document


@pytest.fixture(scope="session")
def asked(published: Path) -> Callable[[str], list[tuple]]:
    """A second road to the numbers: SQL on the file itself."""

    def ask(sql: str) -> list[tuple]:
        with duckdb.connect(str(published / "fixture" / "marts.duckdb"), read_only=True) as connection:
            connection.execute("set schema = 'marts'")
            return connection.execute(sql).fetchall()

    return ask
