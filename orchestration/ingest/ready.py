"""A file of any kind as clean text with a known header."""

from dataclasses import dataclass, replace
from pathlib import Path

from orchestration.ingest import disguise, excel
from orchestration.ingest.header import read_header
from orchestration.ingest.mapping import Source
from orchestration.ingest.moments import EPOCHS
from orchestration.ingest.text import Text, clean
from salesops.errors import UserError


@dataclass(frozen=True)
class Ready:
    """The text and the names of its columns; `excel` if dates may be day numbers, counted from `epoch`."""

    text: Text
    delimiter: str
    header: list[str]
    excel: bool
    epoch: str
    notes: tuple[UserError, ...]


def prepare(path: Path, name: str, source: Source, scratch: Path) -> Ready:
    """Makes the file readable; UserError where it cannot be trusted."""
    read, kind, sheet = source.mapping.read, disguise.kind(path, name), excel.Sheet(EPOCHS["excel"])
    encoding, delimiter = read.encoding, read.delimiter
    target = scratch / "sheet.csv"
    if kind == "text" and Path(name).suffix.lower() in excel.SUFFIXES:
        encoding, delimiter = disguise.text_dialect(path, encoding, delimiter)
        sheet = replace(sheet, notes=(disguise.text_note(name),))
    elif kind == "workbook":
        sheet = excel.to_csv(path, name, read.sheet, read.levels, target)
    elif kind == "web page":
        excel.write(disguise.page_rows(path, name), target)
    if kind != "text":
        path, encoding, delimiter = target, "utf-8", ","
    text = clean(path, name, encoding, delimiter, scratch)
    if text.records == 0:
        raise UserError("the file is empty.", where=name, mend="Export it again.")
    header = read_header(text.path, name, source, merged=kind != "text", delimiter=delimiter)
    return Ready(text, delimiter, header, kind == "workbook", sheet.epoch, sheet.notes)
