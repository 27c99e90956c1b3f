from decimal import Decimal

import pytest

from reports.content import Figure
from reports.figures import Record, difference, growth, ratio, toned, total
from reports.text import Writer, words

ZH, EN = Writer("zh", "CNY", "万元"), Writer("en", "CNY", "thousand")


def amount(value: str | None, measure: str = "sales_amount", month: str = "2025-03") -> Figure:
    return Figure(None if value is None else Decimal(value), "amount", "mart", measure, (("period_label", month),))


def test_a_zero_denominator_gives_no_rate_but_a_reason() -> None:
    rate = ratio(amount("5"), amount("0", "target_amount"), "no_target")
    assert (rate.value, rate.reason, ZH.figure(rate)) == (None, "no_target", "n/a")


@pytest.mark.parametrize("base", ["0", "-100", None])
def test_growth_from_nothing_or_from_a_negative_base_is_not_available(base: str | None) -> None:
    assert growth(amount("50"), amount(base)).value is None


def test_a_difference_of_rates_is_in_percentage_points() -> None:
    record = Record("mart", (), {"now": Decimal("0.783"), "before": Decimal("0.797")})
    assert EN.figure(difference(record.rate("now"), record.rate("before"))) == "−1.4pp"


def test_a_derived_figure_names_its_formula_and_the_other_period() -> None:
    change = growth(amount("120"), amount("100", month="2024-03"))
    assert (change.measure, EN.figure(change)) == ("sales_amount / sales_amount[period_label=2024-03] - 1", "+20.0%")


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("27304999.99", "2,730", "27,305"),
        ("-2100000", "−210", "−2,100"),
        ("-4999", "−0.5", "−5"),
        ("499", "0", "0.5"),
        ("-1", "0", "0"),
        ("0", "0", "0"),
        ("5000", "0.5", "5"),
    ],
)
def test_money_is_rounded_once_at_the_end_with_a_true_minus(value: str, zh: str, en: str) -> None:
    assert (ZH.figure(amount(value)), EN.figure(amount(value))) == (zh, en)


def test_rounding_is_half_up() -> None:
    rates = [Figure(Decimal(text), "rate", "m", "r") for text in ("0.90555", "0.00050", "-0.00050")]
    assert [EN.figure(rate) for rate in rates] == ["90.6%", "0.1%", "−0.1%"]


def test_a_sum_skips_the_missing_but_a_sum_of_the_missing_is_missing() -> None:
    assert total([amount("1"), amount(None)]).value == Decimal(1)
    assert total([amount(None), amount(None)]).value is None


def test_bad_is_below_when_more_is_better_and_above_when_less_is() -> None:
    assert [toned(amount("-1"), 1).tone, toned(amount("1"), -1).tone, toned(amount("0"), 1).tone] == ["bad", "bad", ""]


def test_every_word_is_in_both_languages_and_names_the_same_figures() -> None:
    import re

    names = {
        key: [set(re.findall(r"\{(\w+)\}", text[language])) - {"currency", "unit"} for language in ("zh", "en")]
        for key, text in words().items()
    }
    assert {key: text for key, text in words().items() if set(text) != {"zh", "en"}} == {}
    assert {key: pair for key, pair in names.items() if pair[0] != pair[1]} == {}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("成都鑫博食品机械有限公司", "成都鑫博食品机械"),
        ("无锡盛益船舶配套股份有限公司", "无锡盛益船舶配套"),
        ("Beijing Dongsheng Marine Equipment Co., Ltd.", "Beijing\u00a0Dongshen…"),
        ("有限公司", "有限公司"),
    ],
)
def test_a_name_in_a_narrow_column_drops_its_legal_form_and_is_cut(name: str, shown: str) -> None:
    assert ZH.short_name({"name": name}, 20) == shown
