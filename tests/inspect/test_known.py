"""Exports of well-known systems are recognised by their headers alone, however the file is called."""

from pathlib import Path

import pytest

from orchestration.ingest.preset import preset_names
from orchestration.inspect.folder import inspect_files
from orchestration.inspect.write import mapping_text
from tests.ingest.conftest import Office
from tests.ingest.test_presets import assert_golden, golden_of


@pytest.mark.parametrize("name", preset_names())
def test_the_written_copy_of_a_preset_loads_its_export_to_the_golden_rows(
    name: str, office: Office, tmp_path: Path
) -> None:
    export, golden = golden_of(name)
    office.drop(f"x{export.suffix}", export.read_bytes())
    (tmp_path / "scratch").mkdir()
    found = inspect_files([office.workspace.landing], tmp_path / "scratch")
    (proposal,) = found.proposals
    assert (proposal.preset, proposal.missing) == (name, [])
    office.mapping("export", mapping_text(proposal, lambda sentence, **values: sentence.format(**values)))
    assert_golden(office, golden)
