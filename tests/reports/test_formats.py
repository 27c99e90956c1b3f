import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from reports import charts
from reports.content import Document, Table, Text, figures
from reports.content import charts as charts_of
from reports.formats import pdf, typeset
from reports.formats.email_body import email_body
from reports.formats.html import render as html
from reports.formats.view import writer_of
from reports.render import render
from salesops.errors import UserError

Make = Callable[..., Document]


class Reader(HTMLParser):
    """Text, tags and alt texts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.tags, self.labels, self.root = "", [], "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.tags.append(tag)
        self.labels += f" {given.get('aria-label') or ''} {given.get('alt') or ''}"
        if tag == "html":
            self.root = given["lang"] or ""

    def handle_data(self, data: str) -> None:
        self.text += f" {data}"


def numbers(text: str) -> set[str]:
    return set(re.findall(r"[−+]?\d[\d,]*(?:\.\d+)?(?:%|pp)?", text))


def shown(document: Document) -> set[str]:
    writer = writer_of(document)
    return {writer.figure(figure) for figure in figures(document) if figure.value is not None}


def printed(document: Document, alt: bool = True) -> set[str]:
    """What stands on the page in digits: sentences, tables, and what is said of the charts; not a line's every point."""
    blocks = [block for section in document.sections for block in section.blocks]
    said = [
        block if isinstance(block, Table | Text) else block.alt for block in blocks if alt or isinstance(block, Table)
    ]
    parts = (document.lead, document.verdict, [section.note for section in document.sections], said, document.data_box)
    return {writer_of(document).figure(figure) for figure in figures(parts) if figure.value is not None}


def sentences(document: Document) -> list[str]:
    """Everything that the document says in words: head, verdict, titles, notes, texts, table heads, data box."""
    writer, sections = writer_of(document), document.sections
    blocks = [block for section in sections for block in section.blocks]
    whole = [
        document.lead,
        document.verdict,
        *(section.note for section in sections),
        document.data_box.accounts,
        document.data_box.origin,
    ]
    whole += [block.sentence for block in blocks if isinstance(block, Text)]
    words = [
        document.title,
        document.subtitle,
        document.status,
        *document.facts,
        *(section.title for section in sections),
    ]
    words += [column.title for block in blocks if isinstance(block, Table) for column in block.columns]
    return [squeezed(text) for text in (*map(writer.plain, whole), *words)]


def squeezed(text: str) -> str:
    return re.sub(r"[\s¹²³⁴†‡§\xad]", "", text)


def pdf_text(content: bytes) -> str:
    from pypdf import PdfReader

    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.fixture(scope="module", params=["zh", "en"])
def rendered(request: pytest.FixtureRequest, make: Make, tmp_path_factory: pytest.TempPathFactory):
    document = make(request.param)
    folder = tmp_path_factory.mktemp(request.param)
    return document, folder, render(document, folder, ["html", "pdf"])


def test_a_report_is_its_pages_and_its_numbers(rendered) -> None:
    assert [path.name for path in rendered[2]] == ["report.html", "report.pdf", "data.json"]


def test_data_json_lists_every_number_with_mart_keys_and_snapshot(rendered) -> None:
    document, folder, _ = rendered
    data = json.loads((folder / "data.json").read_text())
    assert (data["snapshot"], data["scope"], data["period"]) == ("20250402T034100", "Q", "2025-03")
    assert {entry["shown"] for entry in data["figures"] if entry["value"]} == shown(document)
    assert all(entry["mart"] and entry["measure"] and "keys" in entry for entry in data["figures"])


def test_the_html_shows_the_numbers_of_data_json_and_no_others(rendered) -> None:
    document, folder, _ = rendered
    page = Reader((folder / "report.html").read_text())
    known = {entry["shown"] for entry in json.loads((folder / "data.json").read_text())["figures"] if entry["value"]}
    assert {number for number in printed(document) if number not in f"{page.text} {page.labels}"} == set()
    table = (folder / "report.html").read_text().split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    assert numbers(Reader(table).text) - known == set()


def test_the_pdf_shows_the_numbers_of_the_html(rendered) -> None:
    document, folder, _ = rendered
    text = pdf_text((folder / "report.pdf").read_bytes())
    squeezed = re.sub(r"\s", "", text)
    assert {number for number in printed(document, alt=False) if number not in squeezed} == set()


@pytest.mark.parametrize("file", ["report.html", "report.pdf"])
def test_every_sentence_title_and_head_is_on_the_page(rendered, file: str) -> None:
    document, folder, _ = rendered
    content = (folder / file).read_bytes()
    page = squeezed(pdf_text(content) if file.endswith("pdf") else Reader(content.decode()).text)
    assert [text for text in sentences(document) if text not in page] == []


