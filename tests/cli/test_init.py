"""A new workspace is in order from its first minute, and nothing of the user's is overwritten."""

import json
from pathlib import Path

import jsonschema
import pytest

import rulebook
from orchestration.cli.main import execute
from orchestration.workspace import Workspace
from rulebook.chapters import CHAPTERS
from salesops import yamlfile


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_new_workspace_reads_back_without_an_error(tmp_path: Path, language: str) -> None:
    assert execute(["init", str(tmp_path / "acme"), "--lang", language]) == 0
    assert Workspace.open(tmp_path / "acme").settings.company.language == language
    book = rulebook.load(tmp_path / "acme" / "rulebook")
    assert [rule.report for rule in book.reports] == ["performance"]


def test_a_new_workspace_has_every_chapter_and_no_rule_of_it_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    execute(["init", str(tmp_path / "acme"), "--lang", "en"])
    assert {path.stem for path in (tmp_path / "acme" / "rulebook").glob("*.yml")} == set(CHAPTERS)
    capsys.readouterr()
    assert execute(["-w", str(tmp_path / "acme"), "rulebook", "check", "--as-of", "2026-06-30", "--json"]) == 0
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert {finding["severity"] for finding in findings} == {"hint"}


def test_rules_that_move_money_begin_as_drafts(tmp_path: Path) -> None:
    execute(["init", str(tmp_path / "acme"), "--lang", "zh"])
    book = rulebook.load(tmp_path / "acme" / "rulebook")
    states = {rule.status for rules in book.chapters.values() for rule in rules if rule.moves_money}
    assert states == {"draft"}


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert execute(["init", str(tmp_path), "--lang", "en"]) == 2
    assert "not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_each_file_names_a_schema_that_accepts_it(tmp_path: Path) -> None:
    execute(["init", str(tmp_path / "acme"), "--lang", "en"])
    files = [tmp_path / "acme" / "salesops.yml", *sorted((tmp_path / "acme" / "rulebook").glob("*.yml"))]
    for file in files:
        text = file.read_text(encoding="utf-8")
        named = text.splitlines()[0].partition("$schema=")[2]
        schema = json.loads((file.parent / named).read_text(encoding="utf-8"))
        as_json = json.loads(json.dumps(yamlfile.load(file)[0], default=str))
        jsonschema.validate(as_json, schema)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_demo_company_speaks_the_language_asked_for(tmp_path: Path, language: str) -> None:
    assert execute(["init", str(tmp_path / "demo"), "--demo", "--lang", language]) == 0
    company = Workspace.open(tmp_path / "demo").settings.company
    assert (company.language, company.name.zh) == (language, "启明机电")
