import io
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from reports.content import Document, Section, Table, figures
from reports.content import charts as charts_of
from reports.documents import market_analysis
from reports.formats import pdf
from reports.formats.email_body import email_body
from reports.formats.html import render as html
from reports.formats.view import view, writer_of
from reports.marts import Marts
from reports.periods import resolve
from reports.render import render
from tests.reports import fixture
from tests.reports.conftest import COMPANY

Make = Callable[..., Document]
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])


def section(document: Document, name: str) -> Section:
    return next(section for section in document.sections if section.name == name)


def names(document: Document) -> list[str]:
    return [section.name for section in document.sections]


def rows(document: Document, name: str) -> list[list[str]]:
    writer = writer_of(document)
    [table] = [b for s in document.sections for b in s.blocks if isinstance(b, Table) and b.name == name]
    return [[writer.plain(cell) if cell else "—" for cell in row.cells] for row in table.rows]


def without(published: Path, statements: str) -> Path:
    """A publication of its own in which something is missing."""
    fixture.build(published)
    with duckdb.connect(str(published / "fixture" / "marts.duckdb")) as connection:
        connection.execute(f"set schema = 'marts'; {statements}")
    return published


def made(published: Path, language: str = "zh", scope: str = "Q") -> Document:
    with Marts(published) as marts:
        return market_analysis.build(market_analysis.load(marts, resolve(marts, None), scope), language, COMPANY)


def test_the_findings_are_the_share_that_moved_most_money_the_main_reason_and_the_worst_competitor(
    make_market: Make,
) -> None:
    # valves: 42,000,000 of market, share from 12.1 % to 9.0 % = −13,020,000; K01: 10 of 40 won, 30 lost at 150,000
    assert rows(make_market("zh"), "findings") == [
        ["阀门份额 9.0%，同比 −3.1pp：本公司 −19.7%，市场 +8.0%", "−1,302", "4", "2025-01-20", "高"],
        ["输单主因“价格”，占输单金额 41.9%；比上月 +110 万元", "−520", "18", "2025-03-31", "中"],
        ["对鼎峰传动赢单率 25.0%，总体 37.5%；输 30 单", "−450", "40", "2025-03-31", "高"],
    ]


def test_a_competitor_met_less_often_than_the_gate_is_no_finding_and_not_coloured(make_market: Make) -> None:
    [table] = section(make_market("en"), "competitors").blocks
    tones = {row.cells[0][0]: next(f for f in figures(row.cells[5])).tone for row in table.rows}
    assert (tones["Nuoke Bearings"], tones["Dingfeng Drives"], tones["Walden Industries"]) == ("", "bad", "good")
    assert "Nuoke" not in str(rows(make_market("en"), "findings"))


def test_the_market_is_of_the_latest_period_with_a_source_and_names_it(make_market: Make) -> None:
    document = make_market("en")
    note = writer_of(document).plain(section(document, "key_figures").note)
    found = {row[0]: row[1:] for row in rows(document, "key_figures")}
    assert note == "CNY thousand; market: 2024-H2 · 机械工业协会 · 2025-01-20"
    # 420+300+260+180 (×1,000,000) less the bearings of the west, which nobody counts
    assert found["Market size"][0] == "1,142,000"
    assert found["Share by value"] == ["11.7%", "12.5%", "−0.8pp", "—", "—", "2024-H2"]


def test_a_cell_without_a_source_says_so(make_market: Make) -> None:
    heat = next(s for s in view(make_market("en"))["sections"] if s["name"] == "heat")["blocks"][0]
    bearings = next(row for row in heat["rows"] if row["cells"][0][0]["text"] == "Bearings")
    west = [column["title"] for column in heat["columns"]].index("West")
    assert bearings["cells"][west][0]["text"] == "n/a¹"
    assert heat["note"] == "n/a: ¹ no source"
    assert (bearings["shades"][0], bearings["shades"][1], bearings["shades"][west]) == (0, 5, 0)


def test_the_reason_that_nobody_gave_is_a_row_of_its_own_at_the_end(make_market: Make) -> None:
    assert [row[0] for row in rows(make_market("en"), "lost_reasons")] == ["价格", "交期", "技术方案", "(none given)"]


def test_new_themes_come_first_and_are_marked(make_market: Make) -> None:
    assert [row[0] for row in rows(make_market("en"), "themes")] == ["智能监测 new", "年降要求", "小型化需求", "漏油"]


