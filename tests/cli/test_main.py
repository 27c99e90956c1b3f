"""The command line: quick, and every error one clear sentence with the right exit code."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from expectations import suite
from orchestration.cli import status
from orchestration.cli.main import execute
from orchestration.cli.output import Session

ROOT = Path(__file__).parents[2]
HEAVY = ("duckdb", "dagster", "great_expectations", "altair", "pyarrow", "pydantic", "dbt", "typst", "jinja2")


@pytest.fixture
def workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert execute(["init", str(tmp_path / "acme"), "--lang", "en"]) == 0
    capsys.readouterr()
    return tmp_path / "acme"


def test_the_help_imports_nothing_heavy() -> None:
    code = f"import sys, orchestration.cli.main; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help_is_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["--lang", "zh", "--help"]) == 0
    chinese = capsys.readouterr().out
    assert execute(["--lang", "en", "--help"]) == 0
    english = capsys.readouterr().out
    assert "新建工作区" in chinese
    assert "Make a new workspace" in english
    assert "Make a new workspace" not in chinese


def test_a_missing_workspace_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["status", "--workspace", str(tmp_path), "--lang", "en"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        f"{tmp_path}: this folder is no workspace: it has no salesops.yml. "
        "Name one with --workspace, or make one with `salesops init PATH`.\n"
    )


def test_errors_are_in_chinese_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["status", "-w", str(tmp_path), "--lang", "zh"]) == 2
    assert "这个文件夹不是工作区" in capsys.readouterr().err


def test_errors_are_json_for_a_machine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["status", "-w", str(tmp_path), "--json"]) == 2
    assert json.loads(capsys.readouterr().err)["error"]["where"] == str(tmp_path)


def test_an_unknown_key_names_line_and_nearest_key(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = workspace / "salesops.yml"
    settings.write_text(settings.read_text().replace("  currency: CNY", "  curency: CNY"))
    line = next(n for n, text in enumerate(settings.read_text().splitlines(), 1) if "curency" in text)
    assert execute(["check", "-w", str(workspace), "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert f"{settings}:{line}" in said
    assert "Did you mean `currency`?" in said


def test_a_wrong_value_is_explained_in_the_workspaces_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    execute(["init", str(tmp_path / "acme"), "--lang", "zh"])
    rules = tmp_path / "acme" / "rulebook" / "collection.yml"
    rules.write_text(rules.read_text().replace("headline:", "headlines:"))
    assert execute(["check", "-w", str(tmp_path / "acme")]) == 2
    said = capsys.readouterr().err
    assert "没有这个键" in said
    assert "是不是“headline”" in said


def test_check_shows_every_problem_not_only_the_first(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "rulebook" / "collection.yml").write_text("- id: x\n  efective: {from: 2025-01-01}\n")
    (workspace / "sources" / "orders.yml").write_text("fils: x.csv\n")
    assert execute(["check", "-w", str(workspace), "--json"]) == 2
    places = [problem["where"] for problem in json.loads(capsys.readouterr().out)["problems"]]
    assert [Path(place.rpartition(":")[0]).name for place in places] == [
        "salesops.yml",  # a new workspace names no pilot
        *["collection.yml"] * 3,  # a key that is not known, and two that are missing
        "orders.yml",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["reprot"], "Did you mean 'report'?"),
        (["report"], "Missing argument"),
        (["report", "performance", "--lang", "fr"], "--lang"),
        (["status", "--nonsense"], "--nonsense"),
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(arguments) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (["report", "performance"], "nothing has been published yet", 1),
        (["report", "perfomance"], "Did you mean `performance`?", 2),
        (["report", "performance", "--format", "docx"], "`docx` is not a format", 2),
        (["send", "performance"], "nothing has been published yet", 1),
        (["run", "--source", "ordres"], "there is no source `ordres`", 2),
    ],
)
def test_reports_before_their_time_are_refused(
    workspace: Path, arguments: list[str], said: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute([*arguments, "-w", str(workspace)]) == code
    assert said in capsys.readouterr().err


def test_a_fault_of_ours_names_its_log_and_shows_no_trace(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(status, "_publication", broken)
    assert execute(["status", "-w", str(workspace)]) == 1
    said = capsys.readouterr().err
    log = workspace / "state" / "salesops.log"
    assert str(log) in said
    assert "Traceback" not in said
    assert "secret detail" in log.read_text()
    assert execute(["status", "-w", str(workspace), "-v"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_status_of_a_new_workspace_is_empty_and_well(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["status", "--json", "-w", str(workspace)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["publication"], found["runs"], found["sources"], found["deliveries"]) == (None, [], [], [])


def test_a_long_name_is_not_folded_where_no_terminal_is(capsys: pytest.CaptureFixture[str]) -> None:
    name = "销售订单_" + "x" * 200 + ".csv"
    Session().table(["last file"], [[name]])
    assert name in capsys.readouterr().out


@pytest.mark.parametrize(("language", "said"), [("en", "names the column `nmae`"), ("zh", "用到列“nmae”，但表中没有")])
def test_check_tells_a_wrong_suite_with_file_and_line(
    workspace: Path,
    tmp_path: Path,
    language: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copytree(suite.SUITES, tmp_path / "suites")
    file = tmp_path / "suites" / "raw" / "customers.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("column: credit_days", "column: nmae"), encoding="utf-8")
    line = next(number for number, text in enumerate(file.read_text().splitlines(), 1) if "nmae" in text)
    monkeypatch.setattr(suite, "SUITES", tmp_path / "suites")
    assert execute(["check", "-w", str(workspace), "--lang", language]) == 2
    told = capsys.readouterr().err
    assert f"{file}:{line}" in told and said in told
