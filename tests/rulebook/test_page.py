"""docs/rules.md and docs/rules.zh.md say what the models of the rules say, in both languages alike."""

import re
from pathlib import Path

import pytest

from rulebook.chapters import CHAPTERS
from rulebook.page import PAGES, page

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("language", PAGES)
def test_the_page_is_current(language: str) -> None:
    written = (DOCS / PAGES[language]).read_text(encoding="utf-8")
    assert written == page(language), "run `python -m rulebook.page`"


def test_both_pages_name_the_same_keys_and_every_chapter() -> None:
    keys = {language: re.findall(r"^\| `([^`]+)` \|", page(language), re.MULTILINE) for language in PAGES}
    assert keys["zh"] == keys["en"]
    assert {"tiers.bands[].rate", "late_cash[].factor", "effective.from"} <= set(keys["en"])
    assert all(f"`{chapter}.yml`" in page("zh") for chapter in CHAPTERS)
