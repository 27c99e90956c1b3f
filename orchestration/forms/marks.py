"""By what a filled form is recognised, whatever its file is called: a hidden sheet in the workbook."""

import re
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path

from orchestration.ingest.sheet_xml import DAMAGED

MARKS_SHEET = "salesops_form"
ENTRY_SHEET = "填写 Fill in"
TITLE_ROW, HEAD_ROW, KEYS_ROW = 1, 2, 3
MOST_BYTES = 50 << 20  # unpacked; a form is far below, and nothing larger is opened to look for marks
SHEETS = re.compile(rb'<sheet\b[^>]*\bname="' + MARKS_SHEET.encode() + rb'"')


@dataclass(frozen=True)
class Marks:
    """Which form it is, for whom and for which period."""

    form: str
    version: str
    period: str
    person: str
    language: str

    def rows(self) -> list[tuple[str, str]]:
        """Name and value, as the hidden sheet has them."""
        return list(asdict(self).items())


def read_marks(path: Path) -> Marks | None:
    """The marks of the workbook; None where it is no form of ours. Of other workbooks only the list of sheets is read."""
    if not _has_sheet(path):
        return None
    import python_calamine as calamine

    try:
        with path.open("rb") as stream:
            rows = calamine.CalamineWorkbook.from_filelike(stream).get_sheet_by_name(MARKS_SHEET).to_python()
        return Marks(**{str(row[0]): str(row[1]) for row in rows if len(row) > 1 and row[0]})
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError, TypeError):
        return None


def _has_sheet(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
                return False
            return bool(SHEETS.search(archive.read("xl/workbook.xml")))
    except (KeyError, *DAMAGED):
        return False
