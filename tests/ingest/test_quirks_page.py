"""docs/quirks.md: made from docs/quirks.yml, the sentences of the command line and the tests; this file writes it, too."""

import ast
import re
from pathlib import Path
from typing import Any

import yaml

from orchestration.cli.chinese import CHINESE

ROOT = Path(__file__).parents[2]
QUIRKS, PAGE = ROOT / "docs" / "quirks.yml", ROOT / "docs" / "quirks.md"
HEAD = """# Quirks of real exports · 真实导出文件的毛病

What ingest does by default, what it says, and the tests that prove it. Made by `python tests/ingest/test_quirks_page.py`.
以下是读取时的默认处理、提示，以及相应的测试。本页自动生成。

| | Quirk · 现象 | Handling · 处理 | Message · 提示 | Tests · 测试 |
|---|---|---|---|---|
"""


def quirks() -> list[dict[str, Any]]:
    return yaml.safe_load(QUIRKS.read_text(encoding="utf-8"))


def marked() -> dict[str, list[str]]:
    """The tests that bear the mark of each quirk, in the order of files and lines."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for mark in node.decorator_list if isinstance(node, ast.FunctionDef) else []:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.quirk":
                    name = f"[{node.name.removeprefix('test_').replace('_', ' ')}](../{path.relative_to(ROOT)})"
                    for argument in mark.args:
                        found.setdefault(ast.literal_eval(argument), []).append(name)
    return found


def shown(sentence: str) -> str:
    """The sentence in both languages, an ellipsis where it fills something in."""
    return re.sub(r"\{\d?\}", "…", f"{sentence}<br>{CHINESE[sentence]}")


def page() -> str:
    proofs = marked()
    rows = []
    for quirk in quirks():
        says = [shown(sentence) for sentence in quirk.get("says", [])]
        pairs = [f"{quirk[part]['en']}<br>{quirk[part]['zh']}" for part in ("what", "handling")]
        cells = [quirk["id"], *pairs, "<br>".join(says), "; ".join(proofs[quirk["id"]])]
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n")
    return HEAD + "".join(rows)


def test_every_quirk_has_a_test_and_every_marked_test_a_quirk() -> None:
    named = [quirk["id"] for quirk in quirks()]
    assert named[:34] == [f"Q{number}" for number in range(1, 35)]
    assert sorted(marked()) == sorted(named)


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
