"""`salesops rulebook` at the command line: what is wrong ends in exit code 2, a workbook comes back as changes."""

import json
from pathlib import Path

import openpyxl
import pytest

from orchestration.cli.main import execute


@pytest.fixture
def workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    execute(["init", str(tmp_path / "acme"), "--lang", "en"])
    capsys.readouterr()
    return tmp_path / "acme"


def test_a_rulebook_that_would_not_load_ends_in_exit_code_2(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = workspace / "rulebook" / "scorecards.yml"
    rules.write_text(rules.read_text("utf-8").replace("weight: 35", "weight: 30"), encoding="utf-8")
    assert execute(["-w", str(workspace), "rulebook", "check", "--as-of", "2025-06-30", "--json"]) == 2
    first = json.loads(capsys.readouterr().out)["findings"][0]
    assert (first["severity"], first["rule"]) == ("error", "seller-scorecard")
    assert "the weights add up to 95, not to 100" in first["what"]


def test_a_workbook_is_written_and_what_was_changed_in_it_read_back(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = workspace / "rulebook.xlsx"
    assert execute(["-w", str(workspace), "rulebook", "xlsx", "bonus"]) == 0
    filled = openpyxl.load_workbook(book)
    bands = next(sheet for sheet in filled if sheet["A1"].value == "bonus · new-customer-bonus · bands")
    bands["D6"] = "1100"
    filled.save(book)
    capsys.readouterr()
    assert execute(["-w", str(workspace), "--lang", "en", "rulebook", "xlsx", "--read", str(book), "--json"]) == 0
    changes = json.loads(capsys.readouterr().out)["changes"]
    assert [(one["rule"], one["before"], one["after"]) for one in changes] == [("new-customer-bonus", "1000", "1100")]
    assert "{from: 2, amount: 1100}" in (workspace / "rulebook" / "bonus.yml").read_text("utf-8")
