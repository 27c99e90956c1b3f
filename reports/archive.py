"""The archive: every report as it was shown, in revisions that are never overwritten."""

import hashlib
import json
import re
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

DATA = "data.json"
REVISION = "revision.json"
PROVENANCE = ("snapshot", "snapshot_id", "built_at", "code_version", "rulebook_version", "known_at", "revision")
"""Keys of data.json that say what the numbers rest on; they alone make no revision, nor do figures of the data box."""


@dataclass(frozen=True)
class Shelf:
    """Where a report stands in the archive."""

    report: str
    period: str
    scope: str
    language: str

    def folder(self, archive: Path) -> Path:
        """The folder that holds the revisions in this language."""
        return archive / safe_name(self.report) / safe_name(self.period) / safe_name(self.scope) / self.language


@dataclass(frozen=True)
class Archived:
    """A revision in the archive: which one, what names its content, and whether this call made it."""

    folder: Path
    revision: int
    version: str
    is_new: bool

    @property
    def name(self) -> str:
        """Revision and content in one word."""
        return f"r{self.revision}-{self.version}"


def safe_name(text: str) -> str:
    """An id as the name of one folder or file, the same for the same id and different for different ones."""
    escaped = re.sub(r'[\\/:*?"<>|%\s\x00-\x1f]', lambda found: f"%{ord(found[0]):02X}", text)
    return escaped.replace(".", "%2E") if set(escaped) <= {"."} else escaped


def content_version(data: Any) -> str:
    """Sixteen hexadecimal digits of what a report says, whatever it rests on."""
    said = json.dumps(_without_provenance(data), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def store(archive: Path, shelf: Shelf, rendered: Path, facts: dict[str, str]) -> Archived:
    """Put the files of the folder `rendered` into the archive; the same content finds its revision again.

    `facts` (title, scope, period, status, snapshot, built_at) go into revision.json with what changed.
    """
    data = _read(rendered / DATA)
    version = content_version(data)
    home = shelf.folder(archive)
    latest = latest_revision(home)
    if latest and _read(home / f"rev-{latest}" / REVISION)["version"] == version:
        folder = home / f"rev-{latest}"
        _add_missing(rendered, folder)
        archived = Archived(folder, latest, version, is_new=False)
    else:
        before = _read(home / f"rev-{latest}" / DATA) if latest else None
        note = {**asdict(shelf), **facts, "revision": latest + 1, "version": version}
        note["changes"] = changes(before, data) if latest else []
        folder = _shelve(rendered, home / f"rev-{latest + 1}", note)
        archived = Archived(folder, latest + 1, version, is_new=True)
    return archived


def show_latest(archive: Path, shelf: Shelf) -> Path:
    """Make the newest revision the one that lies at archive/<report>/<period>/<scope>/; returns that folder."""
    home = shelf.folder(archive)
    newest = home / f"rev-{latest_revision(home)}"
    for file in sorted(path for path in newest.rglob("*") if path.is_file()):
        _put(file, home.parent / file.relative_to(newest))
    return home.parent


def latest_revision(home: Path) -> int:
    """The number of the newest revision, 0 where there is none."""
    return max((int(path.name.removeprefix("rev-")) for path in home.glob("rev-*") if path.is_dir()), default=0)


def changes(before: Any, after: Any) -> list[dict[str, Any]]:
    """What a report says now and did not say before: each changed value with its place in data.json."""
    old, new = dict(_leaves(_without_provenance(before))), dict(_leaves(_without_provenance(after)))
    places = [*old, *(place for place in new if place not in old)]
    return [
        {"at": place, "before": old.get(place), "after": new.get(place)}
        for place in places
        if old.get(place) != new.get(place)
    ]


def _without_provenance(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _without_provenance(value) for key, value in data.items() if key not in PROVENANCE}
    if isinstance(data, list):
        return [_without_provenance(item) for item in data if not _is_provenance(item)]
    return data


def _is_provenance(item: Any) -> bool:
    return isinstance(item, dict) and item.get("place") == "data_box"


def _leaves(data: Any, at: str = "") -> list[tuple[str, Any]]:
    """Every value with its place; items of a list that say what they are keep their place when others come or go."""
    if isinstance(data, dict):
        return [leaf for key, value in data.items() for leaf in _leaves(value, f"{at}.{key}" if at else key)]
    if not isinstance(data, list):
        return [(at, data)]
    found: list[tuple[str, Any]] = []
    taken: dict[str, int] = {}
    for item in data:
        name = _name_of(item)
        taken[name] = taken.get(name, 0) + 1
        found += _leaves(item, f"{at}[{name or '#'}{'' if taken[name] == 1 and name else taken[name]}]")
    return found


def _name_of(item: Any) -> str:
    if not isinstance(item, dict) or "measure" not in item:
        return str(item.get("name", "")) if isinstance(item, dict) else ""
    keys = item.get("keys") or {}
    return f"{item.get('mart', '')}.{item['measure']} {json.dumps(keys, ensure_ascii=False, sort_keys=True)}"


def _shelve(rendered: Path, folder: Path, note: dict[str, Any]) -> Path:
    """The whole revision at once: a folder under its final name is complete."""
    draft = folder.with_name(f".{folder.name}.tmp")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(rendered, draft)
    (draft / REVISION).write_text(json.dumps(note, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.rename(folder)
    return folder


def _add_missing(rendered: Path, folder: Path) -> None:
    """Formats that this revision was not rendered in before."""
    for file in sorted(path for path in rendered.rglob("*") if path.is_file()):
        target = folder / file.relative_to(rendered)
        if not target.exists():
            _put(file, target)


def _put(file: Path, target: Path) -> None:
    """A copy that is there in full or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.tmp")
    shutil.copyfile(file, draft)
    draft.replace(target)


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
