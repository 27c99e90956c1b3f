"""The `salesops` command: global options, subcommands, and the place where every error becomes a sentence."""

import sys
import tempfile
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from orchestration.cli import (
    check,
    close,
    forms,
    init,
    inspect,
    quarantine,
    report,
    rulebook,
    run,
    send,
    status,
    targets,
    ui,
)
from orchestration.cli.messages import text
from orchestration.cli.output import Language, Session, locale_language
from salesops.errors import UserError

GLOBAL_FLAGS = ("--json", "-v", "--verbose")
GLOBAL_VALUES = ("--workspace", "-w", "--lang")

app = typer.Typer(
    name="salesops",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Global options may stand before or after the command. "
    "Exit codes: 0 done, 1 the run failed, 2 wrong usage or configuration, "
    "3 done under --strict, but with quarantined rows or a warning.",
)
COMMANDS = (init.init, inspect.inspect, check.check, run.run, report.report, send.send, close.close, close.reopen)
for command in (*COMMANDS, status.status, ui.ui):
    app.command()(command)
app.add_typer(quarantine.app, name="quarantine")
app.add_typer(forms.app, name="forms")
app.add_typer(targets.app, name="targets")
app.add_typer(rulebook.app, name="rulebook")


@app.callback()
def _global_options(
    context: typer.Context,
    workspace: Annotated[
        Path | None,
        typer.Option(
            "--workspace",
            "-w",
            help="The workspace; else $SALESOPS_WORKSPACE, else the current folder.",
            metavar="PATH",
        ),
    ] = None,
    lang: Annotated[Language | None, typer.Option(help="The language of messages and reports.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Output for a machine.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more; show tracebacks.")] = False,
) -> None:
    """Sales exports in, audited marts and trusted reports out, by the company's own rulebook."""
    given = context.ensure_object(Session)
    given.workspace_path, given.lang, given.as_json, given.verbose = workspace, lang, json, verbose


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with its exit code."""
    sys.exit(execute(sys.argv[1:] if arguments is None else arguments))


def execute(arguments: Sequence[str]) -> int:
    """Run the command; the exit code, after every error has become one sentence."""
    arguments = _globals_first(arguments)
    spoken = Session(as_json="--json" in arguments, verbose="-v" in arguments or "--verbose" in arguments)
    spoken.lang = "zh" if _asked_language(arguments) == "zh" else None
    command = _in_language(typer.main.get_command(app), spoken.language)
    try:
        code = command.main(list(arguments), prog_name="salesops", standalone_mode=False, obj=spoken)
    except UserError as error:
        spoken.error(error)
        return error.exit_code
    except typer.TyperException as error:
        if message := error.format_message():  # without arguments there is none: the help has been shown
            spoken.error(UserError(message, mend="See `salesops --help`."))
        return error.exit_code
    except (typer.Abort, KeyboardInterrupt):
        spoken.warn("Stopped.")
        return 1
    except Exception as error:
        _unexpected(spoken, error)
        return 1
    return code if isinstance(code, int) else 0


def _globals_first(arguments: Sequence[str]) -> list[str]:
    """The same arguments with the global options before the command, wherever they stood."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            rest += [argument, *waiting]
        elif argument in GLOBAL_FLAGS or argument.startswith(("--workspace=", "--lang=")):
            front.append(argument)
        elif argument in GLOBAL_VALUES:
            front += [argument, *([value] if (value := next(waiting, None)) is not None else [])]
        else:
            rest.append(argument)
    return front + rest


def _asked_language(arguments: Sequence[str]) -> str:
    """The language that the command line asks for, needed for its own help before it is parsed."""
    for argument, value in zip(arguments, [*arguments[1:], ""], strict=False):
        if argument == "--lang":
            return value
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return locale_language()


def _in_language(command: Any, language: Language) -> Any:
    """The command with its help texts in `language`."""
    for part in (command, *command.params):
        if getattr(part, "help", None):
            part.help = text(part.help, language)
    if command.epilog:
        command.epilog = text(command.epilog, language)
    for inner in getattr(command, "commands", {}).values():
        _in_language(inner, language)
    return command


def _unexpected(spoken: Session, error: Exception) -> None:
    """An error of ours: its trace goes to a log file, the user gets one sentence."""
    trace = "".join(traceback.format_exception(error))
    try:
        log = spoken.workspace.state / "salesops.log"
        log.parent.mkdir(parents=True, exist_ok=True)
    except (UserError, OSError):
        log = Path(tempfile.gettempdir()) / "salesops.log"
    with log.open("a", encoding="utf-8") as file:
        file.write(f"--- {datetime.now().astimezone().isoformat(timespec='seconds')}\n{trace}")
    if spoken.verbose:
        typer.echo(trace, err=True)
    spoken.error(
        UserError(
            f"something went wrong inside salesops ({type(error).__name__}); the trace is in {log}.",
            mend="Run it again with -v to see it here.",
            exit_code=1,
        )
    )
