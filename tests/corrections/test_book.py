"""corrections/*.csv as people write them, and what is said of a line that is wrong."""

import shutil
from datetime import date
from pathlib import Path

import pytest

import orchestration.cli
from orchestration.corrections import load
from orchestration.corrections.book import columns

PEOPLE = "name,employee_id,from,to,reason,by,until\n"
OVERRIDES = "action,table,record,field,value,reason,by,until\n"
TEMPLATES = Path(orchestration.cli.__file__).parent / "templates"


def said(folder: Path, name: str, text: str) -> list[str]:
    (folder / name).write_text(text, encoding="utf-8")
    return [str(problem).removeprefix(f"{folder}/") for problem in load(folder).problems]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("小王,E1,,,,E9,", "people.csv:2: the column `reason` is empty. Fill it in."),
        ("小王,,,,x,E9,", "people.csv:2: the column `employee_id` is empty. Fill it in."),
        ("小王,E1,,,x,,", "people.csv:2: the column `by` is empty. Fill it in."),
        ("小王,E1,5 May,,x,E9,", "people.csv:2: the column `from` has no day: `5 May`. Write a day as 2025-06-30."),
        ("小王,E1,2025-02-01,2025-01-01,x,E9,", "people.csv:2: it ends on 2025-01-01, before it begins on 2025-02-01. Mend the days."),
        ("E1,E1,,,x,E9,", "people.csv:2: `E1` is given itself. Remove the line."),
        ("小王,E1,,,x,E9,,more", "people.csv:2: the line has 8 cells, the header has 7. Put a text with a comma in quotes."),
        ("小王,E1,,2025-03-31,x,E9,\n小王,E2,2025-03-31,,x,E9,", "people.csv:3: `小王` has another code on the same days in line 2. "
         "Set `from` and `to`, or remove one of the lines."),
        ("小王,E1,,,x,E9,\nE1,E2,,,x,E9,", "people.csv:2: `E1` has itself become `E2` in people.csv:3. Write the last code in every line."),
    ],
)  # fmt: skip
def test_a_wrong_line_of_a_crosswalk_is_one_sentence(tmp_path: Path, line: str, sentence: str) -> None:
    assert said(tmp_path, "people.csv", f"{PEOPLE}{line}\n") == [sentence]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("drop,orders,O1,,,x,E9,", "there is no action `drop`. Write exclude, reassign or adjust."),
        ("exclude,order,O1,,,x,E9,", "there is no table `order`. Did you mean `orders`?"),
        ("exclude,order_lines,O1,,,x,E9,", "`O1` is no record of `order_lines`. Write order_id/line_number."),
        ("reassign,orders,O1,employe_id,E2,x,E9,", "`reassign` has no field `employe_id` in the table `orders`. Did you mean `employee_id`?"),
        ("reassign,orders,O1,order_id,O2,x,E9,", "`reassign` has no field `order_id` in the table `orders`. "
         "Known are: customer_id, employee_id, territory_id, legal_entity_id."),
        ("reassign,orders,O1,employee_id,,x,E9,", "the column `value` is empty. Fill it in."),
        ("adjust,orders,O1,net_amount,1.0,x,E9,", "the column `until` is empty. Fill it in."),
        ("adjust,orders,O1,net_amount,much,x,E9,2025-12-31", "the column `value` has no number: `much`. Write it as 1234.50."),
        ("adjust,orders,O1,net_amount,NaN,x,E9,2025-12-31", "the column `value` has no number: `NaN`. Write it as 1234.50."),
    ],
)  # fmt: skip
def test_a_wrong_override_is_one_sentence(tmp_path: Path, line: str, sentence: str) -> None:
    assert said(tmp_path, "overrides.csv", f"{OVERRIDES}{line}\n") == [f"overrides.csv:2: {sentence}"]


def test_every_wrong_line_is_told_and_the_others_stand(tmp_path: Path) -> None:
    text = f"{OVERRIDES}exclude,orders,O1,,,,E9,\nexclude,orders,O2,,,x,E9,\nexclude,orders,O2,,,again,E9,\nexclude,nothing,O3,,,x,E9,\n"
    assert [sentence.partition(":")[2][:1] for sentence in said(tmp_path, "overrides.csv", text)] == ["2", "5", "4"]
    assert [row["record"] for row in load(tmp_path).overrides] == ["O2", "O2"]


def test_a_file_with_a_wrong_name_or_header_is_told(tmp_path: Path) -> None:
    assert said(tmp_path, "suppliers.csv", PEOPLE) == ["suppliers.csv: there is no such file of corrections. "
                                                     "Known are: people.csv, customers.csv, payers.csv, overrides.csv."]  # fmt: skip
    (tmp_path / "suppliers.csv").unlink()
    assert said(tmp_path, "people.csv", "name,code\n") == [
        "people.csv:1: the columns are name, code. Write this header: name,employee_id,from,to,reason,by,until"
    ]


def test_files_that_excel_saved_are_read_with_chinese_headers(tmp_path: Path) -> None:
    text = "名称,工号,起,止,原因,决定人,有效至,,\r\n小王,E1,2025/1/5,,昵称,李,2025/12/31,,\r\n,,,,,,,,\r\n"
    (tmp_path / "people.csv").write_bytes(text.encode("gb18030"))
    (row,) = load(tmp_path).aliases
    assert (row["given"], row["valid_from"], row["valid_until"]) == ("小王", date(2025, 1, 5), date(2025, 12, 31))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_files_of_a_new_workspace_are_in_order_and_their_examples_too(tmp_path: Path, language: str) -> None:
    shutil.copytree(TEMPLATES / language / "corrections", tmp_path, dirs_exist_ok=True)
    found = load(tmp_path)
    assert (found.problems, found.aliases, found.overrides) == ([], [], [])
    for path in tmp_path.glob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines()
        examples = [line.removeprefix("# ") for line in lines if line.count(",") == len(columns(path.name)) - 1]
        path.write_text("\n".join(examples), encoding="utf-8")
    found = load(tmp_path)
    assert (found.problems, len(found.aliases), len(found.overrides)) == ([], 4, 3)
