"""The landing folder: what lies there, to which source it belongs, and what its content hash is."""

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from orchestration.ingest.ledger import File, Ledger
from orchestration.ingest.mapping import Source
from orchestration.ingest.zipped import SUFFIX, Arrival, members, opened
from salesops.errors import UserError

CHUNK = 1 << 20
FETCHED = "fetched"
"""The folder of what servers gave, which begins the names of its files."""


@dataclass
class Landed:
    """What a look into the folder found; `stats` is size, time and hash by file name."""

    files: list[File] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    problems: list[UserError] = field(default_factory=list)
    stats: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    forms: dict[str, Source] = field(default_factory=dict)


def look(landing: Path, fetched: Path, sources: list[Source], ledger: Ledger, time_zone: str) -> Landed:
    """All files in landing and of servers, matched to sources; a file is hashed only if its size or time changed."""
    from orchestration.forms.source import recognised

    seen = {row["file_name"]: tuple(row)[1:] for row in ledger.rows("select * from seen")}
    landed = Landed()
    for one in arrived(landing, fetched, sources, landed):
        path, name = one.path, one.name
        form = recognised(path)
        matching = [form] if form else [source for source in sources if matches(source, name)]
        if not matching:
            landed.unmatched.append(name)
            continue
        status = path.stat()
        known = seen.get(name)
        try:
            unchanged = known is not None and known[:2] == (status.st_size, status.st_mtime_ns)
            digest = known[2] if known and unchanged else sha256(path, one.member, name)
        except PermissionError:
            landed.refused.append(name)
            continue
        except UserError as problem:
            landed.problems.append(problem)
            continue
        landed.stats[name] = (status.st_size, status.st_mtime_ns, digest)
        modified_on = _modified_on(status, time_zone)
        landed.forms |= {form.name: form} if form else {}
        for source in matching:
            extracted_on = extraction_date(source, name, modified_on)
            what = (source.name, name, digest, one.size, modified_on, extracted_on)
            landed.files.append(File(*what, path=path, member=one.member))
    return landed


def arrived(landing: Path, fetched: Path, sources: Collection[Source], landed: Landed) -> Iterator[Arrival]:
    """Every file with its name: the path inside landing, or fetched/NAME/… for what came from a source's server."""
    for path in walk(landing, landed.refused):
        yield from _contents(path, unicodedata.normalize("NFC", path.relative_to(landing).as_posix()), landed)
    for source in sources:
        if source.mapping.is_fetched:
            for path in walk(fetched / source.name, landed.refused):
                name = unicodedata.normalize("NFC", path.relative_to(fetched / source.name).as_posix())
                yield from _contents(path, f"{_own_folder(source)}{name}", landed)


def _contents(path: Path, name: str, landed: Landed) -> Iterator[Arrival]:
    """The file itself, or what an archive holds."""
    if path.suffix.lower() != SUFFIX:
        yield Arrival(path, name, path.stat().st_size)
        return
    try:
        yield from members(path, name)
    except PermissionError:
        landed.refused.append(name)
    except UserError as problem:
        landed.problems.append(problem)


def _own_folder(source: Source) -> str:
    return f"{FETCHED}/{source.name}/"


def days_of_files(
    landing: Path, fetched: Path, sources: Collection[Source], time_zone: str
) -> Iterator[tuple[str, date]]:
    """Source and extraction date of every file that has come, by name and time alone: no file is opened."""
    for one in arrived(landing, fetched, sources, Landed()):
        for source in sources:
            if matches(source, one.name):
                yield source.name, extraction_date(source, one.name, _modified_on(one.path.stat(), time_zone))


def _modified_on(status: os.stat_result, time_zone: str) -> date:
    return datetime.fromtimestamp(status.st_mtime, ZoneInfo(time_zone)).date()


def walk(folder: Path, refused: list[str]) -> Iterator[Path]:
    """Regular files below `folder` by name; links and devices are refused, hidden and lock files are passed over."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        if entry.name.startswith((".", "~$")):
            continue
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISDIR(mode):
            yield from walk(Path(entry.path), refused)
        elif stat.S_ISREG(mode):
            yield Path(entry.path)
        else:
            refused.append(entry.name)


def matches(source: Source, name: str) -> bool:
    """A pattern with a slash is for the path inside landing, one without is for the file's name in any folder."""
    if source.mapping.is_fetched:
        return name.startswith(_own_folder(source))
    bare = PurePosixPath(name).name
    patterns = (unicodedata.normalize("NFC", pattern) for pattern in source.mapping.files)
    return any(fnmatchcase(name if "/" in pattern else bare, pattern) for pattern in patterns)


def extraction_date(source: Source, name: str, modified_on: date) -> date:
    """The date in the file's name, where the mapping knows the pattern, else the date of the file."""
    if source.mapping.origin:
        return date.fromisoformat(PurePosixPath(name).name[: len("2025-06-30")])
    return dated(source, name) or modified_on


def dated(source: Source, name: str) -> date | None:
    """The date that the mapping's pattern finds in the file's name."""
    found = re.search(source.mapping.read.date_pattern, name) if source.mapping.read.date_pattern else None
    digits = re.sub(r"\D", "", found[1] or "")[:8] if found else ""
    try:
        return datetime.strptime(digits, "%Y%m%d" if len(digits) == 8 else "%Y%m").date()
    except ValueError:
        return None


def sha256(path: Path, member: int | None = None, name: str = "") -> str:
    """The content hash of a file, or of a member of an archive."""
    digest = hashlib.sha256()
    with opened(path, member, name) as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
