"""`salesops report`: a report rendered into the archive, or into a folder, without sending it."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.cli.output import Session, session
from salesops.errors import UserError

if TYPE_CHECKING:
    from reports.content import Document

FORMATS = ("html", "pdf", "xlsx")
KINDS = {
    "performance": "month",
    "market_analysis": "month",
    "pipeline": "month",
    "target_setting": "year",
    "quarter_review": "quarter",
}


def report(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(help="The report: performance, market_analysis, pipeline, target_setting or quarter_review."),
    ],
    period: Annotated[
        str | None, typer.Option(help="2025-03, 2025-W14, 2025-Q1, 2025-H1 or 2025; else the last month that is over.")
    ] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day from which the last period is looked for.")
    ] = None,
    scope: Annotated[str, typer.Option(help="A unit's code or name.")] = "company",
    formats: Annotated[str, typer.Option("--format", help="html, pdf, xlsx, with commas.")] = "html,pdf,xlsx",
    out: Annotated[Path | None, typer.Option(help="Write here instead of into the archive.", metavar="DIR")] = None,
) -> None:
    """Render a report without sending it.

    Example: `salesops report performance --period 2025-03 --scope company --lang en`
    """
    from reports import periods
    from reports.delivery.produce import AHEAD, load, report_module
    from reports.delivery.recipients import find_unit, scope_of
    from reports.marts import Marts

    spoken = session(context)
    wanted = _formats(formats)
    workspace = spoken.workspace
    report_module(name)
    with spoken.working("Rendering {name} …", name=name), Marts(workspace.published) as marts:
        chosen = periods.resolve(marts, period, KINDS[name], as_of.date() if as_of else None, ahead=name in AHEAD)
        unit = find_unit(marts, scope)
        data = load(marts, name, chosen, unit)
        if out is None:
            rendered = _to_archive(spoken, name, scope_of(marts, unit), data, wanted)
        else:
            rendered = _to_folder(spoken, name, data, wanted, out)
    spoken.say("{title}, {subtitle} ({status})", title=rendered["title"], **_shown(rendered))
    for file in rendered["files"]:
        spoken.say("  {file}", file=file)
    if not rendered["is_new"]:
        spoken.say("It says the same as revision {revision}, so nothing new was archived.", **_shown(rendered))
    spoken.result(rendered)


def _formats(text: str) -> list[str]:
    wanted = [part.strip() for part in text.split(",") if part.strip()]
    for part in wanted or [""]:
        if part not in FORMATS:
            raise UserError(f"`{part}` is not a format.", where="--format", mend=f"Formats are {', '.join(FORMATS)}.")
    return wanted


def _to_archive(spoken: Session, name: str, scope: str, data: Any, formats: list[str]) -> dict[str, Any]:
    from reports.delivery.archive_index import write_index
    from reports.delivery.produce import produce

    workspace = spoken.workspace
    company, language = workspace.settings.company, spoken.language
    home = company.language
    produced = produce(data, name, scope, language, company, workspace.archive, home_language=home, formats=formats)
    write_index(workspace.archive, company.language)
    archived = produced.archived
    facts = _facts(produced.document, archived.folder, formats)
    return {**facts, "revision": archived.revision, "is_new": archived.is_new}


def _to_folder(spoken: Session, name: str, data: Any, formats: list[str], out: Path) -> dict[str, Any]:
    from reports.delivery.produce import render_into, report_module

    folder = out.expanduser().resolve()
    document = report_module(name).build(data, spoken.language, spoken.workspace.settings.company)
    render_into(document, folder, formats)
    return {**_facts(document, folder, formats), "revision": None, "is_new": True}


def _facts(document: "Document", folder: Path, formats: list[str]) -> dict[str, Any]:
    shown = ("title", "subtitle", "status", "language", "snapshot")
    files = [str(folder / file) for file in (*(f"report.{part}" for part in formats), "data.json")]
    place = {"period": document.period_label, "scope": document.scope_id, "files": files}
    return {**{name: getattr(document, name) for name in shown}, **place}


def _shown(rendered: dict[str, Any]) -> dict[str, Any]:
    return {key: rendered[key] for key in ("subtitle", "status", "revision")}
