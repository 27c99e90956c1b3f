"""A new workspace is in order from its first minute, and nothing of the user's is overwritten."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

import rulebook
from orchestration.cli.main import execute
from orchestration.workspace import Workspace


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_new_workspace_reads_back_without_an_error(tmp_path: Path, language: str) -> None:
    assert execute(["init", str(tmp_path / "acme"), "--lang", language]) == 0
    assert Workspace.open(tmp_path / "acme").settings.company.language == language
    book = rulebook.load(tmp_path / "acme" / "rulebook")
    assert [rule.report for rule in book.reports] == ["performance"]


def test_both_languages_state_the_same_rules(tmp_path: Path) -> None:
    for language in ("zh", "en"):
        execute(["init", str(tmp_path / language), "--lang", language])
    files = sorted(path.relative_to(tmp_path / "zh") for path in (tmp_path / "zh" / "rulebook").rglob("*.yml"))
    assert len(files) == 5
    for file in files:
        read = [yaml.safe_load((tmp_path / language / file).read_text()) for language in ("zh", "en")]
        assert read[0] == read[1], file


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
        as_json = json.loads(json.dumps(yaml.safe_load(text), default=str))
        jsonschema.validate(as_json, schema)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_demo_company_speaks_the_language_asked_for(tmp_path: Path, language: str) -> None:
    assert execute(["init", str(tmp_path / "demo"), "--demo", "--lang", language]) == 0
    company = Workspace.open(tmp_path / "demo").settings.company
    assert (company.language, company.name.zh) == (language, "启明机电")
