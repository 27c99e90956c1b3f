"""One Parquet file per mart; a mart that did not change is a hard link to the file of the publication before."""

import shutil
from pathlib import Path

import duckdb

from orchestration.publish.snapshot import Mart, quoted


def write_parquet(
    connection: duckdb.DuckDBPyConnection, folder: Path, marts: list[Mart], previous: Path | None, unchanged: set[str]
) -> None:
    """Writes `<folder>/<mart>.parquet` for every mart of the attached database `build`."""
    folder.mkdir(parents=True)
    for mart in marts:
        target = folder / mart.file
        target.parent.mkdir(exist_ok=True)
        before = previous / mart.file if previous and mart.name in unchanged else None
        if before and before.is_file():
            _link(before, target)
        else:
            options = "format parquet, compression zstd, parquet_version v2"
            connection.execute(f"copy (from build.{mart.relation}) to {quoted(str(target))} ({options})")


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:  # a file system without hard links
        shutil.copyfile(source, target)
