"""The chapters' prose: Markdown as HTML, and as a tree of plain nodes for the typesetter."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rulebook.told import Language

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

Node = dict[str, Any]
PREFACE = "preface"


def written(folder: Path, chapter: str, language: Language) -> str:
    """The Markdown of a chapter: `<chapter>.zh.md`, else `<chapter>.md` for both languages; empty where there is none."""
    for name in (f"{chapter}.{language}.md", f"{chapter}.md"):
        if (folder / name).is_file():
            return (folder / name).read_text(encoding="utf-8")
    return ""


def html(text: str, language: Language) -> str:
    """As HTML; tags in the text are shown as they stand, and Chinese lines join without a space."""
    environment = {"join": "" if language == "zh" else "\n"}
    return _markdown().render(text, environment)


def tree(text: str, language: Language) -> list[Node]:
    """As nodes: {type, children} or {type, text}, with `level`, `href` or `ordered` where it has one."""
    from markdown_it.tree import SyntaxTreeNode

    return [_node(child, language) for child in SyntaxTreeNode(_markdown().parse(text)).children]


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.add_render_rule("softbreak", lambda self, tokens, index, options, env: env["join"])
    return markdown


def _node(node: Any, language: Language) -> Node:
    kind = node.type
    if kind == "softbreak":
        return {"type": "text", "text": "" if language == "zh" else " "}
    if not node.children and node.content:
        return {"type": kind, "text": node.content}
    told: Node = {"type": kind, "children": [_node(child, language) for child in node.children]}
    if kind == "heading":
        told["level"] = int(node.tag[1])
    if kind == "link":
        told["href"] = node.attrs["href"]
    return told
