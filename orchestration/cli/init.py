"""`salesops init`: a new workspace, with every file explained, or the demo company's."""

import json
import shutil
from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.output import Session, session
from salesops.errors import UserError

TEMPLATES = Path(__file__).parent / "templates"
SCHEMAS = Path(".salesops") / "schemas"
SCHEMA_LINE = "# yaml-language-server: $schema=../.salesops/schemas/rulebook-{}.json\n"


def init(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="The folder to make; it must not exist or be empty.")],
    demo: Annotated[bool, typer.Option("--demo", help="Fill it with the demo company's exports.")] = False,
) -> None:
    """Make a new workspace.

    Example: `salesops init ~/acme`, or `salesops init demo --demo` for a company to try things on.
    """
    spoken = session(context)
    root = path.expanduser().resolve()
    _check_empty(root)
    if demo:
        _write_demo(spoken, root)
    else:
        lay_out(root, spoken.language)
    _write_schemas(root)
    (root / "landing").mkdir(exist_ok=True)
    spoken.say("The workspace {path} is made.", style="green", path=root)
    if not demo:
        spoken.say("Next: write salesops.yml and sources/*.yml, put exports into landing/, then `salesops check`.")
    spoken.result({"workspace": str(root), "demo": demo})


def lay_out(root: Path, language: str) -> None:
    """The files of a new workspace, explained in `language`; the rulebook in both."""
    from rulebook.book import DEFAULTS
    from rulebook.chapters import CHAPTERS

    shutil.copytree(TEMPLATES / language, root, dirs_exist_ok=True)
    (root / "rulebook").mkdir(exist_ok=True)
    for chapter in CHAPTERS:
        text = (DEFAULTS / f"{chapter}.yml").read_text(encoding="utf-8")
        (root / "rulebook" / f"{chapter}.yml").write_text(SCHEMA_LINE.format(chapter) + text, encoding="utf-8")
    _write_prose(root)


def _write_prose(root: Path) -> None:
    """The texts around the chapters of the printed rulebook."""
    from rulebook.book import DEFAULTS

    shutil.copytree(DEFAULTS / "chapters", root / "rulebook" / "chapters")


def _check_empty(root: Path) -> None:
    if root.exists() and not root.is_dir():
        raise UserError("this is a file.", where=str(root), mend="Name a folder.")
    if root.is_dir() and any(root.iterdir()):
        raise UserError("this folder is not empty.", where=str(root), mend="Name a new one; nothing was changed.")


def _write_demo(spoken: Session, root: Path) -> None:
    from examples.demo_company import write

    with spoken.working("Writing the demo company's exports …"):
        write(root)
    if spoken.lang:  # the company stays Chinese; only what is said of it follows the reader
        settings = root / "salesops.yml"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(text.replace("  language: zh ", f"  language: {spoken.lang} "), encoding="utf-8")
    _write_prose(root)


def _write_schemas(root: Path) -> None:
    """JSON Schemas, which the first line of each file names, so that editors complete and check it."""
    from orchestration.workspace import Settings
    from rulebook.chapters import CHAPTERS

    folder = root / SCHEMAS
    folder.mkdir(parents=True, exist_ok=True)
    for chapter, kind in CHAPTERS.items():
        rule = kind.model_json_schema()
        kinds = rule.pop("$defs", {})
        _write_json(folder / f"rulebook-{chapter}.json", {"type": "array", "items": rule, "$defs": kinds})
    _write_json(folder / "salesops.json", Settings.model_json_schema())


def _write_json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
