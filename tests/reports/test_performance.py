from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from reports.content import Document, Figure, Section, Table, figures
from reports.documents import performance
from reports.formats.view import writer_of
from reports.marts import Marts
from reports.periods import resolve
from salesops.errors import UserError
from tests.reports.conftest import COMPANY

Make = Callable[..., Document]


def section(document: Document, name: str) -> Section:
    return next(section for section in document.sections if section.name == name)


def table(document: Document, name: str) -> Table:
    return next(b for s in document.sections for b in s.blocks if isinstance(b, Table) and b.name == name)


def texts(document: Document, part: Table) -> list[list[str]]:
    writer = writer_of(document)
    return [[writer.plain(cell) if cell else "—" for cell in row.cells] for row in part.rows]


def test_the_key_figures_are_the_marts_figures(make: Make, asked: Callable) -> None:
    [(actual, target, before, prior, ytd, ytd_target, year_target)] = asked(
        "select invoiced_amount, target_invoiced_amount, prior_year_invoiced_amount, prior_invoiced_amount,"
        " ytd_invoiced_amount, ytd_target_invoiced_amount, year_target_invoiced_amount"
        " from mart_performance_by_org_unit where org_unit_id = 'Q' and period_label = '2025-03'"
    )
    row = texts(make("zh"), table(make("zh"), "key_figures"))[1]
    assert row == [
        "开票额",
        f"{actual / 10000:,.0f}",
        f"{target / 10000:,.0f}",
        f"{actual / target:.1%}",
        f"−{1 - actual / before:.1%}",
        f"+{actual / prior - 1:.1%}",
        f"{ytd / 10000:,.0f}",
        f"{ytd / ytd_target:.1%}",
        f"{ytd / year_target:.1%} / {Decimal(90) / 365:.1%}",
    ]


def test_the_verdict_names_attainment_gap_and_the_unit_with_the_largest_gap(make: Make, asked: Callable) -> None:
    rows = asked(
        "select o.name, m.sales_amount - m.target_amount as gap from mart_performance_by_org_unit as m"
        " join dim_org_unit as o using (org_unit_id)"
        " where period_label = '2025-03' and (parent_org_unit_id = 'Q' or org_unit_id = 'Q') order by gap"
    )
    document = make("zh")
    lead, rest = (writer_of(document).plain(part) for part in (document.lead, document.verdict))
    assert lead == f"达成 90.6%，差 {-rows[0][1] / 10000:,.0f} 万元。"
    assert rest.startswith(f"主因是{rows[1][0]}（−{-rows[1][1] / 10000:,.0f} 万元")


def test_the_bridge_leads_from_target_to_actual_without_a_remainder(make: Make) -> None:
    [chart] = section(make(), "bridge").blocks
    assert sum(step.value for _, step in chart.steps) == pytest.approx(
        chart.last[1].value - chart.first[1].value, abs=1
    )


def test_units_stand_by_the_gap_in_money_and_in_the_same_order_to_date(make: Make) -> None:
    [[now], [to_date]] = [section(make(), name).blocks for name in ("units", "units_ytd")]
    gaps = [bullet.gap.value for bullet in now.bullets]
    assert gaps == sorted(gaps)
    assert [bullet.name for bullet in now.bullets] == [bullet.name for bullet in to_date.bullets]


def test_the_roll_forward_adds_up_to_the_closing_balance(make: Make) -> None:
    rows = table(make(), "roll_forward").rows
    values = [figure.value for row in rows for figure in figures(row)]
    assert values[0] + values[1] - sum(values[2:5]) == values[5]


def test_top_ten_and_others_add_up_to_all_that_is_overdue(make: Make, asked: Callable) -> None:
    rows = table(make(), "overdue").rows
    [(overdue,)] = asked("select sum(open_amount) from fct_open_items"
                         " where as_of_date = '2025-03-31' and days_overdue > 0")  # fmt: skip
    shown = [next(figures(row.cells[1])).value for row in rows]
    assert (len(rows), rows[-1].role, sum(shown)) == (10, "others", overdue)


def test_the_ageing_bar_adds_up_to_the_receivables(make: Make) -> None:
    chart = section(make(), "ageing").blocks[0]
    closing = next(figures(table(make(), "roll_forward").rows[5])).value
    assert sum(figure.value for figure in chart.bars[0][1]) == closing


