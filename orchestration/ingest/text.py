"""Text files: strict decoding, newline style, and what the bytes show to be looked for; each file is read once."""

import codecs
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestration.ingest.records import Count, count_records
from salesops.errors import UserError

CHUNK = 1 << 20
HEAD = 4 << 20
LONE_RETURN = re.compile(rb"\r(?!\n)")
RETURNS = re.compile(rb"\r\n?")
ENOUGH_UTF8 = 30  # bytes outside ASCII that are valid UTF-8 by chance in no other encoding
TWICE = "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
DAMAGED = re.compile(f"\ufffd|锟斤拷|\u00c3[\u00a1-\u00ba\u00bc-\u00bf]|(?:[\u00e4-\u00e9]{TWICE}{TWICE}){{2}}")
TWICE_BYTES = re.compile(rb"\xc3(?:\x83\xc2|[\xa4-\xa9](?:\xc2|[\xc5\xc6\xcb]|\xe2))")  # quick, and sees too much
REPLACED, REPLACED_TWICE = "\ufffd".encode(), "锟斤拷".encode()
FORMULA_ERROR = re.compile(r"#(?:REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|NOT CALCULATED)")
FORMULA_ERROR_BYTES = re.compile(FORMULA_ERROR.pattern.encode())
ROUNDED_CODE = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+[0-9]{1,3}")


@dataclass
class Marks:
    """What the text shows to be looked for in its cells: most files have none of it."""

    damaged: bool = False
    formula_errors: bool = False
    rounded_codes: bool = False

    def look(self, chunk: bytes) -> None:
        """Notes what a piece of the file, whole characters of UTF-8, shows."""
        if not self.damaged and _is_suspect(chunk):
            self.damaged = bool(DAMAGED.search(chunk.decode()))
        if not self.formula_errors and b"#" in chunk:
            self.formula_errors = bool(FORMULA_ERROR_BYTES.search(chunk))
        self.rounded_codes = self.rounded_codes or (b"+" in chunk and (b"E+" in chunk or b"e+" in chunk))


def _is_suspect(chunk: bytes) -> bool:
    """Whether it may hold damaged text; a look for a single byte takes a tenth of the time of any other search."""
    if chunk.isascii():
        return False
    replaced = (b"\xef" in chunk and REPLACED in chunk) or REPLACED_TWICE in chunk
    return replaced or bool(b"\xc3" in chunk and TWICE_BYTES.search(chunk))


@dataclass(frozen=True)
class Text:
    """A clean UTF-8 file with one newline style, and what its bytes say: records in all, and which are blank lines."""

    path: Path
    newline: str
    records: int
    blanks: tuple[int, ...]
    marks: Marks


def clean(path: Path, name: str, encoding: str, delimiter: str, scratch: Path) -> Text:
    """`path` itself if it is clean UTF-8, else a copy that is; UserError where the file cannot be trusted."""
    if encoding != "utf-8":
        _refuse_utf8(path, name, encoding)
    look = _inspect(path, name) if encoding == "utf-8" else None
    ready = path
    if look is None or look.newline is None:
        ready = scratch / "text.csv"
        look = _rewrite(path, name, "utf-8-sig" if encoding == "utf-8" else encoding, ready)
    records, blanks = (look.count.records, ()) if look.count.sure else count_records(ready, name, delimiter)
    return Text(ready, look.newline or "\n", records, blanks, look.marks)


class _Look:
    """What the chunks of a UTF-8 text show, every one passed over once at the speed of C."""

    def __init__(self) -> None:
        self.marks, self.count = Marks(), Count()
        self._lines = self._returns = self._pairs = 0
        self._feeds_alone = False
        self._last = b""

    def add(self, chunk: bytes) -> None:
        """The next part of the text."""
        self.marks.look(chunk)
        self.count.add(chunk)
        split = self._last == b"\r" and chunk[:1] == b"\n"
        self._pairs += split
        if b"\r" in chunk:
            self._returns += chunk.count(b"\r")
            self._pairs += chunk.count(b"\r\n")
            self._lines += chunk.count(b"\n")
        else:
            self._lines += split
            self._feeds_alone = self._feeds_alone or b"\n" in chunk[split:]
        self._last = chunk[-1:]

    @property
    def newline(self) -> str | None:
        """The one newline style; None: mixed."""
        if not self._returns:
            return "\n"
        only_pairs = self._returns == self._pairs == self._lines and not self._feeds_alone
        return "\r\n" if only_pairs else None


