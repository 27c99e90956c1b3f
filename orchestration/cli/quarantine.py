"""`salesops quarantine`: the rows that were kept out, why, the line that would let them in, and another try."""

import re
from collections import Counter
from dataclasses import asdict
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.cli.output import Session, session

if TYPE_CHECKING:
    from orchestration.ingest.mapping import Source
    from orchestration.ingest.mend import Mend
    from orchestration.ingest.quarantine import Row

LIMIT = 20
EVERY = 10_000_000
RULES = {
    "cells": "A record must have as many cells as the header, with quote marks in their places.",
    "required": "This field must not be empty.",
    "unknown_value": "The mapping lists the values that this column may have, and this one is not among them.",
    "date": "A date is year, month, day in any usual writing; another order needs `format:`.",
    "timestamp": "A time is year, month, day and time in any usual writing; another order needs `format:`.",
    "integer": "This field needs a whole number.",
    "amount": "An amount is a number; with `times:` in the mapping it must have no unit of its own.",
    "quantity": "A quantity is a number; with `times:` in the mapping it must have no unit of its own.",
    "rate": "A rate is a number or a percentage.",
    "number": "This field needs a number.",
    "damaged_text": "The text was broken before it came here: mend it in the program that exports it.",
    "formula_error": "The cell holds the error of a formula, or one never calculated: open the file in Excel, mend, save.",
    "rounded_code": "Excel has rounded this code, and the digits are lost: export again, without opening it in Excel.",
    "unknown_name": "A name must be that of one employee or customer, or stand in corrections/.",
    "ambiguous_name": "Several have this name: corrections/ must say which one is meant.",
    "currency": "A currency is a code of three letters; a sign or a name needs `values:`.",
}
Source_ = Annotated[str | None, typer.Option("--source", help="Only rows of this source.", metavar="NAME")]
Table_ = Annotated[str | None, typer.Option("--table", help="Only rows of this table.", metavar="NAME")]
Reason_ = Annotated[
    str | None,
    typer.Option("--reason", help="Only rows with this reason: field:rule, a field, or a rule.", metavar="NAME"),
]
File_ = Annotated[
    str | None, typer.Option("--file", help="Only rows of files with this in their name.", metavar="TEXT")
]

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Rows that were kept out: how many and why (`list`), each with its cells and a mend (`show`), and another try "
    "after mapping, corrections or master data were mended (`retry`).\n\nEvery `salesops run` tries again, too.",
)


@app.command("list")
def list_(
    context: typer.Context, source: Source_ = None, table: Table_ = None, reason: Reason_ = None, file: File_ = None
) -> None:
    """Count the rows in quarantine by source, table and reason.

    Example: `salesops quarantine list`, or `salesops quarantine list --source receipts --json`.
    """
    from orchestration.ingest.quarantine import Filter, groups

    spoken = session(context)
    found = groups(spoken.workspace, Filter(source, table, reason, file))
    spoken.result({"groups": [asdict(group) for group in found]})
    if not found:
        spoken.say("No row is in quarantine.", style="green")
        return
    columns = ("source", "table", "reason", "rows", "files", "newest", "example")
    example = [(group, _first(spoken, group.example, group.reason)) for group in found]
    spoken.table(columns, ((g.source, g.table, g.reason, g.rows, g.files, g.newest, text) for g, text in example))
    spoken.say("\nNext: `salesops quarantine show --reason NAME`. A row with two faults is counted under both.")


@app.command("show")
def show(
    context: typer.Context,
    source: Source_ = None,
    table: Table_ = None,
    reason: Reason_ = None,
    file: File_ = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, help="At most so many rows.")] = LIMIT,
) -> None:
    """Show rows in quarantine with file, row, cells, the rule, and what to write into the mapping or corrections/.

    Example: `salesops quarantine show --source receipts --reason kind:unknown_value --limit 5`. After that is mended,
    `salesops quarantine retry` lets the rows in.
    """
    from orchestration.ingest.quarantine import Filter, rows

    spoken = session(context)
    found, total = rows(spoken.workspace, Filter(source, table, reason, file), limit)
    mends = _mends(spoken, found)
    spoken.result(
        {
            "total": total,
            "limit": limit,
            "rows": [asdict(row) for row in found],
            "mends": [asdict(mend) for mend in mends],
        }
    )
    if not found:
        spoken.say("No row is in quarantine.", style="green")
        return
    for row in found:
        _say_row(spoken, row)
    _say_rules(spoken, found)
    for mend in mends:
        _say_mend(spoken, mend)
    spoken.say("\n{shown} of {total} rows; --limit shows more.", shown=len(found), total=total)