def test_product_lines_contributions_add_up_to_the_growth_of_the_whole(make: Make) -> None:
    *lines, whole = table(make(), "lines").rows
    shares = [list(figures(row))[-1].value for row in lines]
    assert sum(shares) == pytest.approx(list(figures(whole))[-2].value)


def test_bands_count_every_person_once(make: Make) -> None:
    [chart] = section(make(), "people").blocks
    assert sum(figure.value for _, figure in chart.bands) == 24
    assert chart.bands[-1][1].value == 1


def test_a_person_without_target_has_no_rate_and_the_table_says_why(make: Make) -> None:
    from reports.formats.view import view

    shown = next(s for s in view(make("en"))["sections"] if s["name"] == "people_detail")["blocks"][0]
    last = ["".join(span["text"] for span in cell) for cell in shown["rows"][-1]["cells"]]
    assert last[3:6] == ["n/a¹", "n/a¹", "n/a¹"]
    assert shown["note"] == "n/a: ¹ no target"


def test_a_regions_report_holds_only_its_own_rows(make: Make, asked: Callable) -> None:
    document = make("zh", scope="R2")
    [(sales,)] = asked("select sales_amount from mart_performance_by_org_unit"
                       " where org_unit_id = 'R2' and period_label = '2025-03'")  # fmt: skip
    people = {row[0] for row in texts(document, table(document, "people_detail"))}
    own = {name for (name,) in asked("select name from dim_employee where org_unit_id in ('R21', 'R22')")}
    assert table(document, "unit_detail").rows[-1].cells[1][0].value == sales
    assert people == own
    assert "对账" not in [s.title for s in document.sections]
    assert not {"Q", "R1", "R3", "R4"} & {value for f in figures(document) for _, value in f.keys}


def test_a_unit_without_units_below_is_explained_by_its_people(make: Make) -> None:
    [chart] = section(make("zh", scope="R21"), "units").blocks
    assert len(chart.bullets) == 3


@pytest.mark.parametrize("label", ["2025-Q1", "2025", "2024", "2024-01"])
def test_every_period_has_a_report(make: Make, label: str) -> None:
    document = make("en", label)
    assert document.period_label == label
    assert texts(document, table(document, "key_figures"))


def test_the_first_year_has_no_base_to_compare_with(make: Make) -> None:
    document = make("en", "2024-01")
    assert texts(document, table(document, "key_figures"))[0][4] == "n/a"


def test_zh_and_en_hold_the_same_figures(make: Make) -> None:
    zh, en = (
        [(f.value, f.kind, f.mart, f.measure, f.keys) for f in figures(make(language))] for language in ("zh", "en")
    )
    assert sorted(map(str, zh)) == sorted(map(str, en))


def test_measures_without_data_are_named_and_not_shown(tmp_path: Path) -> None:
    from tests.reports import fixture

    published = fixture.build(tmp_path / "published")
    with duckdb.connect(str(published / "fixture" / "marts.duckdb")) as connection:
        connection.execute("set schema = 'marts'; delete from mart_collection_by_org_unit; delete from fct_open_items")
        connection.execute("update mart_performance_by_org_unit set collected_amount = null, ytd_collected_amount = null,"
                           " prior_collected_amount = null, prior_year_collected_amount = null,"
                           " target_collected_amount = null; delete from mart_receivable_ageing")  # fmt: skip
    with Marts(published) as marts:
        document = performance.build(performance.load(marts, resolve(marts, None), "Q"), "en", COMPANY)
    [_, note] = section(document, "key_figures").blocks
    names = {s.name for s in document.sections}
    assert writer_of(document).plain(note.sentence) == (
        "Not supplied: Cash collected, Collected of plan, Collected of due, Receivables, of which overdue."
    )
    assert not names & {"receivables", "ageing", "overdue", "items_detail"}


def test_an_unknown_unit_names_the_nearest(marts: Marts) -> None:
    with pytest.raises(UserError, match=r"`R11x` is not a unit.*Did you mean `R11`"):
        performance.load(marts, resolve(marts, None), "R11x")


def test_every_figure_knows_mart_and_keys(make: Make) -> None:
    lost = [f for f in figures(make()) if isinstance(f, Figure) and (not f.mart or not f.measure)]
    assert lost == []
