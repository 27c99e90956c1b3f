"""`salesops run` as a user meets it, on a company of two sellers."""

import json
import shutil
import subprocess
import sys
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import duckdb
import pytest

from expectations import suite
from expectations.result import Outcome, Status, SuiteResult
from orchestration import runs, steps
from orchestration.defs.build import build
from orchestration.defs.instance import NIGHTLY_JOB, REPOSITORY_TAG, open_instance
from orchestration.engine import run
from orchestration.load import open_load
from orchestration.manifest import models, prepared
from orchestration.workspace import Workspace
from salesops.errors import UserError
from tests.e2e.conftest import AS_OF, salesops, write_workspace

pytestmark = pytest.mark.xdist_group("e2e")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The company after its first load."""
    root = write_workspace(tmp_path_factory.mktemp("run") / "company")
    done = salesops(root, "run", "--as-of", AS_OF)
    assert done.returncode == 0, done.stderr
    return root


def pointer(root: Path) -> dict[str, str]:
    return json.loads((root / "published" / "current.json").read_text())


def query(root: Path, sql: str) -> list[tuple]:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{root / pointer(root)['duckdb']}' as p (read_only)")
        return connection.execute(sql).fetchall()


def test_a_first_load_publishes_the_sales_of_every_unit(loaded: Path) -> None:
    sales = query(
        loaded,
        "select org_unit_id, booked_amount::varchar from p.marts.mart_performance_by_org_unit"
        " where period_type = 'year' and period_label = '2025' and org_unit_id in ('all', 'north', 'south') order by 1",
    )
    # by hand: north 100 + 50 + 70; south's only order was corrected from 200 to 210
    assert sales == [("all", "430.00"), ("north", "220.00"), ("south", "210.00")]


def test_the_row_that_is_no_date_is_in_quarantine_and_counted(loaded: Path) -> None:
    last = runs.runs(loaded / "state")[-1]
    assert (last.status, last.snapshot) == ("done", pointer(loaded)["snapshot"])
    assert last.rows_quarantined == 1


def test_publication_row_names_each_source_with_its_last_file(loaded: Path) -> None:
    [(sources, as_of)] = query(loaded, "select sources, as_of from p.marts.publication")
    assert as_of == date(2025, 3, 31)
    assert json.loads(sources)["orders"] == {"last_file": "orders_20250331.csv", "extracted_on": "2025-03-31"}


def test_columns_of_the_published_marts_are_described(loaded: Path) -> None:
    [(described, columns)] = query(
        loaded,
        "select count(comment), count(*) from duckdb_columns() where database_name = 'p'"
        " and table_name = 'mart_performance_by_org_unit'",
    )
    assert described == columns > 0


def test_running_again_says_that_nothing_is_new_before_anything_heavy_is_imported(loaded: Path) -> None:
    before = pointer(loaded)
    code = (
        "import sys\nfrom orchestration.cli.main import execute\n"
        f"assert execute(['--workspace', {str(loaded)!r}, 'run', '--as-of', {AS_OF!r}, '--json']) == 0\n"
        "heavy = ('dagster', 'dbt', 'duckdb', 'great_expectations', 'pandas', 'pyarrow', 'sqlalchemy')\n"
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)"
    )
    again = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(again.stdout)["nothing_new"] is True
    assert again.stderr == "[]\n"
    assert pointer(loaded) == before


def test_strict_makes_quarantined_rows_an_exit_code_of_their_own(loaded: Path) -> None:
    assert salesops(loaded, "run", "--as-of", AS_OF, "--strict").returncode == 3


@pytest.mark.parametrize("read_only", [False, True])
def test_a_build_warehouse_that_another_process_has_open_ends_in_one_sentence(loaded: Path, read_only: bool) -> None:
    before, path = pointer(loaded), str(loaded / "warehouse" / "build.duckdb")
    code = f"import duckdb; c = duckdb.connect({path!r}, read_only={read_only}); print(flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None and holder.stdout.readline()
        refused = salesops(loaded, "run", "--as-of", "2025-03-30")
        holder.communicate(b"\n")
    assert refused.returncode == 1
    assert refused.stderr.strip().splitlines() == [
        f"{path}: the build warehouse is open in process {holder.pid}. "
        "Close it there; to look at figures, open the published marts instead."
    ]
    assert pointer(loaded) == before


def test_a_broken_check_ends_in_one_sentence_that_names_it_its_file_and_the_data(company: Path, tmp_path: Path) -> None:
    suites = shutil.copytree(suite.SUITES, tmp_path / "suites")
    file = suites / "raw" / "order_lines.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("where quantity = 0", "where nonsense = 0"))
    line = next(n for n, text in enumerate(file.read_text().splitlines(), 1) if "id: quantity_is_not_zero" in text)
    patched = f"from expectations import suite; from pathlib import Path; suite.SUITES = Path({str(suites)!r})\n"
    command = [sys.executable, "-c", f"{patched}from orchestration.cli.main import main; main()"]
    done = subprocess.run(
        [*command, "-w", str(company), "run", "--as-of", AS_OF], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    (said,) = done.stderr.strip().splitlines()
    assert said.startswith(f"{file}:{line}: the check `raw_order_lines.quantity_is_not_zero` is broken")
    assert "on orders_20250131.csv" in said and "nonsense" in said and "not of the data" in said
    assert not (company / "published").exists()
    assert runs.runs(company / "state")[-1].error["where"] == f"{file}:{line}"


def test_warnings_are_in_the_record_the_output_and_the_status(loaded: Path) -> None:
    (loaded / "landing" / "notes.txt").write_text("a stranger")
    done = salesops(loaded, "run", "--as-of", AS_OF, "--strict")
    (loaded / "landing" / "notes.txt").unlink()
    warning = {"en": "notes.txt: no mapping asks for this file.", "zh": "notes.txt：没有映射使用此文件。"}
    assert done.returncode == 3
    assert runs.runs(loaded / "state")[-1].warnings == [warning]
    assert f"- {warning['en']}" in done.stderr
    assert f"- {warning['zh']}" in salesops(loaded, "status", "--lang", "zh").stderr
    assert json.loads(salesops(loaded, "status", "--json").stdout)["runs"][0]["warnings"] == [warning]


def test_the_run_is_on_the_page_of_the_job_with_the_same_id(loaded: Path) -> None:
    with open_instance(loaded / "state" / "dagster") as instance:
        ids = {
            run.run_id
            for run in instance.get_runs()
            if run.job_name == NIGHTLY_JOB and REPOSITORY_TAG.items() <= run.tags.items()
        }
    assert {run.run_id for run in runs.runs(loaded / "state")} == ids


@pytest.mark.slow
def test_two_loads_in_one_process_leave_no_handle_open(loaded: Path, tmp_path: Path) -> None:
    workspace = Workspace.open(write_workspace(tmp_path / "company"))
    first = run(workspace, as_of=date(2025, 3, 31))
    assert first.run.snapshot == pointer(loaded)["snapshot"]  # the same files in another folder give the same marts
    with (workspace.landing / "orders_20250331.csv").open("a") as export:
        export.write("O5,1,2025-03-07,C1,E1,1,30.00\n")
    second = run(workspace, as_of=date(2025, 3, 31))
    assert (second.is_new, second.nothing_new) == (True, False)
    total = "select booked_amount::varchar from p.marts.mart_performance_by_org_unit_year where org_unit_id = 'all'"
    assert query(workspace.root, f"{total} and period_label = '2025'") == [("460.00",)]


@pytest.mark.slow
def test_a_past_state_of_knowledge_lies_beside_the_current_publication(loaded: Path) -> None:
    before = pointer(loaded)
    done = salesops(loaded, "run", "--as-of", AS_OF, "--known-at", "2025-02-01", "--json")
    result = json.loads(done.stdout)
    file = loaded / "published" / result["snapshot"] / "marts.duckdb"
    with duckdb.connect(str(file), read_only=True) as connection:
        total = (
            "select booked_amount::varchar from marts.marts.mart_performance_by_org_unit_year where org_unit_id = 'all'"
        )
        assert connection.execute(f"{total} and period_label = '2025'").fetchall() == [
            ("350.00",)
        ]  # before the correction
    assert pointer(loaded) == before


def test_the_report_job_sends_each_managers_own_units_once_to_the_pilot(loaded: Path) -> None:
    settings = loaded / "salesops.yml"
    text = settings.read_text(encoding="utf-8").replace("pilot_to: []", "pilot_to: [pilot@example.com]")
    settings.write_text(text, encoding="utf-8")
    workspace = Workspace.open(loaded)
    job = build(workspace, models(prepared(workspace.state, date(2025, 3, 31)))).resolve_job_def("send_report_job")
    with open_instance(workspace.state / "dagster") as instance:
        for _ in range(2):
            assert job.execute_in_process(instance=instance, raise_on_error=False).success
    mails = [message_from_bytes(path.read_bytes(), policy=default) for path in workspace.outbox.rglob("*.eml")]
    assert [mail["to"] for mail in mails] == ["pilot@example.com"] * 2
    assert sorted(mail["subject"].partition("]")[0] for mail in mails) == ["[Pilot → Ann", "[Pilot → Bo"]


@pytest.mark.parametrize(
    ("status", "sentence"),
    [("failed", "the data fails this check"), ("error", "is broken: it could not be carried out")],
)
def test_marts_that_did_not_pass_are_never_published(
    loaded: Path, monkeypatch: pytest.MonkeyPatch, status: Status, sentence: str
) -> None:
    before = pointer(loaded)
    monkeypatch.setattr("expectations.runner.check_marts", lambda warehouse: verdict(status))
    workspace = Workspace.open(loaded)
    with open_load(workspace, run_id=status, trigger="test", as_of=date(2025, 3, 31)) as load:
        steps.check_release(load)
        assert sentence in str(load.failure)
        with pytest.raises(UserError, match="have not passed their checks"):
            steps.publish(load)
    assert runs.runs(workspace.state)[-1].status == "failed"
    assert pointer(loaded) == before


@pytest.mark.slow
def test_a_failing_release_check_stops_the_job_before_the_publication(
    company: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("expectations.runner.check_marts", lambda warehouse: verdict("failed"))
    with pytest.raises(UserError, match="the data fails this check, so nothing was published: Why") as caught:
        run(Workspace.open(company), as_of=date(2025, 3, 31))
    assert caught.value.exit_code == 1
    assert not (company / "published").exists()


def verdict(status: Status) -> SuiteResult:
    outcome = Outcome("marts_performance.it_adds_up", "blocking", status, "为何", "Why", message="no such column")
    return SuiteResult("marts", (outcome,))
