"""The archive keeps what was shown, and says what changed."""

import json
from pathlib import Path

from reports.archive import Shelf, changes, content_version, safe_name, show_latest, store

SHELF = Shelf("performance", "2025-03", "R-EAST", "zh")
FACTS = {"title": "业绩", "status": "初稿"}


def data(amount: str = "100.00", snapshot: str = "s1") -> dict:
    return {
        "snapshot": snapshot,
        "figures": [
            {"mart": "m", "measure": "sales_amount", "keys": {"org_unit_id": "R-EAST"}, "value": amount},
            {"mart": "m", "measure": "target_amount", "keys": {"org_unit_id": "R-EAST"}, "value": "120.00"},
        ],
    }


def rendered(folder: Path, **said: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "report.html").write_text(f"<p>{said}</p>", encoding="utf-8")
    (folder / "data.json").write_text(json.dumps(data(**said)), encoding="utf-8")
    return folder


def test_the_same_content_from_another_snapshot_makes_no_revision(tmp_path: Path) -> None:
    first = store(tmp_path / "archive", SHELF, rendered(tmp_path / "a"), FACTS)
    again = store(tmp_path / "archive", SHELF, rendered(tmp_path / "b", snapshot="s2"), FACTS)
    assert (first.revision, first.is_new, again.revision, again.is_new) == (1, True, 1, False)
    assert first.version == again.version


def test_other_numbers_are_a_new_revision_that_says_what_changed_and_leaves_the_old_one(tmp_path: Path) -> None:
    first = store(tmp_path / "archive", SHELF, rendered(tmp_path / "a"), FACTS)
    before = (first.folder / "report.html").read_bytes()
    second = store(tmp_path / "archive", SHELF, rendered(tmp_path / "b", amount="101.50"), FACTS)
    note = json.loads((second.folder / "revision.json").read_text())
    assert second.revision == 2
    assert [(change["before"], change["after"]) for change in note["changes"]] == [("100.00", "101.50")]
    assert "sales_amount" in note["changes"][0]["at"]
    assert (first.folder / "report.html").read_bytes() == before


def test_numbers_that_return_to_what_they_were_are_a_revision_with_the_old_version(tmp_path: Path) -> None:
    archived = [
        store(tmp_path / "archive", SHELF, rendered(tmp_path / str(n), amount=amount), FACTS)
        for n, amount in enumerate(("1.00", "2.00", "1.00"))
    ]
    assert [one.revision for one in archived] == [1, 2, 3]
    assert archived[0].version == archived[2].version != archived[1].version


def test_a_format_rendered_later_joins_its_revision_without_touching_it(tmp_path: Path) -> None:
    first = store(tmp_path / "archive", SHELF, rendered(tmp_path / "a"), FACTS)
    later = rendered(tmp_path / "b")
    (later / "report.pdf").write_bytes(b"%PDF")
    (later / "report.html").write_text("another layout", encoding="utf-8")
    again = store(tmp_path / "archive", SHELF, later, FACTS)
    assert (again.folder / "report.pdf").read_bytes() == b"%PDF"
    assert "another layout" not in (first.folder / "report.html").read_text(encoding="utf-8")


def test_the_newest_revision_lies_where_the_interface_promises_it(tmp_path: Path) -> None:
    for n, amount in enumerate(("1.00", "2.00")):
        store(tmp_path / "archive", SHELF, rendered(tmp_path / str(n), amount=amount), FACTS)
        folder = show_latest(tmp_path / "archive", SHELF)
    assert folder == tmp_path / "archive" / "performance" / "2025-03" / "R-EAST"
    assert json.loads((folder / "data.json").read_text())["figures"][0]["value"] == "2.00"


def test_a_killed_rendering_leaves_no_revision(tmp_path: Path) -> None:
    home = SHELF.folder(tmp_path / "archive")
    (home / ".rev-1.tmp").mkdir(parents=True)
    (home / ".rev-1.tmp" / "report.html").write_text("half", encoding="utf-8")
    archived = store(tmp_path / "archive", SHELF, rendered(tmp_path / "a"), FACTS)
    assert archived.revision == 1
    assert "half" not in (archived.folder / "report.html").read_text(encoding="utf-8")


def test_a_row_that_comes_first_does_not_make_the_others_changed() -> None:
    new = {"mart": "m", "measure": "sales_amount", "keys": {"org_unit_id": "R-WEST"}, "value": "5.00"}
    now = {"figures": [new, *data()["figures"]]}
    assert {change["before"] for change in changes(data(), now)} == {None}


def test_ids_that_are_no_file_names_stay_different_and_inside_the_archive() -> None:
    names = [safe_name(text) for text in ("east/direct", "east_direct", "..", ".", "east direct", "华东")]
    assert len(set(names)) == len(names)
    assert not [name for name in names if "/" in name or name in (".", "..")]
    assert names[-1] == "华东"


def test_provenance_alone_does_not_change_the_version() -> None:
    assert content_version(data()) == content_version(data(snapshot="s9"))
    assert content_version(data()) != content_version(data(amount="100.01"))


def test_more_rows_read_into_the_lake_do_not_change_what_a_report_says() -> None:
    rows = {"place": "data_box", "mart": "mart_data_accounting", "measure": "sum(rows_read)", "keys": {}, "value": "9"}
    assert content_version({"figures": [*data()["figures"], rows]}) == content_version({"figures": data()["figures"]})
