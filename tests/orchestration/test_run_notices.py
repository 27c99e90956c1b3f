"""A check that did not pass is one sentence that the data team can act on, in both languages."""

import pytest

from orchestration.ingest import IngestResult
from orchestration.ingest.held import Held
from orchestration.notices import of_checks, of_files
from salesops.errors import UserError


def outcome(**given: object) -> dict[str, object]:
    plain = {"expectation": "raw_orders.day_is_real", "severity": "warning", "status": "failed", "message": None}
    plain |= {"why_zh": "日期有误。", "why_en": "A wrong day.", "unexpected_count": 3, "line": 17}
    return plain | {"table": "orders", "file": "订单.csv"} | given


def test_a_warning_names_table_file_rows_example_and_check() -> None:
    assert of_checks([outcome()]) == [
        {
            "en": "orders, 订单.csv: 3 rows, such as line 17: A wrong day. (check raw_orders.day_is_real)",
            "zh": "orders，订单.csv：3 行，例如第 17 行：日期有误。（检查 raw_orders.day_is_real）",
        }
    ]


def test_one_check_on_many_files_is_one_sentence() -> None:
    (said,) = of_checks([outcome(), outcome(file="b.csv", unexpected_count=1), outcome(file="c.csv")])
    assert said["en"].startswith("orders, 订单.csv and 2 more files: 7 rows, such as line 17: ")
    assert said["zh"].startswith("orders，订单.csv 等 3 个文件：7 行，例如第 17 行：")


def test_a_check_of_a_whole_file_counts_no_rows() -> None:
    (said,) = of_checks([outcome(unexpected_count=1, line=None)])
    assert said["en"] == "orders, 订单.csv: A wrong day. (check raw_orders.day_is_real)"


def test_a_held_file_says_so() -> None:
    (said,) = of_checks([outcome(severity="blocking", unexpected_count=1)])
    assert said["en"].startswith("orders, 订单.csv: 1 row, such as line 17: A wrong day. The file is held")
    assert "文件已扣留" in said["zh"]


def test_a_mart_has_rows_and_no_file() -> None:
    (said,) = of_checks([outcome(table="mart_x", file=None, line=None)])
    assert said["en"].startswith("mart_x: 3 rows: A wrong day.")


@pytest.mark.parametrize(
    ("language", "said"), [("en", "The check itself is broken: no such"), ("zh", "检查本身有误：no such")]
)
def test_a_broken_check_is_not_called_bad_data(language: str, said: str) -> None:
    (told,) = of_checks([outcome(status="error", message="no such column", unexpected_count=None, line=None)])
    assert said in told[language]


def test_files_that_do_not_count_are_told_once_and_why() -> None:
    problem = UserError("the text is not UTF-8.", where="a.csv, line 2", mend="Save it as UTF-8.")
    held = [Held("erp", "a.csv", table, problem, False, False) for table in ("orders", "order_lines")]
    checked = Held("erp", "b.csv", "orders", UserError("a check said so"), False, True)
    told = of_files(IngestResult(held=[*held, checked], unmatched=["x.txt"], refused=["link.csv"]))
    assert [one["en"] for one in told] == [
        "x.txt: no mapping asks for this file.",
        "link.csv: it cannot be opened, or is no plain file.",
        "a.csv, line 2: held, so that none of its rows count: the text is not UTF-8. Save it as UTF-8.",
    ]
    assert told[2]["zh"] == "a.csv, line 2：整份扣留，不计入任何一行：文本不是 UTF-8。 请另存为 UTF-8。"
