"""The demo company's exports, looked into without their mappings: does inspection find what its people wrote?"""

from pathlib import Path

import pytest

from examples import demo_company
from orchestration.ingest.mapping import load_source
from orchestration.inspect.folder import Inspection
from orchestration.inspect.names import source_names
from orchestration.inspect.write import mapping_text
from tests.inspect.judge import counted, inspected

TEMPLATE = Path(demo_company.__file__).parent / "template"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Inspection:
    home = tmp_path_factory.mktemp("demo")
    demo_company.write(home / "demo")
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
