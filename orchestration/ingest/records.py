"""How many records a text has, by its quote marks and line ends: a count that does not trust the CSV parser."""

import codecs
import re
from pathlib import Path

from salesops.errors import UserError

CHUNK = 1 << 20
QUOTED = re.compile(rb'"[^"]*"')
MAYBE_BLANK = re.compile(rb"\n\r?\n")
NO_BONES = bytes(byte for byte in range(256) if byte not in b'"\n')


class Count:
    """The records of a text that is given chunk by chunk; right unless it is not `sure`."""

    def __init__(self) -> None:
        self._ends, self._inside, self._blank, self._last = 0, False, False, b"\n"

    def add(self, chunk: bytes) -> None:
        """The next part of the text: of each chunk only the quote marks and line ends are kept.

        Two marks side by side have no line end between them, so that most are gone before anything is split.
        """
        bones = b'"' * self._inside + chunk.translate(None, NO_BONES)
        pieces = bones.replace(b'""', b"").split(b'"')
        self._inside = len(pieces) % 2 == 0
        self._ends += b"".join(pieces[::2]).count(b"\n")
        edge = self._last + chunk[:2]
        self._blank = self._blank or bool(MAYBE_BLANK.search(edge) or MAYBE_BLANK.search(chunk))
        self._last = (self._last + chunk[-2:])[-2:]

    @property
    def records(self) -> int:
        """Number of records."""
        return self._ends + (self._last[-1:] != b"\n")

    @property
    def sure(self) -> bool:
        """No line may be blank, and each quoted cell was closed: nothing that `count_records` would see otherwise."""
        return not self._blank and not self._inside


def count_records(path: Path, name: str, delimiter: str) -> tuple[int, tuple[int, ...]]:
    """Number of records, blank lines included, and the positions (from 0) of the blank lines."""
    count, blanks, tail, inside = 0, [], b"", False
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            text, inside = _outside_quotes(chunk, inside)
            text = tail + text
            cut = text.rfind(b"\n") + 1
            whole, tail = text[:cut], text[cut:]
            if MAYBE_BLANK.search(b"\n" + whole):
                lines = whole.split(b"\n")[:-1]
                blanks += [number for number, line in enumerate(lines, count) if not line.strip(b"\r")]
            count += whole.count(b"\n")
    if inside:
        return _count_slowly(path, name, delimiter)
    return count + bool(tail), tuple(blanks)


def _outside_quotes(chunk: bytes, inside: bool) -> tuple[bytes, bool]:
    """`chunk` with a mark in place of each quoted stretch, and whether it ends within one."""
    if inside:
        end = chunk.find(b'"')
        if end < 0:
            return b"", True
        chunk = b"q" + chunk[end + 1 :]
    text = QUOTED.sub(b"q", chunk)
    start = text.find(b'"')
    return (text, False) if start < 0 else (text[:start] + b"q", True)


def _count_slowly(path: Path, name: str, delimiter: str) -> tuple[int, tuple[int, ...]]:
    """The count where a lone quote mark stands in the file: only one that begins a cell opens a quoted cell."""
    begins = rb"(?:\A|(?<=[\n" + re.escape(delimiter.encode()) + rb']))"'
    content = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    text = re.sub(begins + rb'(?:[^"]|"")*"', b"q", content)
    if still_open := re.search(begins, text):
        line = text.count(b"\n", 0, still_open.start()) + 1
        raise UserError(
            "a quoted cell is opened and never closed, so that the number of records cannot be trusted.",
            where=f"{name}, row {line}",
            mend="The file is cut off, or a quote mark is missing: export it again.",
        )
    lines = text.split(b"\n")
    count = len(lines) - (not lines[-1])
    return count, tuple(number for number, line in enumerate(lines[:count]) if not line.strip(b"\r"))
