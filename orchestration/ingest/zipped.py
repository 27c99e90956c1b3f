"""Archives (.zip) in landing: each member is a file called ARCHIVE/MEMBER, streamed by its place, never unpacked by its name."""

import re
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EINVAL
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from salesops.errors import UserError

SUFFIX = ".zip"
MOST_BYTES, SMALL, MOST_RATIO = 4 << 30, 100 << 20, 200
MOST_MEMBERS = 100_000
BOUNDED = (ZIP_STORED, ZIP_DEFLATED)  # a few bytes of the other methods may ask for gigabytes of memory
BROKEN = (BadZipFile, zlib.error, struct.error, EOFError, ValueError, OverflowError, NotImplementedError)
ENCRYPTED, UTF8 = 0x1, 0x800
CHINESE = 0xB0  # from here on cp437 has no letters, and GB18030 its usual signs


@dataclass(frozen=True)
class Arrival:
    """A file that came, by itself or as the member of an archive with that place in it."""

    path: Path
    name: str
    size: int
    member: int | None = None


def members(path: Path, name: str) -> list[Arrival]:
    """The files of an archive, without hidden ones; UserError if it is not to be trusted. Nothing is unpacked."""
    with _understood(name), ZipFile(path) as archive:
        infos = archive.infolist()
    _refuse_bomb(infos, path.stat().st_size, name)
    if any(info.flag_bits & ENCRYPTED for info in infos):
        what = "the archive is protected by a password."
        raise UserError(what, where=name, mend="Save it without a password.")
    named = [(place, info, _label(info)) for place, info in enumerate(infos) if not info.is_dir()]
    found = [
        Arrival(path, f"{name}/{label}", info.file_size, place) for place, info, label in named if not _is_hidden(label)
    ]
    if len({one.name for one in found}) < len(found):
        what = "the archive has two files of one name."
        raise UserError(what, where=name, mend="Unpack it, look which one counts, and put that one into landing/.")
    return found


@contextmanager
def opened(path: Path, member: int | None, name: str) -> Iterator[IO[bytes]]:
    """The bytes of a file, or of a member of an archive; UserError if they cannot be had."""
    if member is None:
        with path.open("rb") as stream:
            yield stream
        return
    with _understood(name), ZipFile(path) as archive:
        info = archive.infolist()[member]
        if info.compress_type not in BOUNDED:
            what = "the archive packs this file in a way that is not read."
            raise UserError(what, where=name, mend="Make the archive with the usual method (deflate).")
        with archive.open(info) as stream:
            yield stream


@contextmanager
def _understood(name: str) -> Iterator[None]:
    try:
        yield
    except IndexError:
        raise UserError("the archive changed while it was read.", where=name, mend="Run again.") from None
    except (*BROKEN, OSError) as error:
        # EINVAL: the archive names a place in the file that cannot be; any other is the disk's own.
        if isinstance(error, OSError) and error.errno != EINVAL:
            raise
        what = "the archive is damaged, or has not been copied whole."
        raise UserError(what, where=name, mend="Copy or export it again.") from None


def _refuse_bomb(infos: list[ZipInfo], packed: int, name: str) -> None:
    size = sum(info.file_size for info in infos)
    if size > MOST_BYTES or len(infos) > MOST_MEMBERS or (size > SMALL and size > MOST_RATIO * packed):
        raise UserError(
            f"the archive would unpack to {len(infos):,} files of {size / (1 << 20):,.0f} MiB, which is not opened.",
            where=name,
            mend="If that is right, unpack it yourself and put the files that are needed into landing/.",
        )


def _label(info: ZipInfo) -> str:
    """The member's name as a person would write it; a label, for nothing is ever written by it."""
    visible = "".join(sign for sign in _decoded(info) if unicodedata.category(sign)[0] != "C")
    parts = [part for part in re.split(r"[/\\]", unicodedata.normalize("NFC", visible)) if part not in ("", ".", "..")]
    return "/".join(parts)


def _decoded(info: ZipInfo) -> str:
    """Names without the mark of UTF-8 are in the writing of the machine that made the archive."""
    if info.flag_bits & UTF8 or info.orig_filename.isascii():
        return info.filename
    raw = info.orig_filename.encode("cp437")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if max(text) >= "\u0800" if encoding == "utf-8" else max(raw) >= CHINESE:
            return text
    return info.filename


def _is_hidden(label: str) -> bool:
    return not label or any(part.startswith((".", "~$", "__MACOSX")) for part in label.split("/"))