def _inspect(path: Path, name: str) -> _Look:
    look, held = _Look(), b""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            if b"\0" in chunk:
                raise _with_nul(name)
            chunk = held + chunk
            end = _whole(chunk)
            chunk, held = chunk[:end], chunk[end:]
            if not _is_utf8(chunk):
                raise _not_utf8(path, name)
            look.add(chunk)
    if held:
        raise _not_utf8(path, name)
    return look


def _whole(chunk: bytes) -> int:
    """Where the last character that is not cut off ends."""
    for place in range(len(chunk) - 1, max(len(chunk) - 4, -1), -1):
        byte = chunk[place]
        if byte >= 0xC0:
            length = 2 + (byte >= 0xE0) + (byte >= 0xF0)
            return place if place + length > len(chunk) else len(chunk)
        if byte < 0x80:
            break
    return len(chunk)


def _is_utf8(chunk: bytes) -> bool:
    """As strict as Python's own decoder, and six times as fast: no text is made of it."""
    import pyarrow as pa

    if chunk.isascii():
        return True
    ends = pa.py_buffer(array("i", [0, len(chunk)]))  # pa.array would import pandas
    try:
        pa.StringArray.from_buffers(1, ends, pa.py_buffer(chunk)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _with_nul(name: str) -> UserError:
    return UserError(
        "the file has NUL characters: it is UTF-16 text or damaged.",
        where=name,
        mend="Export it again as CSV UTF-8, or write `read: {encoding: utf-16}`.",
    )


def _not_utf8(path: Path, name: str) -> UserError:
    line = _first_undecodable(path, "utf-8")
    gb18030 = _first_undecodable(path, "gb18030") is None
    mend = "Write `read: {encoding: gb18030}`: the file reads as that." if gb18030 else "Export it again as CSV UTF-8."
    return UserError("the text is not UTF-8.", where=f"{name}, line {line}", mend=mend)


def _first_undecodable(path: Path, encoding: str) -> int | None:
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                line.decode(encoding)
            except UnicodeDecodeError:
                return number
    return None


def _refuse_utf8(path: Path, name: str, encoding: str) -> None:
    """Chinese UTF-8 text often decodes as GB18030 too, to nonsense: it must never get that far."""
    if encoding.startswith("utf"):
        return
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    valid = head.decode("utf-8", errors="ignore").encode()
    outside = len(head.translate(None, bytes(range(128))))
    whole = len(head) - len(valid) < 4 and head.startswith(valid)
    if head.startswith(codecs.BOM_UTF8) or (whole and outside >= ENOUGH_UTF8):
        raise UserError(
            f"the mapping says {encoding}, but the text is UTF-8.", where=name, mend="Write `read: {encoding: utf-8}`."
        )


def _rewrite(path: Path, name: str, encoding: str, target: Path) -> _Look:
    """A UTF-8 copy whose only newline is a line feed, inside quoted cells too."""
    look, nul = _Look(), False
    try:
        with target.open("wb") as out:
            for text in _decoded(path, encoding):
                chunk = text.encode()
                if b"\r" in chunk:
                    lone = LONE_RETURN.search(chunk)
                    chunk = RETURNS.sub(b"\n", chunk) if lone else chunk.translate(None, b"\r")
                nul = nul or b"\0" in chunk
                look.add(chunk)
                out.write(chunk)
    except UnicodeError:
        line = _first_undecodable(path, encoding)
        raise UserError(
            f"the text is not {encoding}.",
            where=f"{name}, line {line}" if line and not encoding.startswith("utf-16") else name,
            mend="Look at that line in an editor, or write the right `read: {encoding: …}`.",
        ) from None
    if nul:
        raise _with_nul(name)
    return look


def _decoded(path: Path, encoding: str) -> Iterator[str]:
    """The text in pieces; none of them ends between a carriage return and its line feed."""
    decoder, held = codecs.getincrementaldecoder(encoding)(), ""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            text = held + decoder.decode(chunk)
            held = "\r" if text.endswith("\r") else ""
            yield text[: len(text) - len(held)]
    yield held + decoder.decode(b"", final=True)
