"""The printed rulebook says what the rules say, in both languages, and is the same twice."""

import io
import re
from datetime import date
from pathlib import Path

import pytest

from orchestration import rulebook_document as document
from orchestration.rulebook_document import Source
from orchestration.rulebook_document.prose import html, tree
from rulebook import load, version
from rulebook.rule import Rule
from rulebook.told import NONE, Grid, flat, told

BASIS = """
- id: basis-2023
  name: {zh: 业绩口径, en: Basis of sales}
  effective: {from: 2023-01-01, to: 2024-12-31}
  approved: {by: E1, on: 2022-12-01, document: 制度-1.pdf}
  basis: booked_amount
- id: basis-2025
  name: {zh: 新口径, en: New basis}
  effective: {from: 2025-01-01}
  approved: {by: E1, on: 2024-12-01, document: 制度-2.pdf}
  owner: E2
  review_by: 2025-12-31
  basis: invoiced_amount
- id: basis-2026
  name: {zh: 口径草案, en: Basis on trial}
  status: draft
  effective: {from: 2026-01-01}
  basis: collected_amount
"""
COLLECTION = """
- id: collection
  effective: {from: 2023-01-01}
  approved: {by: E1, on: 2022-12-01}
  ageing: {edges: [0, 30], provision: [0%, 1.5%, 50%]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "chapters").mkdir()
    (tmp_path / "sales_basis.yml").write_text(BASIS, encoding="utf-8")
    (tmp_path / "collection.yml").write_text(COLLECTION, encoding="utf-8")
    prose = "为什么<script>这样</script>算：**公平**，\n也**简单**。"
    (tmp_path / "chapters" / "sales_basis.zh.md").write_text(prose, encoding="utf-8")
    return tmp_path


def source(folder: Path) -> Source:
    people = {"E2": "何丽娟"}
    return Source(load(folder), folder / "chapters", "启明 & Co", version(folder), date(2025, 6, 30), people)


def chapter(folder: Path, name: str, language: str) -> dict:
    return next(one for one in document.content(source(folder), language)["chapters"] if one["id"] == name)


def test_rules_are_in_force_coming_drafts_or_past_by_the_day(folder: Path) -> None:
    basis = chapter(folder, "sales_basis", "en")
    assert [(rule["id"], rule["state_word"]) for rule in basis["rules"]] == [
        ("basis-2025", "In force"),
        ("basis-2026", "Draft"),
    ]
    assert [rule["id"] for rule in basis["past"]] == ["basis-2023"]
    [draft] = [rule for rule in chapter(folder, "sales_basis", "zh")["rules"] if rule["state"] == "draft"]
    assert (draft["state_word"], draft["approved"]) == ("草案", "未批准")


def test_a_rule_is_told_as_a_sentence_with_its_owner_by_name(folder: Path) -> None:
    rule = chapter(folder, "sales_basis", "zh")["rules"][0]
    assert rule["sentence"].startswith("公司的业绩按开票额（不含税）计算")
    assert (rule["owner"], rule["approved"], rule["document"]) == ("何丽娟 (E2)", "E1 2024-12-01", "制度-2.pdf")


def test_ageing_is_a_table_of_bands_with_their_rates(folder: Path) -> None:
    [policy] = load(folder).chapters["collection"]
    [ageing] = [item for item in told(policy, "en") if item.label == "Ageing and provision"]
    [bands] = ageing.value  # type: ignore[misc]
    assert bands.value == Grid(
        ("Overdue", "Provision"), (("not due", "0%"), ("1–30 days", "1.5%"), ("31 days or more", "50%"))
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_value_of_every_rule_stands_on_the_page_and_in_the_pdf(folder: Path, language: str) -> None:
    from pypdf import PdfReader

    view = document.content(source(folder), language)
    page = document.html(view)
    pages = PdfReader(io.BytesIO(document.pdf(view))).pages
    paper = squeezed("".join(one.extract_text() for one in pages))
    shown = [rule for one in view["chapters"] for rule in one["rules"]]
    assert {rule["id"] for rule in shown} > {"basis-2025", "basis-2026", "collection"}
    for rules in load(folder).chapters.values():
        for rule in rules:
            if rule.id in {one["id"] for one in shown}:
                for value in values(rule, language):
                    assert squeezed(value) in squeezed(unescaped(page)), value
                    assert squeezed(value) in paper, value


def values(rule: Rule, language: str) -> list[str]:
    stated = flat(told(rule, language, leave_out=frozenset(Rule.model_fields)))  # type: ignore[arg-type]
    return [text for _, text in stated if text != NONE]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad-]+", "", text)


def unescaped(page: str) -> str:
    from html import unescape

    return unescape(re.sub(r"<[^>]+>", "", page))


def test_prose_is_shown_and_never_run(folder: Path) -> None:
    page = document.html(document.content(source(folder), "zh"))
    assert "为什么&lt;script&gt;这样&lt;/script&gt;算：<strong>公平</strong>，也<strong>简单</strong>。" in page
    assert "<script" not in page
    assert "启明 &amp; Co" in page


def test_chinese_lines_join_without_a_space_and_english_with_one() -> None:
    assert html("一\n二", "zh") == "<p>一二</p>\n"
    [paragraph] = tree("one\ntwo", "en")
    assert [node["text"] for node in paragraph["children"][0]["children"]] == ["one", " ", "two"]


def test_the_same_rules_give_the_same_bytes(folder: Path) -> None:
    for language in ("zh", "en"):
        one, other = (document.content(source(folder), language) for _ in range(2))
        assert document.html(one) == document.html(other)
        assert document.pdf(one) == document.pdf(other)


def test_each_link_of_the_contents_has_its_place(folder: Path) -> None:
    page = document.html(document.content(source(folder), "en"))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))


def test_shipped_prose_names_chapters_and_is_there_in_both_languages() -> None:
    from rulebook.book import DEFAULTS
    from rulebook.chapters import CHAPTERS

    files = [path.name.split(".") for path in (DEFAULTS / "chapters").iterdir()]
    names = {name for name, *_ in files}
    assert names <= {*CHAPTERS, "preface"}
    assert sorted((name, language) for name, language, _ in files) == sorted(
        (n, t) for n in names for t in ("zh", "en")
    )


def test_the_order_of_reading_names_chapters_once() -> None:
    from orchestration.rulebook_document.content import READING
    from rulebook.chapters import CHAPTERS

    assert len(set(READING)) == len(READING)
    assert set(READING) <= set(CHAPTERS)
