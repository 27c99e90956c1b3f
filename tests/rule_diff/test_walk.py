"""docs/rulebook.md walks through a change of a rule: its commands and its YAML are those of the product."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import typer

from orchestration.cli.main import app
from orchestration.rule_diff.changes import changes
from orchestration.rule_diff.draft import with_drafts
from rulebook import load

ROOT = Path(__file__).parents[2]
PAGES = {language: ROOT / "docs" / name for language, name in (("en", "rulebook.md"), ("zh", "rulebook.zh.md"))}
DEMO = ROOT / "examples" / "demo_company" / "template" / "rulebook" / "collection.yml"


def blocks(page: Path, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL)


def commands(page: Path) -> list[list[str]]:
    lines = [line.split() for block in blocks(page, "sh") for line in block.splitlines()]
    return [words[1:] for words in lines if words[0] == "salesops"]


def without_language(words: list[str]) -> list[str]:
    """The command without its global option, which may stand anywhere."""
    return words[: words.index("--lang")] if "--lang" in words else words


@pytest.mark.parametrize("language", PAGES)
def test_every_command_of_the_walk_is_one_of_ours(language: str) -> None:
    listed = commands(PAGES[language])
    assert [words[0] for words in listed].count("rulebook") == 6
    for words in (without_language(words) for words in listed):
        command = typer.main.get_command(app)
        while words and words[0] in getattr(command, "commands", {}):
            command = command.commands[words[0]]  # type: ignore[attr-defined]
            words = words[1:]
        command.make_context("salesops", list(words))


def test_both_languages_walk_the_same_way() -> None:
    said = {language: [c for c in commands(page) if c[0] != "init"] for language, page in PAGES.items()}
    assert said["zh"] == said["en"]
    assert blocks(PAGES["zh"], "yaml") == blocks(PAGES["en"], "yaml")


def test_the_draft_of_the_walk_and_its_approval_are_rules_of_the_demo_company(tmp_path: Path) -> None:
    draft, ends, approval = blocks(PAGES["en"], "yaml")
    path = tmp_path / "collection.yml"
    path.write_text(DEMO.read_text(encoding="utf-8") + draft, encoding="utf-8")
    book = load(tmp_path)
    tried = changes(book, with_drafts(book, ("collection-2025-q2",)), "en")
    text = path.read_text(encoding="utf-8")
    assert "  effective: {from: 2023-01-01}\n" in text
    text = text.replace("  effective: {from: 2023-01-01}\n", ends).replace("  status: draft\n", approval)
    path.write_text(text, encoding="utf-8")
    old, new = load(tmp_path).chapters["collection"]
    assert [rule.is_in_force(date(2025, 3, 31)) for rule in (old, new)] == [True, False]
    assert [rule.is_in_force(date(2025, 4, 1)) for rule in (old, new)] == [False, True]
    assert new.ageing.provision[1] == Decimal("0.02")  # type: ignore[attr-defined]
    [change] = [one for one in tried if one.rule_id == "collection-2025-q2"]
    told = {key.key: (key.before, key.after) for key in change.keys}
    assert told["Ageing and provision · 1–30 days · Provision"] == ("1%", "2%")
