"""Write, audit, publish: a finished set of marts becomes `published/<id>/`, and then the current one, in one step."""

import json
import os
import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import duckdb

from orchestration.publish.parquet import write_parquet
from orchestration.publish.pointer import POINTER, current
from orchestration.publish.snapshot import Descriptions, Key, Mart, Publication, quoted, read_marts, write_snapshot
from salesops.errors import UserError

KEPT = 7
LAYOUT_VERSION = 2
CONTENTS = "contents.json"
UNFINISHED = ".tmp"
MEMORY_LIMIT = "2GB"


@dataclass(frozen=True)
class Published:
    """What a publication is called, whether it is a new one, and how many rows each mart has."""

    snapshot_id: str
    is_new: bool
    rows: dict[str, int]


def publish(
    warehouse: Path,
    published: Path,
    row: Publication,
    *,
    descriptions: Descriptions,
    keys: dict[str, Key],
    make_current: bool,
    checkpoint: Callable[[str], None],
    kept: Collection[str] = (),
) -> Published:
    """Publishes the schemas `marts` and `custom` of `warehouse`; equal marts as of the same day keep their publication.

    Old publications go, but for the last ones and those named in `kept`.
    """
    published.mkdir(parents=True, exist_ok=True)
    _sweep(published)
    with _connect(warehouse.parent / "spill") as connection:
        connection.execute(f"attach {quoted(str(warehouse))} as build (read_only)")
        marts = read_marts(connection, "build")
        row = replace(row, snapshot_id=content_id(row, marts))
        is_new = not (published / row.snapshot_id / CONTENTS).is_file()
        if is_new:
            _write(connection, published, row, marts, descriptions, keys, checkpoint)
    if make_current:
        _point(published, row, checkpoint)
        _prune(published, kept)
    return Published(row.snapshot_id, is_new, {mart.name: mart.rows for mart in marts})


def _connect(spill: Path) -> duckdb.DuckDBPyConnection:
    """What does not fit into memory is spilled beside the warehouse: without a folder of its own, into the current one."""
    return duckdb.connect(config={"memory_limit": MEMORY_LIMIT, "temp_directory": str(spill)})


def content_id(row: Publication, marts: list[Mart]) -> str:
    """The day that counts last and a hash of what the marts say, and of what was late: the same always has one name."""
    contents = [(mart.name, mart.fingerprint) for mart in marts]
    late = sorted(name for name, source in json.loads(row.sources).items() if source.get("late"))
    facts = [LAYOUT_VERSION, str(row.as_of), str(row.known_at or ""), contents, *late]
    return f"{row.as_of:%Y%m%d}-{sha256(json.dumps(facts).encode()).hexdigest()[:12]}"


def _write(
    connection: duckdb.DuckDBPyConnection,
    published: Path,
    row: Publication,
    marts: list[Mart],
    descriptions: Descriptions,
    keys: dict[str, Key],
    checkpoint: Callable[[str], None],
) -> None:
    folder = published / f"{row.snapshot_id}{UNFINISHED}"
    folder.mkdir()
    write_snapshot(connection, folder / "marts.duckdb", marts, row, descriptions)
    checkpoint("publish.snapshot_written")
    previous, unchanged = _unchanged(published, marts)
    write_parquet(connection, folder / "parquet", marts, previous, unchanged)
    checkpoint("publish.parquet_written")
    _verify(folder, marts)
    contents = {mart.name: _content(mart, keys.get(mart.name)) for mart in marts}
    (folder / CONTENTS).write_text(json.dumps(contents, indent=1), encoding="utf-8")
    for path in [*folder.rglob("*"), folder]:
        _fsync(path)
    checkpoint("publish.before_rename")
    folder.rename(published / row.snapshot_id)
    _fsync(published)
    checkpoint("publish.renamed")


def _content(mart: Mart, key: Key | None) -> dict[str, object]:
    """What whoever copies the publication elsewhere needs to know of a mart, besides the file itself."""
    said: dict[str, object] = {"rows": mart.rows, "fingerprint": mart.fingerprint}
    return said | ({"key": key.columns, "key_is_required": key.is_required} if key else {})


def _unchanged(published: Path, marts: list[Mart]) -> tuple[Path | None, set[str]]:
    """The Parquet folder of the current publication, and the marts that are still as they are there."""
    pointer = current(published)
    before = published / pointer["snapshot"] if pointer else None
    if before is None or not (before / CONTENTS).is_file():
        return None, set()
    contents = json.loads((before / CONTENTS).read_text(encoding="utf-8"))
    same = {mart.name for mart in marts if contents.get(mart.name, {}).get("fingerprint") == mart.fingerprint}
    return before / "parquet", same


def _verify(folder: Path, marts: list[Mart]) -> None:
    """Reopens what was written, as a reader would, and compares rows and fingerprints with the build."""
    with duckdb.connect() as connection:
        connection.execute(f"attach {quoted(str(folder / 'marts.duckdb'))} as written (read_only)")
        written = {mart.name: mart for mart in read_marts(connection, "written")}
        for mart in marts:
            file = folder / "parquet" / mart.file
            counted = connection.execute("select count(*) from read_parquet(?)", [str(file)]).fetchone()
            if written.get(mart.name) != mart or counted != (mart.rows,):
                raise UserError(
                    f"the copy of {mart.name} is not what was built, so nothing was published.",
                    where=str(folder),
                    mend="Check the disk, then run again.",
                    exit_code=1,
                )


def _point(published: Path, row: Publication, checkpoint: Callable[[str], None]) -> None:
    """Names the publication as the current one, in one atomic step."""
    inside = f"{published.name}/{row.snapshot_id}"
    pointer = {"snapshot": row.snapshot_id, "duckdb": f"{inside}/marts.duckdb", "parquet": f"{inside}/parquet"}
    pointer["as_of"] = row.as_of.isoformat()
    if pointer == current(published):
        return
    os.utime(published / row.snapshot_id / CONTENTS)  # its place in the order in which publications were current
    draft = published / f"{POINTER}{UNFINISHED}"
    draft.write_text(json.dumps(pointer), encoding="utf-8")
    _fsync(draft)
    checkpoint("publish.before_pointer")
    draft.replace(published / POINTER)
    _fsync(published)
    checkpoint("publish.pointed")


def _sweep(published: Path) -> None:
    """Removes what a killed run left half-written."""
    for leftover in published.glob(f"*{UNFINISHED}"):
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()


def _prune(published: Path, kept: Collection[str]) -> None:
    """Keeps the last publications; a reader that still has an older one open keeps it until it closes it."""
    by_age = sorted(published.glob(f"*/{CONTENTS}"), key=lambda path: (path.stat().st_mtime_ns, path.parent.name))
    for old in (path for path in by_age[:-KEPT] if path.parent.name not in kept):
        shutil.rmtree(old.parent)


def _fsync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
