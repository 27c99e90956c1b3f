"""The archive's page and its reports as a manager opens them: in a browser, from plain files, by keyboard, on a phone."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reports.delivery.archive_index import write_index
from reports.delivery.produce import load, produce
from reports.marts import Marts
from reports.periods import resolve
from tests.reports import fixture
from tests.reports.conftest import COMPANY

pytestmark = pytest.mark.slow
PHONE = {"width": 390, "height": 844}
WIDER_THAN_SCREEN = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def shelve(published: Path, archive: Path, scope: str, language: str, label: str) -> None:
    with Marts(published) as marts:
        data = load(marts, "performance", resolve(marts, label), scope)
        produce(data, "performance", scope, language, COMPANY, archive, home_language="zh")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company and a region, two months, two languages; the company's March report was corrected."""
    import duckdb

    folder = tmp_path_factory.mktemp("archived")
    published, archive = fixture.build(folder / "published"), folder / "archive"
    for scope, language, label in (
        ("Q", "zh", "2025-03"),
        ("Q", "en", "2025-03"),
        ("R2", "zh", "2025-03"),
        ("Q", "zh", "2025-02"),
    ):
        shelve(published, archive, scope, language, label)
    pointer = json.loads((published / "current.json").read_text())
    with duckdb.connect(str(folder / pointer["duckdb"])) as connection:
        connection.execute(
            "update marts.marts.mart_performance_by_org_unit set booked_amount = booked_amount + 1000000"
        )
    shelve(published, archive, "Q", "zh", "2025-03")
    return archive


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("there is no chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(params=["zh", "en"])
def page(request: pytest.FixtureRequest, browser: Any, archive: Path) -> Iterator[Any]:
    """The index in a language; the test fails where the console has an error or a request goes out."""
    index = write_index(archive, request.param)
    opened = browser.new_page(viewport={"width": 1200, "height": 900})
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("request", lambda asked: faults.append(asked.url) if asked.url.startswith("http") else None)
    opened.goto(index.as_uri())
    yield opened
    opened.close()
    assert faults == []


def shown(page: Any) -> list[str]:
    return page.locator(".shelf:visible").evaluate_all(
        "rows => rows.map(row => [row.closest('section').querySelector('h2').textContent,"
        " row.cells[1].textContent, row.dataset.language].join(' '))"
    )


def test_reports_stand_by_period_the_newest_first(page: Any) -> None:
    assert shown(page) == ["2025-03 Q en", "2025-03 Q zh", "2025-03 R2 zh", "2025-02 Q zh"]


def test_what_is_typed_or_chosen_filters_the_list_and_its_count(page: Any) -> None:
    page.get_by_role("searchbox").fill("2025-03 r2")
    assert shown(page) == ["2025-03 R2 zh"]
    assert page.locator("#count").inner_text() == "1"
    assert page.locator("section:visible").count() == 1
    page.get_by_role("searchbox").fill("")
    page.get_by_role("combobox").select_option("en")
    assert shown(page) == ["2025-03 Q en"]
    page.get_by_role("searchbox").fill("nothing like this")
    assert shown(page) == []
    assert page.locator("#none").is_visible()


def test_the_keyboard_goes_from_the_search_to_the_first_report_and_opens_it(page: Any) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("r2")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    focused = "getComputedStyle(document.activeElement)"
    assert page.evaluate("document.activeElement.closest('tr').cells[1].textContent") == "R2"
    assert page.evaluate(f"{focused}.outlineStyle") == "solid"
    assert page.evaluate(f"parseFloat({focused}.outlineWidth)") >= 2
    page.keyboard.press("Enter")
    page.wait_for_url("**/report.html")
    assert "华东" in page.locator("body").inner_text()


def test_every_link_leads_to_a_file(page: Any, archive: Path) -> None:
    links = page.locator("a").evaluate_all(
        "links => links.map(link => decodeURIComponent(new URL(link.href).pathname))"
    )
    assert len(links) == 5 * 5 + 4
    assert all(Path(link).is_file() for link in links)


def test_a_corrected_report_says_so_and_keeps_what_it_replaced(page: Any) -> None:
    row = page.locator(".shelf", has_text="2").filter(has=page.locator(".fixed"))
    assert row.count() == 1
    row.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert "rev-1" in (row.locator("details a").first.get_attribute("href") or "")
    assert row.locator("details a").first.is_visible()


def test_nothing_is_wider_than_a_phone(page: Any) -> None:
    page.set_viewport_size(PHONE)
    for summary in page.locator("details > summary").all():
        summary.click()
    assert page.evaluate(WIDER_THAN_SCREEN) <= 0
    assert page.locator(".files a").first.is_visible()


def test_a_report_opened_on_a_phone_is_no_wider_than_it(page: Any) -> None:
    page.set_viewport_size(PHONE)
    page.locator(".what > a").first.click()
    page.wait_for_url("**/report.html")
    assert page.evaluate(WIDER_THAN_SCREEN) <= 0
    assert page.locator("h1").first.is_visible()
