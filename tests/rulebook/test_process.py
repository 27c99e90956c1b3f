"""The chapter of the sales process: one way through the stages, evidence that can be looked up, names that mean one stage."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml

from rulebook import compile_rules, load
from rulebook.book import DEFAULTS
from salesops.errors import UserError

DEFAULT = yaml.safe_load((DEFAULTS / "process.yml").read_text(encoding="utf-8"))[0]


def changed(**parts: Any) -> dict[str, Any]:
    return {**DEFAULT, **parts}


def compiled(tmp_path: Path, rule: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    (tmp_path / "process.yml").write_text(yaml.safe_dump([rule], allow_unicode=True), encoding="utf-8")
    compile_rules(tmp_path, tmp_path / "out")
    names = ("process", "process_stages", "process_synonyms", "process_evidence", "process_hints")
    return {name: pq.read_table(tmp_path / "out" / f"{name}.parquet").to_pylist() for name in names}


def refused(tmp_path: Path, rule: dict[str, Any]) -> str:
    (tmp_path / "process.yml").write_text(yaml.safe_dump([rule], allow_unicode=True), encoding="utf-8")
    with pytest.raises(UserError) as told:
        load(tmp_path)
    return str(told.value)


def test_a_company_without_the_chapter_has_the_standard_funnel(tmp_path: Path) -> None:
    compile_rules(tmp_path, tmp_path / "out")
    stages = pq.read_table(tmp_path / "out" / "process_stages.parquet").to_pylist()
    assert [(s["stage"], s["stage_order"], s["next_stage"], s["status"]) for s in stages] == [
        ("qualify", 1, "needs", "open"),
        ("needs", 2, "proposal", "open"),
        ("proposal", 3, "negotiation", "open"),
        ("negotiation", 4, "won", "open"),
        ("won", 5, None, "won"),
        ("lost", None, None, "lost"),
        ("excluded", None, None, "excluded"),
    ]


def test_the_funnel_ends_in_the_won_stage_of_the_first_priority(tmp_path: Path) -> None:
    won = [
        {"id": "renewed", "name": {"zh": "续约", "en": "Renewed"}, "status": "won", "priority": 2},
        {"id": "signed", "name": {"zh": "签约", "en": "Signed"}, "status": "won", "priority": 1},
    ]
    open_ones = [stage for stage in DEFAULT["stages"] if "status" not in stage]
    stages = {s["stage"]: s for s in compiled(tmp_path, changed(stages=open_ones + won))["process_stages"]}
    assert stages["negotiation"]["next_stage"] == "signed"
    assert stages["signed"]["stage_order"] == 5 and stages["renewed"]["stage_order"] is None


def test_two_won_stages_without_a_priority_are_refused(tmp_path: Path) -> None:
    again = {"id": "signed", "name": {"zh": "签约", "en": "Signed"}, "status": "won"}
    assert "give each its own `priority" in refused(tmp_path, changed(stages=[*DEFAULT["stages"], again]))


def test_a_gap_in_the_funnel_is_refused(tmp_path: Path) -> None:
    late = {"id": "survey", "name": {"zh": "勘察", "en": "Survey"}}
    assert "the open stages come first" in refused(tmp_path, changed(stages=[*DEFAULT["stages"], late]))


@pytest.mark.parametrize(
    "evidence", [{"field": "mood"}, {"document": "napkin"}, {"smell": "good"}, {"field": "amount", "activity": "call"}]
)
def test_evidence_that_nobody_can_look_up_is_refused(tmp_path: Path, evidence: dict[str, str]) -> None:
    first, *others = DEFAULT["stages"]
    assert "stages" in refused(tmp_path, changed(stages=[{**first, "evidence": [evidence]}, *others]))


def test_one_name_of_one_source_means_one_stage(tmp_path: Path) -> None:
    first, second, *others = DEFAULT["stages"]
    both = [{**stage, "also_called": {"crm": ["跟进"]}} for stage in (first, second)]
    assert "the name `crm: 跟进` means two stages" in refused(tmp_path, changed(stages=[*both, *others]))
    apart = [{**first, "also_called": {"crm": ["跟进"]}}, {**second, "also_called": {"other": ["跟进"]}}]
    names = compiled(tmp_path, changed(stages=[*apart, *others]))["process_synonyms"]
    assert {(n["source"], n["stage"]) for n in names if n["given"] == "跟进"} == {
        ("crm", "qualify"),
        ("other", "needs"),
    }


def test_evidence_is_named_in_both_languages(tmp_path: Path) -> None:
    rows = compiled(tmp_path, DEFAULT)["process_evidence"]
    assert all(row["name_zh"] and row["name_en"] for row in rows)
    assert [(r["kind"], r["what"]) for r in rows if r["stage"] == "proposal"] == [
        ("field", "amount"),
        ("field", "expected_close_on"),
        ("document", "quote"),
    ]
