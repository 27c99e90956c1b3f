"""`salesops rulebook render`: the rulebook as a document that people read and sign."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.output import Language, Session, session
from salesops.errors import UserError

if TYPE_CHECKING:
    from orchestration.rulebook_document import Source

FORMATS = ("html", "pdf")
LANGUAGES: tuple[Language, ...] = ("zh", "en")
FOLDER = "rulebook-document"


def render(
    context: typer.Context,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="The folder; else rulebook-document/ in the workspace.", metavar="DIR"),
    ] = None,
    language: Annotated[Language | None, typer.Option("--language", help="Only this language; else both.")] = None,
    formats: Annotated[str, typer.Option("--format", help="html, pdf, with commas.")] = "html,pdf",
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day that decides what is in force; else today."),
    ] = None,
) -> None:
    """Print the rulebook: every rule in sentences and tables, who owns and approved it, with a page to sign.

    Example: `salesops rulebook render --language en --format pdf`. The prose around a chapter stands in
    rulebook/chapters/CHAPTER.zh.md and CHAPTER.en.md.
    """
    spoken = session(context)
    wanted = [part.strip() for part in formats.split(",") if part.strip()]
    for part in wanted or [""]:
        if part not in FORMATS:
            raise UserError(f"`{part}` is not a format.", where="--format", mend=f"Formats are {', '.join(FORMATS)}.")
    day = as_of.date() if as_of else spoken.workspace.today()
    folder = (out or spoken.workspace.root / FOLDER).expanduser().resolve()
    with spoken.working("Rendering {name} …", name=spoken.text("the rulebook")):
        files = [
            written
            for one in ((language,) if language else LANGUAGES)
            for written in _write(_source(spoken, one, day), one, wanted, folder)
        ]
    for file in files:
        spoken.say("  {file}", file=file)
    spoken.result({"as_of": day, "files": files})


def _write(source: "Source", language: Language, formats: list[str], folder: Path) -> Iterator[Path]:
    from orchestration import rulebook_document as document

    view = document.content(source, language)
    folder.mkdir(parents=True, exist_ok=True)
    for kind in formats:
        file = folder / f"rulebook.{language}.{kind}"
        file.write_bytes(document.pdf(view) if kind == "pdf" else document.html(view).encode())
        yield file


def _source(spoken: Session, language: Language, day: date) -> "Source":
    from orchestration.rulebook_document import Source
    from rulebook import load, version

    workspace = spoken.workspace
    folder, company = workspace.rulebook, getattr(workspace.settings.company.name, language)
    return Source(load(folder), folder / "chapters", company, version(folder), day, _people(spoken, language))


def _people(spoken: Session, language: Language) -> Mapping[str, str]:
    """Employee → name, as the current publication has it; none before there is one."""
    from orchestration.publish.pointer import current
    from reports.marts import Marts

    published = spoken.workspace.published
    if current(published) is None:
        return {}
    name = "coalesce(name_en, name)" if language == "en" else "name"
    with Marts(published) as marts:
        return {
            row["id"]: row["name"] for row in marts.rows(f"select employee_id as id, {name} as name from dim_employee")
        }
