"""`salesops check`: settings, rulebook, corrections, mappings, checks and file headers, without loading anything."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import typer

from orchestration.cli.output import Session, session
from salesops.errors import UserError

if TYPE_CHECKING:
    from orchestration.workspace import Workspace

Part = Callable[["Workspace"], Iterator[UserError]]


def check(context: typer.Context) -> None:
    """Check settings, rulebook, corrections, mappings, the checks and file headers; nothing is loaded, no server asked.

    Example: `salesops check`. Exit code 2 for what would fail. An environment variable that is not set here is a
    warning only: the process that runs at night may have it.
    """
    from orchestration.settings_check import settings_problems, settings_warnings

    spoken = session(context)
    workspace = spoken.workspace
    warnings = list(settings_warnings(workspace))
    for warning in warnings:
        told = f"{warning.where}: {spoken.text(warning.what)} {spoken.text(warning.mend)}"
        spoken.warn("- {warning}", warning=told)
    problems = [
        *_checked(spoken, workspace, "settings", settings_problems),
        *_checked(spoken, workspace, "rulebook", _rulebook),
        *_checked(spoken, workspace, "corrections", _corrections),
        *_checked(spoken, workspace, "mappings", _mappings),
        *_checked(spoken, workspace, "checks", _suites),
    ]
    if not problems:  # headers are compared with mappings that can be read
        problems = _checked(spoken, workspace, "headers", _headers)
    spoken.result(
        {
            "workspace": str(workspace.root),
            "problems": [_as_json(error) for error in problems],
            "warnings": [_as_json(error) for error in warnings],
        }
    )
    if problems:
        raise typer.Exit(2)


def _as_json(error: UserError) -> dict[str, str]:
    return {"what": error.what, "where": error.where, "mend": error.mend}


def _checked(spoken: Session, workspace: "Workspace", name: str, part: Part) -> list[UserError]:
    """The part's problems, said; all of them, so that one run of the command shows what there is to mend."""
    problems = list(part(workspace))
    if not spoken.as_json:
        for problem in problems:
            spoken.error(problem)
    if not problems:
        spoken.say(f"{name}: in order", style="green")
    return problems


def _rulebook(workspace: "Workspace") -> Iterator[UserError]:
    from orchestration.forms.definition import form_called
    from orchestration.forms.tasks import RULES
    from rulebook.book import read
    from rulebook.chapters.forms import FormRule

    stated, refusals = read(workspace.rulebook)
    yield from (refusal.error for refusal in refusals)
    for one in stated:
        if isinstance(one.rule, FormRule):
            try:
                form_called(one.rule.form, RULES)
            except UserError as error:
                yield error


def _corrections(workspace: "Workspace") -> Iterator[UserError]:
    from orchestration.corrections import load

    yield from load(workspace.corrections).problems


def _mappings(workspace: "Workspace") -> Iterator[UserError]:
    from orchestration.ingest.sources import load_source

    files = sorted(workspace.sources.glob("*.yml"))
    if not files:
        where = str(workspace.sources)
        yield UserError("there is no mapping yet.", where=where, mend="Write one for each export, as NAME.yml.")
    for file in files:
        try:
            load_source(file)
        except UserError as error:
            yield error


def _suites(workspace: "Workspace") -> Iterator[UserError]:
    from expectations.validation import suite_problems
    from orchestration.manifest import mart_columns

    yield from suite_problems(mart_columns())


def _headers(workspace: "Workspace") -> Iterator[UserError]:
    from orchestration.ingest import check_headers

    yield from check_headers(workspace)
