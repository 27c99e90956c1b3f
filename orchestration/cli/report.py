"""`salesops report`: a report rendered into the archive, or into a folder, without sending it."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from orchestration.cli.output import Session, session
from salesops.errors import UserError

FORMATS = ("html", "pdf")
KINDS = {"performance": "month"}


def report(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The report: performance.")],
    period: Annotated[
        str | None, typer.Option(help="2025-03, 2025-W14, 2025-Q1, 2025-H1 or 2025; else the last month that is over.")
    ] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day from which the last period is looked for.")
    ] = None,
    scope: Annotated[str, typer.Option(help="A unit's code or name.")] = "company",
    formats: Annotated[str, typer.Option("--format", help="html, pdf or both, with a comma.")] = "html,pdf",
    out: Annotated[Path | None, typer.Option(help="Write here instead of into the archive.", metavar="DIR")] = None,
) -> None:
    """Render a report without sending it.

    Example: `salesops report performance --period 2025-03 --scope company --lang en`
    """
    spoken = session(context)
    wanted = _formats(formats)
    with spoken.working("Rendering {name} …", name=name):
        rendered = _render(spoken, name, period, as_of, scope, wanted, out)
    spoken.say("{title}, {subtitle} ({status})", title=rendered["title"], **_shown(rendered))
    for file in rendered["files"]:
        spoken.say("  {file}", file=file)
    if rendered["revision"] and not rendered["is_new"]:
        spoken.say("It says the same as revision {revision}, so nothing new was archived.", **_shown(rendered))
    spoken.result(rendered)


def _formats(text: str) -> list[str]:
    wanted = [part.strip() for part in text.split(",") if part.strip()]
    for part in wanted or [""]:
        if part not in FORMATS:
            raise UserError(f"`{part}` is not a format.", where="--format", mend=f"Formats are {', '.join(FORMATS)}.")
    return wanted


def _render(
    spoken: Session,
    name: str,
    period: str | None,
    as_of: datetime | None,
    scope: str,
    formats: list[str],
    out: Path | None,
) -> dict[str, Any]:
    from reports import periods
    from reports.delivery.archive_index import write_index
    from reports.delivery.produce import load, produce, render_into, report_module
    from reports.delivery.recipients import find_unit
    from reports.marts import Marts

    workspace = spoken.workspace
    company, language = workspace.settings.company, spoken.language
    module = report_module(name)
    with Marts(workspace.published) as marts:
        chosen = periods.resolve(marts, period, KINDS[name], as_of.date() if as_of else None)
        data = load(marts, name, chosen, find_unit(marts, scope))
        if out is None:
            produced = produce(
                data, name, language, workspace.archive, is_home_language=language == company.language, formats=formats
            )
            write_index(workspace.archive, company.language)
            document, folder = produced.document, produced.archived.folder
            revision, is_new = produced.archived.revision, produced.archived.is_new
        else:
            document, folder, revision, is_new = (
                module.build(data, language, company),
                out.expanduser().resolve(),
                0,
                True,
            )
            folder.mkdir(parents=True, exist_ok=True)
            render_into(document, folder, formats)
    files = [str(folder / file) for file in (*(f"report.{part}" for part in formats), "data.json")]
    facts = {key: getattr(document, key) for key in ("title", "subtitle", "status", "language", "snapshot")}
    return {
        **facts,
        "period": chosen.label,
        "scope": document.scope_id,
        "revision": revision,
        "is_new": is_new,
        "files": files,
    }


def _shown(rendered: dict[str, Any]) -> dict[str, Any]:
    return {key: rendered[key] for key in ("subtitle", "status", "revision")}
