"""The document as every format shows it: numbers and words written out, so that no format formats a number itself."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from reports.content import Block, Cell, Document, Figure, Inline, Table, Text, Words, figures
from reports.text import Writer

View = dict[str, Any]
MARKS = "¹²³⁴⁵⁶⁷⁸⁹"
SHADES = 5


def writer_of(document: Document) -> Writer:
    """The writer for the document's reader."""
    return Writer(document.language, document.currency, document.show_money_in)


def view(document: Document) -> View:
    """The whole document in plain lists and texts."""
    writer = writer_of(document)
    return {
        **head(document),
        "tag": "zh-CN" if document.language == "zh" else "en",
        "sections": [
            {
                "name": section.name,
                "title": section.title,
                "note": spans(section.note, writer, ()),
                "half": section.half,
                "detail": section.detail,
                "blocks": [_block(block, writer) for block in section.blocks],
            }
            for section in document.sections
        ],
        "box": [spans(line, writer, ()) for line in (document.data_box.accounts, document.data_box.origin)],
        "snapshot": document.snapshot,
    }


def head(document: Document) -> View:
    """What stands above the sections: title, status, facts, verdict."""
    writer = writer_of(document)
    return {
        "language": document.language,
        "title": document.title,
        "subtitle": document.subtitle,
        "status": document.status,
        "is_final": document.is_final,
        "facts": list(document.facts),
        "lead": spans(document.lead, writer, ()),
        "verdict": spans(document.verdict, writer, ()),
    }


def _block(block: Block, writer: Writer) -> View:
    if isinstance(block, Table):
        return _table(block, writer)
    if isinstance(block, Text):
        return {"type": "text", "spans": spans(block.sentence, writer, ())}
    return {"type": "chart", "name": block.name, "alt": writer.plain(block.alt)}


def _table(table: Table, writer: Writer) -> View:
    reasons = reasons_in(table)
    named = [f"{MARKS[n]} {writer.word(f'reason_{reason}')}" for n, reason in enumerate(reasons)]
    return {
        "type": "table",
        "name": table.name,
        "columns": [{"title": c.title, "numeric": c.numeric, "weight": c.weight} for c in table.columns],
        "rows": [
            {"role": row.role, "cells": [_cell(c, writer, reasons) for c in row.cells], "shades": shades}
            for row, shades in zip(table.rows, _shades(table), strict=True)
        ],
        "note": writer.word("reason_note", reasons="  ".join(named)) if named else "",
    }


def _shades(table: Table) -> list[list[int]]:
    """How dark each cell of the heat columns is, from 0 to SHADES."""
    heats = [place for place, column in enumerate(table.columns) if column.heat]
    values = [{p: next(figures(row.cells[p]), None) for p in heats} for row in table.rows]
    most = max((f.number for found in values for f in found.values() if f), default=Decimal(0)) or Decimal(1)
    return [
        [round(max(figure.number, Decimal(0)) / most * SHADES) if (figure := found.get(place)) else 0
         for place in range(len(table.columns))]
        for found in values
    ]  # fmt: skip


def reasons_in(table: Table) -> tuple[str, ...]:
    """Why figures of the table are missing, in the order in which they are met."""
    return tuple(dict.fromkeys(figure.reason for figure in figures(table) if figure.value is None))


def _cell(cell: Cell, writer: Writer, reasons: tuple[str, ...]) -> list[View] | None:
    return None if cell is None else spans(cell, writer, reasons)


def spans(sentence: Iterable[Inline], writer: Writer, reasons: tuple[str, ...]) -> list[View]:
    """The pieces of a sentence with their tone; a missing figure points to its reason."""
    return [_span(part, writer, reasons) for part in sentence]


def _span(part: Inline, writer: Writer, reasons: tuple[str, ...]) -> View:
    text, tone, strong = writer.inline(part), "", False
    if isinstance(part, Figure):
        tone = part.tone if part.value is not None else "muted"
        if part.value is None:
            why = MARKS[reasons.index(part.reason)] if part.reason in reasons else ""
            text = f"{text}{why}"
    elif isinstance(part, Words):
        tone, strong = part.tone, part.strong
    return {"text": text, "tone": tone, "strong": strong}
