"""What the reader of workbooks does not tell: hidden rows, errors, formulas never calculated, red numbers, the 1904 system."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException, ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
"""What `zipfile` says of an archive whose bytes are not what they should be."""
NOT_CALCULATED = "#NOT CALCULATED"
CHUNK = 4 << 20
HIDDEN = re.compile(rb'<row\b[^>]*\bhidden="(?:1|true)"')
ERROR = re.compile(rb'<c\b([^>]*\bt="e"[^>]*)>(?:<f\b[^>]*(?:/>|>[^<]*</f>))?<v>([^<]*)</v>')
FORMULA = re.compile(rb"<c\b([^>]*)><f\b[^>]*(?:/>|>[^<]*</f>)(?:</c>|<v\s*/>|<v>(0?)</v>)")
REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
RED = re.compile("FF(?:FF0000|C00000)")

Places = dict[tuple[int, int], str]


@dataclass
class Facts:
    """Of one sheet; places are row and column from 0."""

    from_1904: bool = False
    hidden: int = 0
    red: int = 0
    errors: Places = field(default_factory=dict)


def facts(path: Path, sheet: str) -> Facts:
    """The facts of the sheet of that name; none where the workbook is built in an unusual way."""
    with zipfile.ZipFile(path) as archive:
        try:
            return _facts(archive, sheet)
        except (KeyError, ParseError, DefusedXmlException, StopIteration, *DAMAGED):
            return Facts()


def _facts(archive: zipfile.ZipFile, sheet: str) -> Facts:
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    properties, calculation = book.find(f"{MAIN}workbookPr"), book.find(f"{MAIN}calcPr")
    found = Facts(from_1904=properties is not None and properties.get("date1904") in ("1", "true"))
    never = calculation is not None and calculation.get("fullCalcOnLoad") in ("1", "true")
    relation = next(one.get(RELATION) for one in book.iter(f"{MAIN}sheet") if one.get("name") == sheet)
    red = _red_styles(archive)
    for piece in _pieces(archive, _part(archive, relation or "")):
        _look(piece, found, never, red)
    return found


def _part(archive: zipfile.ZipFile, relation: str) -> str:
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    target = next(one.get("Target", "") for one in relations if one.get("Id") == relation)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _red_styles(archive: zipfile.ZipFile) -> re.Pattern[bytes] | None:
    """Finds a number whose cell has a red font; None where no style has one."""
    if "xl/styles.xml" not in archive.namelist():
        return None
    styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
    colors = [one.find(f"{MAIN}color") for one in styles.findall(f"{MAIN}fonts/{MAIN}font")]
    red = {place for place, one in enumerate(colors) if one is not None and RED.fullmatch(one.get("rgb", ""))}
    cells = styles.findall(f"{MAIN}cellXfs/{MAIN}xf")
    numbers = [str(place) for place, one in enumerate(cells) if int(one.get("fontId", "0")) in red]
    if not numbers:
        return None
    return re.compile(rf'<c\b([^>]*\bs="(?:{"|".join(numbers)})"[^>]*)><v>[0-9]'.encode())


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The sheet in pieces that end with a whole row."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            chunk = rest + chunk
            cut = chunk.rfind(b"</row>") + 1 or len(chunk)
            rest = chunk[cut:]
            yield chunk[:cut]
    yield rest


def _look(piece: bytes, found: Facts, never: bool, red: re.Pattern[bytes] | None) -> None:
    if b"hidden=" in piece:
        found.hidden += len(HIDDEN.findall(piece))
    if b't="e"' in piece:
        found.errors.update((_place(one[1]), one[2].decode()) for one in ERROR.finditer(piece) if _has_place(one[1]))
    if b"<f" in piece:
        for one in FORMULA.finditer(piece):
            empty = not one[2] and b't="str"' not in one[1]
            if _has_place(one[1]) and (empty or (one[2] and never)):
                found.errors[_place(one[1])] = NOT_CALCULATED
    if red:
        found.red += sum(b't="s"' not in one[1] for one in red.finditer(piece))


def _has_place(attributes: bytes) -> bool:
    return bool(REFERENCE.search(attributes))


def _place(attributes: bytes) -> tuple[int, int]:
    """`r="AB12"` is row 11, column 27."""
    letters, digits = REFERENCE.search(attributes).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return int(digits) - 1, column - 1
