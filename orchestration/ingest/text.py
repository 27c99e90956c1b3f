"""Text files: strict decoding, newline style, and a record count that does not trust the CSV parser."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from salesops.errors import UserError

CHUNK = 4 << 20
QUOTED = re.compile(rb'"[^"]*"')
BLANK = re.compile(rb"(?:^|\n)\r?\n")
ENOUGH_UTF8 = 30  # bytes outside ASCII that are valid UTF-8 by chance in no other encoding
TWICE = "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
DAMAGED = re.compile(f"\ufffd|锟斤拷|\u00c3[\u00a1-\u00ba\u00bc-\u00bf]|(?:[\u00e4-\u00e9]{TWICE}{TWICE}){{2}}")
TWICE_BYTES = re.compile(rb"\xc3(?:\x83\xc2|[\xa4-\xa9](?:\xc2|[\xc5\xc6\xcb]|\xe2))")  # quick, and sees too much
FORMULA_ERROR = re.compile(r"#(?:REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|NOT CALCULATED)")
ROUNDED_CODE = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+[0-9]{1,3}")


@dataclass
class Marks:
    """What the text shows to be looked for in its cells: most files have none of it."""

    damaged: bool = False
    formula_errors: bool = False
    rounded_codes: bool = False

    def look(self, chunk: bytes, text: str) -> None:
        """Notes what a piece of the file shows."""
        if not self.damaged and ("\ufffd" in text or "锟斤拷" in text or TWICE_BYTES.search(chunk)):
            self.damaged = bool(DAMAGED.search(text))
        if not self.formula_errors and b"#" in chunk:
            self.formula_errors = bool(FORMULA_ERROR.search(text))
        self.rounded_codes = self.rounded_codes or b"E+" in chunk or b"e+" in chunk


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
    if encoding == "utf-8":
        newline, marks = _inspect(path, name)
        ready = path if newline else _rewrite(path, name, "utf-8-sig", scratch)
    else:
        _refuse_utf8(path, name, encoding)
        ready, newline = _rewrite(path, name, encoding, scratch), "\n"
        marks = _inspect(ready, name)[1]
    records, blanks = count_records(ready, name, delimiter)
    return Text(ready, newline or "\n", records, blanks, marks)


def _inspect(path: Path, name: str) -> tuple[str | None, Marks]:
    """The one newline style (None: mixed) and what the text shows to be looked for."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = returns = pairs = 0
    marks, last = Marks(), b""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            if b"\0" in chunk:
                raise UserError(
                    "the file has NUL characters: it is UTF-16 text or damaged.",
                    where=name,
                    mend="Export it again as CSV UTF-8, or write `read: {encoding: utf-16}`.",
                )
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError:
                raise _not_utf8(path, name) from None
            lines, returns = lines + chunk.count(b"\n"), returns + chunk.count(b"\r")
            pairs += chunk.count(b"\r\n") + (last == b"\r" and chunk[:1] == b"\n")
            last = chunk[-1:]
            marks.look(chunk, text)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise _not_utf8(path, name) from None
    if returns == 0:
        return "\n", marks
    return ("\r\n" if returns == pairs == lines else None), marks


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
        head = stream.read(CHUNK)
    valid = head.decode("utf-8", errors="ignore").encode()
    outside = len(head.translate(None, bytes(range(128))))
    whole = len(head) - len(valid) < 4 and head.startswith(valid)
    if head.startswith(codecs.BOM_UTF8) or (whole and outside >= ENOUGH_UTF8):
        raise UserError(
            f"the mapping says {encoding}, but the text is UTF-8.", where=name, mend="Write `read: {encoding: utf-8}`."
        )


def _rewrite(path: Path, name: str, encoding: str, scratch: Path) -> Path:
    """A UTF-8 copy whose only newline is a line feed, inside quoted cells too."""
    target = scratch / "text.csv"
    try:
        with path.open(encoding=encoding) as source, target.open("w", encoding="utf-8", newline="\n") as out:
            while text := source.read(CHUNK):
                out.write(text)
    except UnicodeError:
        line = _first_undecodable(path, encoding)
        raise UserError(
            f"the text is not {encoding}.",
            where=f"{name}, line {line}" if line and not encoding.startswith("utf-16") else name,
            mend="Look at that line in an editor, or write the right `read: {encoding: …}`.",
        ) from None
    return target


def count_records(path: Path, name: str, delimiter: str) -> tuple[int, tuple[int, ...]]:
    """Number of records, blank lines included, and the positions (from 0) of the blank lines."""
    count, blanks, tail, inside = 0, [], b"", False
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            text, inside = _outside_quotes(chunk, inside)
            text = tail + text
            cut = text.rfind(b"\n") + 1
            whole, tail = text[:cut], text[cut:]
            if BLANK.search(whole):
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
