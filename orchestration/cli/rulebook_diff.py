"""`salesops rulebook diff`: what a changed rule would have done to past periods."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.cli.output import Session, session
from orchestration.cli.run import STEPS
from salesops.errors import UserError

if TYPE_CHECKING:
    from orchestration.rule_diff import Diff
    from orchestration.rule_diff.changes import Change
    from orchestration.rule_diff.ranking import Moved, Ranking
    from reports.text import Writer

FORMATS = (".html", ".pdf", ".xlsx")
MOST_MEASURES, MOST_PERIODS = 3, 12


def diff(
    context: typer.Context,
    against: Annotated[
        Path | None, typer.Option("--against", help="Another folder of rules; else rulebook/.", metavar="PATH")
    ] = None,
    draft: Annotated[
        list[str] | None,
        typer.Option("--draft", help="A draft that counts as in force here; may be repeated.", metavar="RULE_ID"),
    ] = None,
    first: Annotated[str | None, typer.Option("--from", help="The first period, as 2025-01 or 2025-Q1.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="The last period; by default all years.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write it as .html, .pdf or .xlsx with every figure.", metavar="FILE")
    ] = None,
) -> None:
    """Show what changed rules would have done to past periods: which rules, who gains, who loses, by how much.

    Example: `salesops rulebook diff --from 2025-01 --out diff.html`. It compares rulebook/ with the rules behind the
    current publication, in a copy of the build warehouse; nothing is published, paid or mailed.
    """
    from orchestration.rule_diff import Question
    from orchestration.rule_diff import diff as compare

    spoken = session(context)
    _check_format(out)
    asked = Question(_folder(spoken, against), tuple(draft or ()), first, last)
    with spoken.working("Comparing the rules …") as show:
        say = _progress(spoken, show)
        found = compare(spoken.workspace, asked, spoken.language, datetime.now().astimezone(), say)
    _say(spoken, found)
    if out:
        _write(spoken, found, out)
        spoken.say("  {file}", file=out)
    spoken.result(_as_json(found))


def _check_format(out: Path | None) -> None:
    if out and out.suffix not in FORMATS:
        what = f"`{out.name}` is no file that can be written here."
        raise UserError(what, where="--out", mend=f"End it with {', '.join(FORMATS)}.")


def _folder(spoken: Session, against: Path | None) -> Path:
    """The rules that are looked at; of a workspace, its rulebook."""
    if against is None:
        return spoken.workspace.rulebook
    folder = against.expanduser().resolve()
    if not folder.is_dir():
        raise UserError("there is no such folder of rules.", where=str(against), mend="Name a folder with *.yml files.")
    return folder / "rulebook" if (folder / "rulebook").is_dir() else folder


def _progress(spoken: Session, show: Callable[[str], None]) -> Callable[[str], None]:
    return lambda model: show(f"{spoken.text(STEPS['models'])} {model}")


def _say(spoken: Session, found: "Diff") -> None:
    for change in found.rules:
        spoken.say("{title}: {rule} ({kind})", style="bold", title=change.title, rule=change.rule_id,
                   kind=_kind(spoken, change))  # fmt: skip
        if change.kind != "gone":
            spoken.table(("Key", "Before", "After"), ((key.key, key.before, key.after) for key in change.keys))
    if not found.changes_figures:
        spoken.say("Nothing would have changed in any published figure.", style="green")
        return
    seconds = f"{sum(model.seconds for model in found.models):.1f}"
    text = "{models} models were rebuilt in {seconds} s; {figures} figures differ."
    spoken.say(text, models=len(found.models), seconds=seconds, figures=f"{found.figures:,}")
    spoken.say("  {names}", style="dim", names=", ".join(model.name for model in found.models))
    measures = list(dict.fromkeys(ranking.measure for ranking in found.rankings))
    for measure in measures[:MOST_MEASURES]:
        mine = [ranking for ranking in found.rankings if ranking.measure == measure]
        _say_periods(spoken, found, mine[0])
        for ranking in mine:
            _say_ranking(spoken, found, ranking)
    if left := [name for name in found.measures if name not in measures[:MOST_MEASURES]]:
        spoken.say("\nFurther figures differ; --out FILE.xlsx has all: {names}", names=", ".join(left))


def _kind(spoken: Session, change: "Change") -> str:
    if change.instead_of:
        return spoken.text("new, in place of {rule}", rule=change.instead_of)
    return spoken.text(change.kind)


def _say_periods(spoken: Session, found: "Diff", ranking: "Ranking") -> None:
    from orchestration.rule_diff.page import measure_name

    name, writer = measure_name(found, ranking.measure, spoken.language), _writer(spoken)
    spoken.say("\n{measure}: the company, {unit}", style="bold", measure=name, unit=writer.money)
    rows = [_cells(writer, ranking, one, one.id) for one in ranking.periods[-MOST_PERIODS:]]
    spoken.table(("Period", "Before", "After", "Change"), rows)


def _say_ranking(spoken: Session, found: "Diff", ranking: "Ranking") -> None:
    from orchestration.rule_diff.page import measure_name, top_movers

    writer, (shown, others) = _writer(spoken), top_movers(ranking)
    name, subject = measure_name(found, ranking.measure, spoken.language), writer.word(f"diff_{ranking.subject}")
    text = "\n{measure} by {subject}, {period}: {count} differ"
    spoken.say(text, style="bold", measure=name, subject=subject, period=ranking.period.id, count=len(ranking.movers))
    rows = [_cells(writer, ranking, one, found.names.get(one.id, one.id)) for one in shown]
    rows += [_cells(writer, ranking, others, writer.word("others", n=others.id))] if others else []
    spoken.table((subject, "Before", "After", "Change"), rows)


def _cells(writer: "Writer", ranking: "Ranking", moved: "Moved", name: str) -> tuple[str, ...]:
    from orchestration.rule_diff.page import figures_of

    return name, *(writer.figure(figure) for figure in figures_of(ranking, moved))


def _writer(spoken: Session) -> "Writer":
    from reports.text import Writer

    return Writer.of(spoken.workspace.settings.company, spoken.language)


def _write(spoken: Session, found: "Diff", out: Path) -> None:
    from orchestration.rule_diff.page import write

    write(found, spoken.workspace.settings.company, spoken.language, out)


def _as_json(found: "Diff") -> dict[str, Any]:
    from dataclasses import asdict

    rules, models = [asdict(change) for change in found.rules], [asdict(model) for model in found.models]
    return {
        "snapshot": found.snapshot,
        "as_of": found.as_of,
        "rules": rules,
        "tables": found.tables,
        "models": models,
        "figures": found.figures,
        "measures": found.measures,
        "rankings": [_ranking_as_json(found, ranking) for ranking in found.rankings],
    }


def _ranking_as_json(found: "Diff", ranking: "Ranking") -> dict[str, Any]:
    def told(moved: "Moved") -> dict[str, Any]:
        name = found.names.get(moved.id, moved.id)
        return {"id": moved.id, "name": name, "before": moved.before, "after": moved.after, "change": moved.change}

    return {
        "mart": ranking.mart,
        "measure": ranking.measure,
        "by": ranking.subject,
        "period": ranking.period.id,
        "company": [told(one) for one in ranking.periods],
        "movers": [told(one) for one in ranking.movers],
    }
