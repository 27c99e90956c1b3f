"""What a command says: sentences in the reader's language, or one JSON document for a machine."""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import typer

from orchestration.cli.messages import text, translate
from salesops.errors import UserError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from rich.console import Console

    from orchestration.workspace import Workspace

Language = Literal["zh", "en"]
PIPE_WIDTH = 1000


def locale_language() -> Language:
    """The language of the terminal, for messages outside a workspace."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if locale.startswith("zh") else "en"


@dataclass
class Session:
    """The global options of one command, and how it speaks."""

    workspace_path: Path | None = None
    lang: Language | None = None
    as_json: bool = False
    verbose: bool = False
    _language: Language = field(default_factory=locale_language)

    @cached_property
    def workspace(self) -> "Workspace":
        """The workspace that the command works in; from here on messages are in its language."""
        from orchestration.workspace import Workspace

        workspace = Workspace.open(self.workspace_path)
        self._language = workspace.settings.company.language
        return workspace

    @property
    def language(self) -> Language:
        """--lang, else the workspace's language, else the terminal's."""
        return self.lang or self._language

    def text(self, sentence: str, **values: object) -> str:
        """An English sentence in the reader's language."""
        return text(sentence, self.language, **values)

    def say(self, sentence: str, style: str = "", **values: object) -> None:
        """Print a sentence, unless a machine is reading."""
        if not self.as_json:
            _console().print(self.text(sentence, **values), style=style or None, soft_wrap=True)

    def warn(self, sentence: str, **values: object) -> None:
        """Print a sentence that the reader should not miss, on stderr."""
        if not self.as_json:
            _console(stderr=True).print(self.text(sentence, **values), style="yellow", soft_wrap=True)

    def table(self, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
        """Print a table with translated heads, unless a machine is reading."""
        if self.as_json:
            return
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, header_style="dim")
        for column in columns:
            table.add_column(self.text(column), overflow="fold")
        for row in rows:
            table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
        _console().print(table)

    def result(self, data: Mapping[str, Any]) -> None:
        """Print the result for a machine, when --json asks for it."""
        if self.as_json:
            typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))

    def working(self, sentence: str, **values: object) -> "AbstractContextManager[Callable[[str], None]]":
        """A line on the terminal that shows what is being done; yields the function that changes it."""
        return _working(self, self.text(sentence, **values))

    def error(self, error: UserError) -> None:
        """Print what is wrong, where, and how to mend it."""
        what, mend = translate(error.what, self.language), translate(error.mend, self.language)
        if self.as_json:
            problem = {"what": what, "where": error.where, "mend": mend, "exit_code": error.exit_code}
            typer.echo(json.dumps({"error": problem}, ensure_ascii=False, indent=2), err=True)
            return
        from rich.text import Text

        separator = "：" if self.language == "zh" else ": "
        place = (error.where + separator, "bold") if error.where else ""
        line = Text.assemble(place, (what, "red"), f" {mend}" if mend else "")
        _console(stderr=True).print(line, soft_wrap=True)


def session(context: typer.Context) -> Session:
    """The session that the global options made."""
    return context.ensure_object(Session)


def _console(stderr: bool = False) -> "Console":
    """A terminal has its own width; a file or a pipe has none, so that no name is folded there."""
    from rich.console import Console

    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    return console


def _working(spoken: Session, message: str) -> "AbstractContextManager[Callable[[str], None]]":
    from contextlib import contextmanager

    @contextmanager
    def show() -> Any:
        console = _console(stderr=True)
        if spoken.as_json or not console.is_terminal:
            yield lambda _: None
            return
        from rich.markup import escape

        with console.status(escape(message)) as status:
            yield lambda changed: status.update(escape(changed))

    return show()
