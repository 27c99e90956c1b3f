"""A report for one unit in one language: loaded, rendered, put into the archive."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from reports.archive import Archived, Shelf, show_latest, store
from reports.content import Company, Document, Language
from reports.delivery import seen
from reports.marts import Marts
from reports.periods import Period
from reports.render import FORMATS, accompany, render
from salesops.errors import UserError, meant

DRAFT = ".rendering-"
REPORTS = ("performance", "market_analysis", "pipeline", "target_setting", "quarter_review")
AHEAD = ("target_setting",)
"""Reports about a period to come: of the next one, where none is named."""


@dataclass(frozen=True)
class Produced:
    """A document and where it lies in the archive."""

    document: Document
    archived: Archived


def report_module(name: str) -> ModuleType:
    """The module that loads and builds the report of that name."""
    if name not in REPORTS:
        raise UserError(f"no report is called `{name}`.", mend=meant(name, REPORTS))
    return import_module(f"reports.documents.{name}")


def load(marts: Marts, name: str, period: Period, scope: str) -> Any:
    """The report's numbers, in no language yet."""
    return report_module(name).load(marts, period, scope)


def produce(
    data: Any,
    name: str,
    scope: str,
    language: Language,
    company: Company,
    archive: Path,
    *,
    home_language: Language,
    formats: Sequence[str] = FORMATS,
) -> Produced:
    """Render the report into the archive, unless it lies there already rendered from the same; earlier revisions stay.

    The newest one in the company's language, or in the only one there is, also lies at the foot of its scope.
    """
    document: Document = report_module(name).build(data, language, company)
    shelf = Shelf(name, document.period_label, scope, language)
    given = seen.inputs(data.marts, shelf, company, formats)
    with _only_one(archive):
        archived = seen.find(archive, shelf, given, formats) or _filed(document, archive, shelf, formats)
        seen.remember(archive, shelf, given, archived)
        if language == home_language or not replace(shelf, language=home_language).folder(archive).exists():
            show_latest(archive, shelf)
    return Produced(document, archived)


def _filed(document: Document, archive: Path, shelf: Shelf, formats: Sequence[str]) -> Archived:
    with tempfile.TemporaryDirectory(prefix=DRAFT, dir=archive) as draft:
        render_into(document, Path(draft), formats)
        return store(archive, shelf, Path(draft), _facts(document))


@contextmanager
def _only_one(archive: Path) -> Iterator[None]:
    """One process at a time files a report; what a killed one left half-rendered goes."""
    from filelock import FileLock

    archive.mkdir(parents=True, exist_ok=True)
    with FileLock(archive / ".lock"):
        for leftover in archive.glob(f"{DRAFT}*"):
            shutil.rmtree(leftover)
        yield


def render_into(document: Document, folder: Path, formats: Sequence[str]) -> None:
    """The report's files in `folder`, and those for a chat group and for slides beside them."""
    render(document, folder, formats)
    accompany(document, folder)


def _facts(document: Document) -> dict[str, str]:
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "status": document.status,
        "snapshot": document.snapshot,
        "built_at": document.built_at.isoformat(timespec="seconds"),
    }
