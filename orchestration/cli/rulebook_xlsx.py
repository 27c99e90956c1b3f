"""`salesops rulebook xlsx`: the tables of rules as a workbook, and back."""

from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.output import session
from salesops.errors import UserError, meant


def xlsx(
    context: typer.Context,
    chapter: Annotated[str | None, typer.Argument(help="Only this chapter, as `commission`; else all.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="The workbook to write; else rulebook.xlsx in the workspace.")
    ] = None,
    read: Annotated[
        Path | None, typer.Option("--read", help="A filled workbook: write its changes into the rules.", metavar="FILE")
    ] = None,
) -> None:
    """Write the tables inside rules (bands, weights, readers, holidays …) as a workbook, or read one back.

    Example: `salesops rulebook xlsx commission`, then `salesops rulebook xlsx --read rulebook.xlsx`. What is read is
    checked first: nothing is written if a rule would break; comments and order of the files stay.
    """
    from rulebook import sheets

    spoken = session(context)
    folder = spoken.workspace.rulebook
    if read is not None:
        changes = sheets.read(read, folder)
        told = [
            (one.chapter, one.rule, one.cell, one.before, one.after or spoken.text("(taken out)")) for one in changes
        ]
        if told:
            spoken.table(("Chapter", "Rule", "Cell", "Before", "After"), told)
        spoken.say("{count} cells changed.", count=len(changes))
        spoken.result(
            {"changes": [dict(zip(("chapter", "rule", "cell", "before", "after"), row, strict=True)) for row in told]}
        )
        return
    target = out or spoken.workspace.root / "rulebook.xlsx"
    count = sheets.write(_files(folder, chapter), target)
    spoken.say("{path} has {count} tables.", path=target, count=count)
    spoken.result({"path": str(target), "tables": count})


def _files(folder: Path, chapter: str | None) -> list[Path]:
    """The files of the rulebook, or of one chapter of it."""
    written = {path.stem: path for path in sorted(folder.glob("*.yml"))}
    if chapter is None:
        return list(written.values())
    if chapter not in written:
        raise UserError("the rulebook has no file for this chapter.", where=chapter, mend=meant(chapter, written))
    return [written[chapter]]