def test_the_page_is_self_contained_and_names_its_language(rendered) -> None:
    document, folder, _ = rendered
    page = (folder / "report.html").read_text()
    assert Reader(page).root == {"zh": "zh-CN", "en": "en"}[document.language]
    assert not re.search(r'(src|href)="(?!#)', page)
    assert "@import" not in page
    assert "url(" not in page.replace("url(#", "")


def test_every_chart_has_an_alt_text_with_a_number(rendered) -> None:
    document, _, _ = rendered
    for chart in charts_of(document):
        assert numbers(writer_of(document).plain(chart.alt)), chart.name


def test_the_pdf_has_a_title_a_language_and_the_cut_off_as_its_date(rendered) -> None:
    from pypdf import PdfReader

    document, folder, _ = rendered
    reader = PdfReader(folder / "report.pdf")
    assert reader.metadata.title == f"{document.title} · {document.subtitle}"
    assert reader.trailer["/Root"]["/Lang"].startswith(document.language)
    assert reader.metadata.creation_date.strftime("%Y-%m-%d") == "2025-04-01"


def test_the_first_page_holds_the_whole_story(rendered) -> None:
    from pypdf import PdfReader

    document, folder, _ = rendered
    first = re.sub(r"\s", "", PdfReader(folder / "report.pdf").pages[0].extract_text())
    assert [s.title for s in document.sections if not s.detail and re.sub(r"\s", "", s.title) not in first] == []


def test_the_same_numbers_give_the_same_bytes(make: Make) -> None:
    first, second = (render_all(make("zh")) for _ in range(2))
    assert first == second


def render_all(document: Document) -> tuple[str, bytes, str]:
    charts.svg.cache_clear()
    return html(document), pdf.render(document), email_body(document).html


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_mail_is_small_and_says_the_same_in_text_and_html(make: Make, language: str) -> None:
    document = make(language)
    body = email_body(document)
    page = Reader(body.html)
    table = body.html.split("<table width", 1)[1].split("</table>", 1)[0]
    assert len(body.html.encode()) < 80_000
    assert numbers(Reader("<table" + table).text) - numbers(body.text) == set()
    assert writer_of(document).plain(document.lead) in body.text
    assert set(re.findall(r'src="cid:(\w+)"', body.html)) == set(body.images)
    assert all(png.startswith(b"\x89PNG") for png in body.images.values())
    assert "<style" not in body.html
    assert body.html.count('role="presentation"') >= 3
    assert page.root == {"zh": "zh-CN", "en": "en"}[language]


def test_the_subject_names_period_status_and_the_three_numbers(make: Make) -> None:
    assert email_body(make("zh", scope="R2")).subject.startswith("【2025年3月业绩·初稿】华东 达成98.9% 回款78.3% 逾期")
    assert email_body(make("en", scope="R2")).subject.startswith(
        "[March 2025 sales · preliminary] East 98.9% of target"
    )


def test_hostile_names_are_text_in_every_format(make: Make, hostile_published: Path) -> None:
    document = make("zh", of=hostile_published)
    page, body = html(document), email_body(document)
    for text in (page, body.html):
        assert "<script" not in text
        assert "script" not in Reader(text).tags
        assert "<script>alert(" in Reader(text).text
    paper = re.sub(r"\s", "", pdf_text(pdf.render(document)))
    assert '#read("/etc/passwd")$x$*b*[y]' in paper
    assert "root:" not in paper
    assert "=cmd|'/CcalcA0".replace("A0", "'!A0") in paper
    assert "W" * 39 + "…" in paper


def test_a_glyph_that_the_font_lacks_stops_the_pdf(make: Make, tmp_path: Path) -> None:
    from tests.reports import fixture

    published = fixture.build(tmp_path / "published", {"C37": "缺字\U0001f9ff"})
    with pytest.raises(UserError, match="the PDF cannot be made"):
        pdf.render(make("zh", of=published))


def test_chinese_in_charts_is_drawn_with_the_shipped_font(make: Make) -> None:
    def drawn(language: str) -> str:
        document = make(language)
        return next(charts.svg(chart, writer_of(document)) for chart in charts_of(document) if chart.name == "units")

    assert "华南" in drawn("zh")
    pictures = typeset.pictures({"zh": drawn("zh"), "again": drawn("zh"), "en": drawn("en")}, scale=2)
    boxes = typeset.pictures({"boxes": re.sub("[\u4e00-\u9fff]", "\ue000", drawn("zh"))}, scale=2)["boxes"]
    assert pictures["zh"] == pictures["again"] != boxes
    assert pictures["zh"] != pictures["en"]


def test_an_unknown_format_is_refused(make: Make, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="`docx` is not a format"):
        render(make("zh"), tmp_path, ["docx"])
