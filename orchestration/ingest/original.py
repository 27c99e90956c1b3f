"""Originals: every file as it arrived, compressed, so that any batch can be made again."""

import hashlib
from pathlib import Path

from orchestration.ingest.disk import publish
from orchestration.ingest.landing import CHUNK
from orchestration.ingest.ledger import File
from orchestration.ingest.zipped import opened
from salesops.errors import UserError


def original_path(lake: Path, digest: str) -> Path:
    """Where the original of that content lies."""
    return lake / "original" / f"{digest}.zst"


def keep(path: Path, file: File, lake: Path) -> None:
    """Stores the file; UserError if it is no longer the content that was planned for."""
    target = original_path(lake, file.sha256)
    if not target.exists():
        publish(target, lambda waiting: _compress(path, file, waiting))


def _compress(path: Path, file: File, waiting: Path) -> None:
    import pyarrow as pa

    digest = hashlib.sha256()
    with opened(path, file.member, file.name) as source, pa.CompressedOutputStream(str(waiting), "zstd") as out:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            out.write(chunk)
    if digest.hexdigest() != file.sha256:
        waiting.unlink()
        what = "the file changed while it was read."
        raise UserError(what, where=file.name, mend="Wait until it has been copied whole; the next run reads it again.")


def restore(file: File, lake: Path, scratch: Path) -> Path:
    """The original of a file, unpacked: of one that no longer lies in landing, or that lies in an archive."""
    import pyarrow as pa

    packed = original_path(lake, file.sha256)
    if not packed.exists():
        what = "its mapping changed, but the file is neither in landing nor in lake/original."
        raise UserError(what, where=file.name, mend="Drop it into landing again.", exit_code=1)
    target = scratch / f"original{Path(file.name).suffix}"
    with pa.CompressedInputStream(str(packed), "zstd") as source, target.open("wb") as out:
        while chunk := source.read(CHUNK):
            out.write(chunk)
    return target