def test_decisions_and_their_others_add_up_to_all_that_waits(make_market: Make, asked: Callable) -> None:
    expected = asked(
        "select count(*), count(*) filter (where is_overdue), sum(attached_amount) from mart_feedback_item"
    )
    [table] = section(make_market(), "decisions").blocks
    sums = [sum((f.value for row in table.rows for f in figures(row.cells[place])), Decimal(0)) for place in (3, 4, 5)]
    assert [tuple(sums)] == expected
    assert len(table.rows) <= 10


def test_channels_add_up_to_the_bookings(make_market: Make, asked: Callable) -> None:
    [(booked,)] = asked("select sum(net_amount) from fct_order_lines"
                        " where business_date >= '2025-03-01' and business_date < '2025-04-01'")  # fmt: skip
    *channels, whole = section(make_market(), "channels").blocks[0].rows
    assert next(figures(whole.cells[1])).value == booked
    assert sum(next(figures(row.cells[1])).value for row in channels) == booked


def test_a_units_report_says_nothing_of_the_companys_market_prices_and_moves(make_market: Make) -> None:
    document = make_market("en", scope="R2")
    assert not set(names(document)) & {"growths", "heat", "prices", "moves", "shares_detail", "moves_detail"}
    assert "Measured for the whole company only: Market size, Share by value, Price index." in email_body(document).text
    assert {key: value for f in figures(document) for key, value in f.keys if key == "org_unit_id"} == {
        "org_unit_id": "R2"
    }
    assert not {"Q", "R1", "R3", "R4"} & {value for f in figures(document) for _, value in f.keys}


def test_open_feedback_of_a_unit_is_its_own(make_market: Make, asked: Callable) -> None:
    own = asked("select feedback_id from mart_feedback_item where org_unit_id in ('R21', 'R22')")
    assert {row[0] for row in rows(make_market(scope="R2"), "feedback_detail")} == {code for (code,) in own}


@pytest.mark.parametrize("label", ["2025-Q1", "2024-01", "2025"])
def test_every_period_has_a_report(make_market: Make, label: str) -> None:
    assert make_market("en", label).period_label == label


def test_a_report_before_the_first_market_size_leaves_the_market_out(make_market: Make) -> None:
    document = make_market("en", "2024-03")
    assert "heat" not in names(document)
    assert "Not supplied: Market size," in email_body(document).text


def test_zh_and_en_hold_the_same_figures(make_market: Make) -> None:
    zh, en = (
        sorted(str((f.value, f.kind, f.mart, f.measure, f.keys)) for f in figures(make_market(language)))
        for language in ("zh", "en")
    )
    assert zh == en


@LANGUAGES
def test_every_figure_is_in_data_json_with_mart_measure_and_keys(
    make_market: Make, tmp_path: Path, language: str
) -> None:
    document = make_market(language)
    render(document, tmp_path, ["html"])
    data = json.loads((tmp_path / "data.json").read_text())
    writer = writer_of(document)
    assert {e["shown"] for e in data["figures"]} == {writer.figure(f) for f in figures(document)}
    assert [e for e in data["figures"] if not (e["mart"] and e["measure"] and e["keys"])] == [
        e for e in data["figures"] if e["place"] == "data_box" and not e["keys"]
    ]
    known = {e["shown"] for e in data["figures"]}
    page = html(document)
    told = re.sub(r"<[^>]*>", " ", page.split('<table class="heat">', 1)[1].split("</table>", 1)[0])
    assert set(re.findall(r"[−+]?\d[\d,.]*(?:%|pp)", told)) - known == set()


@LANGUAGES
def test_every_chart_has_an_alt_text_with_its_numbers(make_market: Make, language: str) -> None:
    document = make_market(language)
    for chart in charts_of(document):
        alt = writer_of(document).plain(chart.alt)
        assert len(re.findall(r"[−+]?[\d.]+(?:%|pp)", alt)) == 3 * len(chart.pairs)


@LANGUAGES
def test_the_first_page_holds_the_whole_story(make_market: Make, language: str) -> None:
    from pypdf import PdfReader

    document = make_market(language)
    first = re.sub(r"\s", "", PdfReader(io.BytesIO(pdf.render(document))).pages[0].extract_text())
    assert [s.name for s in document.sections if not s.detail and re.sub(r"\s", "", s.title) not in first] == []


def test_hostile_names_are_text_in_every_format(make_market: Make, hostile_published: Path) -> None:
    document = make_market("zh", of=hostile_published)
    for page in (html(document), email_body(document).html):
        assert "<img src=x" not in page
        assert "&lt;img src=x onerror=alert(2)&gt;" in page
    from pypdf import PdfReader

    paper = re.sub(r"\s", "", "".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf.render(document))).pages))
    assert '#panic("x")' in paper
    assert "<b>协会</b>" in paper


