"""What a report in the archive was rendered from, so that the same is not rendered again."""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from reports.archive import Archived, Shelf, latest_revision
from reports.content import Company
from reports.marts import Marts

CODE = Path(__file__).parents[1]
RENDERERS = ("altair", "babel", "jinja2", "typst", "vl-convert-python", "xlsxwriter")


def inputs(marts: Marts, shelf: Shelf, company: Company, formats: Sequence[str]) -> str:
    """One name for everything that the files on a shelf come from: publication, settings, formats, code."""
    names = (company.name, company.show_money_in)
    settings = [company.currency, *((texts.zh, texts.en) for texts in names)]
    given = [marts.identity, vars(shelf), settings, sorted(formats), _code()]
    return hashlib.sha256(json.dumps(given).encode()).hexdigest()


@cache
def _code() -> str:
    """The code and templates of the reports, and the versions of what renders them."""
    files = sorted(path for path in CODE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    digest = hashlib.sha256(json.dumps([version(name) for name in RENDERERS]).encode())
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def find(archive: Path, shelf: Shelf, rendered_from: str, formats: Sequence[str]) -> Archived | None:
    """The newest revision, if it was rendered from just this and its files are still there."""
    note, home = _note(archive, shelf), shelf.folder(archive)
    if not note.exists():
        return None
    known = json.loads(note.read_text(encoding="utf-8"))
    folder = home / f"rev-{latest_revision(home)}"
    is_same = (known["inputs"], known["folder"]) == (rendered_from, folder.name)
    if not is_same or not all((folder / f"report.{name}").exists() for name in formats):
        return None
    return Archived(folder, latest_revision(home), known["version"], is_new=False)


def remember(archive: Path, shelf: Shelf, rendered_from: str, archived: Archived) -> None:
    """Note what the revision was rendered from; a revision that says the same as a later publication is of both."""
    note = _note(archive, shelf)
    note.parent.mkdir(parents=True, exist_ok=True)
    known = {"inputs": rendered_from, "folder": archived.folder.name, "version": archived.version}
    draft = note.with_name(f".{note.name}.tmp")
    draft.write_text(json.dumps(known), encoding="utf-8")
    draft.replace(note)


def _note(archive: Path, shelf: Shelf) -> Path:
    return shelf.folder(archive / ".rendered")
