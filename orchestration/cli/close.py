"""`salesops close` and `salesops reopen`: a month's figures are frozen, or a closing is taken back with its reason."""

from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.output import Session, session
from salesops.errors import UserError

if TYPE_CHECKING:
    from datetime import date


class Subject(StrEnum):
    """What can be closed by itself."""

    SALES = "sales"
    RECEIVABLES = "receivables"
    PAY = "pay"


Period = Annotated[str, typer.Option(help="The month, as 2025-05.")]
OneSubject = Annotated[Subject | None, typer.Option(help="Only this subject; else all that have figures.")]


def close(
    context: typer.Context,
    period: Period,
    subject: OneSubject = None,
    by: Annotated[str | None, typer.Option(help="Who closes it.", metavar="NAME")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Show what is open and what would be frozen.")] = False,
) -> None:
    """Close a month: its figures are frozen, and later corrections stand in the open month as adjustments.

    Example: `salesops close --period 2025-05 --preview`, then with `--by NAME` in place of --preview.
    """
    from orchestration.closing.books import Books
    from orchestration.closing.preview import concerns, to_freeze
    from reports.marts import Marts

    spoken = session(context)
    with Marts(spoken.workspace.published) as marts:
        books = Books(spoken.workspace, marts)
        subjects = books.to_close(period, subject)
        found, frozen = concerns(marts, period), to_freeze(marts, period, subjects)
        if not preview:
            books.close(period, subjects, _named(by), spoken.workspace.now())
        as_of = marts.as_of
    _show(spoken, "concern", found, ("concern", "item", "amount"))
    _show(spoken, "frozen", frozen, ("subject", "measure", "amount", "adjustment_amount"))
    result = {"period": period, "subjects": subjects, "preview": preview, "concerns": found, "frozen": frozen}
    if not preview:
        _say(spoken, "{period} is closed for: {subjects}.", period, subjects)
        _publish(spoken, as_of)
    spoken.result(result)


def reopen(
    context: typer.Context,
    period: Period,
    reason: Annotated[str, typer.Option(help="Why it is reopened.", metavar="TEXT")],
    by: Annotated[str, typer.Option(help="Who reopens it.", metavar="NAME")],
    subject: OneSubject = None,
) -> None:
    """Reopen the last closed month; what was frozen stays on record, and closing it again is a new version.

    Example: `salesops reopen --period 2025-05 --reason "price list was wrong" --by NAME`.
    """
    from orchestration.closing.books import Books
    from reports.marts import Marts

    spoken = session(context)
    with Marts(spoken.workspace.published) as marts:
        books = Books(spoken.workspace, marts)
        subjects = books.reopen(period, subject, _named(by), _named(reason, "--reason"), spoken.workspace.now())
        as_of = marts.as_of
    _say(spoken, "{period} is open again for: {subjects}.", period, subjects)
    _publish(spoken, as_of)
    spoken.result({"period": period, "subjects": subjects})


def _named(value: str | None, option: str = "--by") -> str:
    """An act has somebody who answers for it."""
    if value and value.strip():
        return value.strip()
    raise UserError(f"`{option}` is missing: the register names who did it and why.", where=option)


def _say(spoken: Session, sentence: str, period: str, subjects: tuple[str, ...]) -> None:
    named = ", ".join(spoken.text(one) for one in subjects)
    spoken.say(sentence, style="green", period=period, subjects=named)


def _show(spoken: Session, key: str, rows: list[dict], columns: tuple[str, ...]) -> None:
    heads = {"concern": "\nNot as it should be", "frozen": "\nFrozen, of the whole company"}
    if not rows:
        spoken.say("Nothing is late, held, kept out or unreconciled.", style="green")
        return
    spoken.say(heads[key], style="bold")
    shown = ([_word(spoken, row[name]) for name in columns] for row in rows)
    spoken.table([name.replace("_", " ") for name in columns], shown)


def _word(spoken: Session, value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:,f}".removesuffix(".00")
    return spoken.text(value) if isinstance(value, str) else value


def _publish(spoken: Session, as_of: "date") -> None:
    """A run as of the same day, so that marts and reports say what is closed."""
    from orchestration.cli.run import carry_out

    done = carry_out(spoken, as_of=as_of)
    spoken.say("Published {snapshot}, which says so.", style="green", snapshot=done.run.snapshot)