@pytest.mark.parametrize(
    ("statements", "gone"),
    [
        ("drop table mart_market_share", {"heat", "growths", "shares_detail"}),
        ("drop table mart_competitor; delete from fct_feedback", {"competitors", "moves", "moves_detail"}),
        ("delete from mart_lost_reason", {"lost_reasons"}),
        (
            "delete from mart_market_feedback; delete from mart_feedback_item",
            {"themes", "decisions", "feedback_detail"},
        ),
        ("update fct_order_lines set channel = null", {"channels"}),
        ("drop table mart_market_trend", {"prices", "growths"}),
    ],
)
def test_what_is_not_supplied_leaves_no_empty_frame(tmp_path: Path, statements: str, gone: set[str]) -> None:
    document = made(without(tmp_path / "published", statements))
    assert not set(names(document)) & gone
    assert all(block.rows for s in document.sections for block in s.blocks if isinstance(block, Table))


def test_a_company_without_any_market_data_gets_one_line_that_says_so(tmp_path: Path) -> None:
    marts = ("market_share", "market_trend", "segment", "win_rate", "competitor", "lost_reason", "market_feedback",
             "feedback_routing", "feedback_item")  # fmt: skip
    dropped = "; ".join(f"drop table mart_{mart}" for mart in marts)
    document = made(without(tmp_path / "published", f"{dropped}; drop table fct_feedback"), "en")
    assert names(document)[:2] == ["key_figures", "channels"]
    assert writer_of(document).plain(document.lead) == "Nothing won or lost and no feedback in this period."
    assert "Not supplied: Market size, Own sales in that market," in email_body(document).text
    assert pdf.render(document).startswith(b"%PDF")


@LANGUAGES
def test_the_mail_leads_with_the_verdict_and_shows_findings_and_decisions(make_market: Make, language: str) -> None:
    document = make_market(language)
    body = email_body(document)
    assert (
        body.subject
        == {
            "zh": "【2025年3月市场·初稿】全公司 份额11.7% 赢单率37.5% 逾期待办44项",
            "en": "[March 2025 market · preliminary] Whole company 11.7% of the market, 37.5% won, 44 answers overdue",
        }[language]
    )
    for name in ("findings", "key_figures", "competitors", "growths", "decisions"):
        assert section(document, name).title in body.text
    assert set(body.images) == {"growths"}


def test_beyond_eight_rows_competitors_are_summed_as_others(tmp_path: Path) -> None:
    published = without(
        tmp_path / "published",
        "insert into mart_competitor by name select m.* replace ('X' || n as competitor_id, 'X' || n as competitor_name_en,"
        " 100 as lost_amount, 4 as closed_count, 1 as won_count) from mart_competitor as m, range(9) as t(n)"
        " where competitor_id = 'K01' and org_unit_id = 'Q' and period_label = '2025-03'",
    )
    found = rows(made(published, "en"), "competitors")
    titles = ("Met in deals", "Their amount", "Lost", "Closed (n)", "Win rate")
    # five with more lost come first; two of the nine are shown; 7 x 43 met, 7 x 43 x 200,000, 7 x 100, 7 x 4, 7 of 28 won
    assert [row[0] for row in found[5:]] == ["X0", "X1", "7 others", "none named"]
    assert dict(zip(titles, found[7][1:6], strict=True)) == {
        "Met in deals": "301", "Their amount": "60,200", "Lost": "0.7", "Closed (n)": "28", "Win rate": "25.0%",
    }  # fmt: skip


def test_the_rows_behind_hold_what_waits_and_what_was_booked(published: Path, asked: Callable) -> None:
    [waiting] = asked(
        "select count(*), sum(attached_amount) from mart_feedback_item where org_unit_id in ('R21', 'R22')"
    )
    [booked] = asked("select count(*), sum(net_amount) from fct_order_lines where org_unit_id in ('R21', 'R22')"
                     " and business_date >= '2025-03-01' and business_date < '2025-04-01'")  # fmt: skip
    with Marts(published) as marts:
        data = market_analysis.load(marts, resolve(marts, None), "R2")
        tables = {table.title: table for table in market_analysis.build(data, "en", COMPANY).detail}
        sums = {}
        for title, column in (("Open feedback", "Value"), ("Order lines", "Net amount")):
            amounts = [found.title for found in tables[title].columns if found.kind == "amount"]
            exact = amounts.index(column) - len(amounts)  # behind the columns, each amount once more as a DECIMAL
            cells = [
                cell for batch in tables[title].rows for cell in batch.column(batch.num_columns + exact).to_pylist()
            ]
            sums[title] = (len(cells), sum(cell or 0 for cell in cells))
    assert sums == {"Open feedback": waiting, "Order lines": booked}
