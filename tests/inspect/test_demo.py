"""The demo company's exports, looked into without their mappings: does inspection find what its people wrote?"""

import shutil
from pathlib import Path

import pytest

from examples import demo_company
from orchestration.ingest import ingest
from orchestration.ingest.sources import load_source
from orchestration.inspect.folder import Inspection
from orchestration.inspect.names import source_names
from orchestration.inspect.write import mapping_text
from orchestration.workspace import Workspace
from tests.inspect.judge import counted, inspected

TEMPLATE = Path(demo_company.__file__).parent / "template"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demo")
    demo_company.write(home / "demo")
    return home


@pytest.fixture(scope="module")
def demo(home: Path) -> Inspection:
    return inspected(home / "demo" / "landing", home / "scratch")


@pytest.mark.slow
def test_every_table_and_column_of_the_demo_is_found(demo: Inspection) -> None:
    count = counted(demo, TEMPLATE / "sources")
    assert (count.tables, count.wrong_tables) == (25, [])
    assert (count.columns, count.wrong_columns, count.wrong_required) == (185, [], [])
    assert not demo.problems


@pytest.mark.slow
def test_what_is_written_is_a_mapping_that_check_accepts(demo: Inspection, tmp_path: Path) -> None:
    names = source_names(demo.proposals)
    assert len(set(names)) == len(demo.proposals) == 24
    for name, proposal in zip(names, demo.proposals, strict=True):
        path = tmp_path / f"{name}.yml"
        path.write_text(mapping_text(proposal, lambda sentence, **values: sentence.format(**values)), encoding="utf-8")
        assert load_source(path).mapping.files == list(proposal.looked.glob)


@pytest.mark.slow
def test_load_kinds_of_the_demo_are_those_its_people_wrote(demo: Inspection) -> None:
    loads = {table.table: one.load for one in demo.proposals for table in one.tables}
    for path in (TEMPLATE / "sources").glob("*.yml"):
        mapping = load_source(path).mapping
        assert {loads[table] for table in mapping.tables} == {mapping.load}, path.name


@pytest.mark.slow
def test_the_proposed_mappings_load_the_rows_that_the_demos_own_load(demo: Inspection, home: Path) -> None:
    own = Workspace.open(home / "demo")
    proposed = Workspace.open(shutil.copytree(home / "demo", home / "proposed"))
    shutil.rmtree(proposed.sources)
    proposed.sources.mkdir()
    for name, proposal in zip(source_names(demo.proposals), demo.proposals, strict=True):
        text = mapping_text(proposal, lambda sentence, **values: sentence.format(**values))
        (proposed.sources / f"{name}.yml").write_text(text, encoding="utf-8")
    assert loaded(proposed) == loaded(own)


def loaded(workspace: Workspace) -> list[tuple]:
    """What became of every file: its state, rows loaded, rows kept out, and the money in them."""
    accounts = [(one.file_name, one.account) for one in ingest(workspace).accounts]
    return sorted(
        (file, one.table, one.state, one.rows_loaded, one.rows_quarantined, str(one.control_total))
        for file, one in accounts
    )
