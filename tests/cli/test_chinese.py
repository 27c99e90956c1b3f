"""Chinese and English are equal: every sentence that a user can meet at the command line is in both."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
import typer

from orchestration.cli.chinese import CHINESE
from orchestration.cli.deliveries import ACCEPTED, SHOWN_OUTCOMES
from orchestration.cli.main import app
from orchestration.cli.messages import text, translate

ROOT = Path(__file__).parents[2]
ROOMS = ("salesops", "orchestration", "expectations", "rulebook", "reports", "examples")
SPOKEN = {"say", "warn", "text", "working"}


def template(node: ast.expr) -> str | None:
    """A literal sentence, with `{}` where an f-string fills something in; None where it is not one."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def literals(node: ast.expr | None) -> Iterator[str]:
    """The sentences that an expression may be: both branches of a condition."""
    if isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)
    elif node is not None and (found := template(node)) and found.strip("{} "):
        yield found


def fixed_words(sentence: str) -> list[str]:
    """What a sentence says besides what it fills in."""
    return [words.strip() for words, *_ in Formatter().parse(sentence) if words.strip()]


def calls() -> Iterator[tuple[Path, str, ast.Call]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    function = node.func
                    yield (
                        path,
                        function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", ""),
                        node,
                    )


def errors() -> set[str]:
    """What UserErrors say."""
    found: set[str] = set()
    for _, name, call in calls():
        if name == "UserError":
            mend = next((word.value for word in call.keywords if word.arg == "mend"), None)
            found |= {*literals(call.args[0] if call.args else None), *literals(mend)}
        if name == "ValueError":  # a validator's; the YAML reader ends it with a stop
            found |= {f"{sentence}." for sentence in literals(call.args[0])}
        if name == "meant":
            found |= {sentence for argument in call.args[2:] for sentence in literals(argument)}
    return found


def spoken() -> set[str]:
    """What commands say."""
    found: set[str] = set()
    for path, name, call in calls():
        if name in SPOKEN and "cli" in path.parts and path.name != "output.py" and call.args:
            found |= {sentence for sentence in literals(call.args[0]) if any(fixed_words(sentence))}
    return (found - {"{}: in order"}) | set(SHOWN_OUTCOMES.values()) | {ACCEPTED}


def helps() -> set[str]:
    command = typer.main.get_command(app)
    parts = [command, *command.params]
    for inner in command.commands.values():
        parts += [inner, *inner.params]
    return {part.help for part in parts if getattr(part, "help", None)} | {command.epilog}


@pytest.mark.parametrize("sentences", [errors, spoken, helps])
def test_every_sentence_has_its_chinese(sentences) -> None:
    assert sorted(sentences() - set(CHINESE)) == []


def test_both_languages_fill_in_the_same_things() -> None:
    def places(sentence: str) -> list[str]:
        return sorted(name for _, name, _, _ in Formatter().parse(sentence) if name is not None and name != "")

    unequal = [
        english
        for english, chinese in CHINESE.items()
        if "{}" not in english and english not in helps() and places(english) != places(chinese)
    ]
    assert unequal == []


def test_an_error_is_found_again_by_its_fixed_words() -> None:
    assert (
        translate("this folder is no workspace: it has no salesops.yml.", "zh")
        == "这个文件夹不是工作区：缺少 salesops.yml。"
    )
    assert translate("this folder is no workspace: it has no salesops.yml.", "en").startswith("this folder")
    assert translate("a sentence that nobody knows", "zh") == "a sentence that nobody knows"


def test_names_are_filled_in() -> None:
    assert text("The workspace {path} is made.", "zh", path="/x") == "工作区已建好：/x"