@app.command("retry")
def retry(context: typer.Context, table: Table_ = None) -> None:
    """Try the rows in quarantine again with mapping, corrections and master data as they are now.

    Example: `salesops quarantine retry --table receipts`. It is a run up to the day of the current publication; with
    --table, only sources that feed this table are read.
    """
    from orchestration.cli.run import carry_out, feeding
    from orchestration.ingest.quarantine import Filter, rows
    from orchestration.publish.pointer import current

    spoken = session(context)
    workspace, pointer = spoken.workspace, current(spoken.workspace.published)
    only = feeding(workspace, table) if table else None
    before, _ = rows(workspace, Filter(table=table), EVERY)
    as_of = date.fromisoformat(pointer["as_of"]) if pointer else workspace.default_as_of()
    result = carry_out(spoken, as_of=as_of, only=only)
    after, _ = rows(workspace, Filter(table=table), EVERY)
    kept, known = {_place(row) for row in after}, {_place(row) for row in before}
    healed = [row for row in before if _place(row) not in kept]
    spoken.result(
        {
            "healed": [asdict(row) for row in healed],
            "kept_out": [asdict(row) for row in after],
            "nothing_new": result.nothing_new,
            "snapshot": result.run.snapshot,
        }
    )
    _say_healed(spoken, healed, [row for row in after if _place(row) in known], len(kept - known))


def _place(row: "Row") -> tuple[str, str, str, int]:
    return row.source, row.table, row.file_name, row.line


def _say_healed(spoken: Session, healed: list["Row"], still: list["Row"], new: int) -> None:
    spoken.say("{count} rows have left the quarantine.", style="green", count=len({_place(row) for row in healed}))
    counts = [
        (Counter((row.source, row.table, rule) for row in part for rule in row.rules)) for part in (healed, still)
    ]
    columns = ("source", "table", "reason", "healed", "still kept out")
    keys = sorted(counts[0].keys() | counts[1].keys())
    spoken.table(columns, ((*key, counts[0][key], counts[1][key]) for key in keys))
    if new:
        spoken.warn("{count} rows are new in quarantine.", count=new)
    if still:
        spoken.say("\nNext: `salesops quarantine show` says what to mend.")


def _mends(spoken: Session, found: list["Row"]) -> list["Mend"]:
    from orchestration.corrections.mend import mends as name_mends
    from orchestration.ingest.mend import mends
    from orchestration.ingest.sources import load_sources

    sources: dict[str, Source] = {source.name: source for source in load_sources(spoken.workspace.sources)}
    named = dict.fromkeys(row.source for row in found if row.source in sources)
    of_mappings = (mends(sources[name], [row for row in found if row.source == name]) for name in named)
    return [*chain.from_iterable(of_mappings), *name_mends(found)]


def _say_row(spoken: Session, row: "Row") -> None:
    held = spoken.text(" (the whole file is held)") if row.held else ""
    place = spoken.text("{file}, row {line}, for {table}", file=row.file_name, line=row.line, table=row.table)
    spoken.say("\n{place}{held}", style="bold", place=place, held=held)
    for reason in _parts(row.reasons):
        spoken.say("  {reason}", reason=spoken.text(reason))
    cells = (f"{name}={cell}" for name, cell in row.cells.items() if cell not in (None, ""))
    spoken.say("  {cells}", style="dim", cells=" · ".join(cells))


def _say_rules(spoken: Session, found: list["Row"]) -> None:
    rules = dict.fromkeys(rule for row in found for rule in row.rules)
    spoken.say("\nRules", style="bold")
    for rule in rules:
        spoken.say("  {rule}: {words}", rule=rule, words=spoken.text(RULES.get(rule.split(":", 1)[1], "")))


def _say_mend(spoken: Session, mend: "Mend") -> None:
    spoken.say("\nA mend, to paste into {where}", style="bold", where=mend.where)
    spoken.say("  {line}", style="green", line=mend.line)
    if mend.caution:
        spoken.say("  {caution}", caution=spoken.text(mend.caution))


def _parts(reasons: str) -> list[str]:
    """The sentences of a row; a cell may hold a semicolon itself."""
    return re.split(r"; (?=\w+: (?:\"|is empty))", reasons)


def _first(spoken: Session, reasons: str, rule: str) -> str:
    """The sentence about the field that the rule is of."""
    field: Any = rule.split(":", 1)[0]
    parts = _parts(reasons)
    return spoken.text(next((part for part in parts if part.startswith(f"{field}: ")), parts[0]))
