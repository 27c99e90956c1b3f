"""Everything that a run's figures depend on, as short hashes: equal inputs, equal marts."""

import hashlib
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path

from orchestration.fetch import fetched_version
from orchestration.workspace import SETTINGS_FILE, Workspace

CODE = Path(__file__).parents[1]
ROOMS = ("salesops", "orchestration", "expectations", "rulebook", "dbt_project")
BUILT = {"target", "logs"}  # where dbt, run by hand, leaves what it made
SUFFIXES = {".py", ".sql", ".yml", ".csv"}
ENGINES = ("duckdb", "dbt-core", "dbt-duckdb", "great-expectations")


def inputs(
    workspace: Workspace, as_of: date, known_at: date | None, only: frozenset[str] | None = None
) -> dict[str, str]:
    """Name of the input -> what it is now; `only` names the sources of a run that looks at no others."""
    return {
        "as_of": as_of.isoformat(),
        "known_at": known_at.isoformat() if known_at else "",
        "only": ", ".join(sorted(only or ())),
        "fetched": fetched_version(workspace),
        **editable(workspace),
    }


def editable(workspace: Workspace) -> dict[str, str]:
    """What people change so that another run gives something else; files in landing/ go by name, size and time."""
    return {
        "landing": landing_version(workspace.landing),
        "settings": _content([workspace.root / SETTINGS_FILE]),
        "sources": _content(workspace.sources.rglob("*.yml")),
        "rulebook": _content(workspace.rulebook.rglob("*.yml")),
        "corrections": _content(workspace.corrections.glob("*.csv")),
        "models": _content(path for path in workspace.models.rglob("*") if path.suffix in {".sql", ".yml"}),
        "closings": _content((workspace.closings / "acts").glob("*.parquet")),
        "code": code_version(),
    }


def landing_version(landing: Path) -> str:
    """A hash of the names, sizes and times of all files in landing/."""
    seen = []
    for path in sorted(landing.rglob("*")):
        if path.is_file():
            stat = path.stat()
            seen.append(f"{path.relative_to(landing)}|{stat.st_size}|{stat.st_mtime_ns}")
    return _short("\n".join(seen).encode())


@cache
def code_version() -> str:
    """A hash of our own sources and of the versions of the engines below them."""
    files = [path for room in ROOMS for path in (CODE / room).rglob("*") if path.suffix in SUFFIXES]
    ours = [path for path in files if not BUILT & set(path.parts)]
    engines = [f"{name}=={version(name)}" for name in ENGINES]
    return _short("\n".join([_content(ours), *engines]).encode())


def _content(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _short(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]
