"""What a filled workbook changes in a rulebook: found cell by cell, checked as a whole, written only then."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rulebook.book import read as read_book
from rulebook.chapters import CHAPTERS
from rulebook.sheets.change import Change, apply
from rulebook.sheets.source import dump, load
from rulebook.sheets.tables import Keys, Table, follow, tables, text
from rulebook.sheets.write import HEAD_ROWS, KEYS, TITLE
from salesops import yamlfile
from salesops.errors import UserError

__all__ = ["Change", "read"]

OURS = "Use a workbook that `salesops rulebook xlsx` wrote."


@dataclass(frozen=True)
class _Sheet:
    """A sheet of a workbook: which table it shows, the keys of its columns, and its rows."""

    name: str
    chapter: str
    rule: str
    at: Keys
    keys: tuple[tuple[str, ...], ...]
    rows: list[list[str]]

    def cell(self, row: int, column: int) -> str:
        """The name of a cell, for people."""
        return f"{self.name}!{chr(ord('A') + len(KEYS) + column)}{HEAD_ROWS + row + 1}"


def read(file: Path, folder: Path) -> list[Change]:
    """Write what the workbook changes into the rulebook in `folder`; UserError, and nothing written, if a rule breaks."""
    sheets = list(_sheets(file))
    trees = {sheet.chapter: load(_written(folder, sheet, file)) for sheet in sheets}
    changes: list[Change] = []
    for sheet in sheets:
        changes += _changes(sheet, _rule(trees[sheet.chapter], sheet, file))
    for chapter, rule in {(change.chapter, change.rule) for change in changes}:
        ours = [change for change in changes if (change.chapter, change.rule) == (chapter, rule)]
        apply(ours, _rule_called(trees[chapter], rule))
    _check(sheets, changes, trees, file)
    texts = {chapter: dump(trees[chapter]) for chapter in {change.chapter for change in changes}}
    _check_together(folder, texts)
    for chapter, content in texts.items():
        draft = folder / f"{chapter}.yml.tmp"
        draft.write_text(content, encoding="utf-8")
        draft.replace(folder / f"{chapter}.yml")
    return changes


def _sheets(file: Path) -> Iterator[_Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(file))
    except (CalamineError, OSError):
        raise UserError("this is not a workbook that can be read.", where=str(file), mend=OURS) from None
    for name in book.sheet_names:
        cells = [[_said(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
        title = cells[0][0].split(TITLE) if cells and cells[0] else []
        if len(title) != 3 or len(cells) < HEAD_ROWS:
            raise UserError("this sheet shows no table of a rule.", where=f"{file.name} {name}", mend=OURS)
        at = tuple(int(part) if part.isdigit() else part for part in title[2].split("."))
        keys = tuple(tuple(part for part in head.split(".") if part) for head in cells[3][len(KEYS) :])
        yield _Sheet(name, title[0], title[1], at, keys, cells[HEAD_ROWS:])


def _said(cell: Any) -> str:
    """A cell as text: people's programs make numbers and dates of what looks like them."""
    if isinstance(cell, float):
        return f"{cell:.10f}".rstrip("0").rstrip(".")
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, bool):
        return str(cell).lower()
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def _written(folder: Path, sheet: _Sheet, file: Path) -> Path:
    path = folder / f"{sheet.chapter}.yml"
    if sheet.chapter not in CHAPTERS or not path.exists():
        what = f"the rulebook has no file {sheet.chapter}.yml."
        raise UserError(what, where=f"{file.name} {sheet.name}", mend=OURS)
    return path


def _rule(tree: Any, sheet: _Sheet, file: Path) -> Any:
    rule = _rule_called(tree, sheet.rule)
    if rule is None:
        what = f"{sheet.chapter}.yml has no rule `{sheet.rule}`."
        raise UserError(what, where=f"{file.name} {sheet.name}", mend="Write the workbook anew.")
    return rule


def _rule_called(tree: Any, rule: str) -> Any:
    return next((one for one in tree or [] if one.get("id") == rule), None)


def _table(sheet: _Sheet, rule: Any) -> Table:
    found = (table for table in tables(CHAPTERS[sheet.chapter], rule) if table.at == sheet.at)
    table = next(found, None)
    if table is None or tuple(column.keys for column in table.columns) != sheet.keys:
        mend = "Write the workbook anew."
        raise UserError("the rule has no such table, or other columns.", where=sheet.name, mend=mend)
    return table


def _changes(sheet: _Sheet, rule: Any) -> Iterator[Change]:
    """The rows and cells that are not as the rule has them; a row that was emptied is taken out."""
    table = _table(sheet, rule)
    present, added = follow(rule, table.at), 0
    for place, cells in enumerate(sheet.rows):
        given = [*cells[len(KEYS) :], *[""] * len(table.columns)][: len(table.columns)]
        number = int(cells[1]) - 1 if cells[1].isdigit() else len(present)
        old = number < len(present)
        if old and not any(given):
            yield Change(sheet.chapter, sheet.rule, table.at, number, None, "", "", sheet.cell(place, 0))
        elif any(given):
            row, number = (present[number], number) if old else ({}, len(present) + added)
            added += not old
            for place_of, (column, after) in enumerate(zip(table.columns, given, strict=True)):
                before = text(row, column.keys) if old else ""
                if before != after:
                    cell = sheet.cell(place, place_of)
                    yield Change(sheet.chapter, sheet.rule, table.at, number, column, before, after, cell)


def _check(sheets: list[_Sheet], changes: list[Change], trees: dict[str, Any], file: Path) -> None:
    """UserError with its sheet and cell for the first thing that the model of a changed rule refuses."""
    first = {(change.chapter, change.rule): change.cell for change in reversed(changes)}
    for (chapter, rule), cell in first.items():
        ours = [sheet for sheet in sheets if (sheet.chapter, sheet.rule) == (chapter, rule)]

        def where(inside: yamlfile.KeyPath, ours: list[_Sheet] = ours, cell: str = cell) -> str:
            return f"{file.name} {_cell_of(ours, inside) or cell}"

        for error in yamlfile.problems(_plain(_rule_called(trees[chapter], rule)), CHAPTERS[chapter], rule, where):
            raise error


def _cell_of(sheets: list[_Sheet], inside: yamlfile.KeyPath) -> str:
    """The cell of a key path; empty where it is in no row of a sheet."""
    holding = [sheet for sheet in sheets if len(inside) > len(sheet.at) and inside[: len(sheet.at)] == sheet.at]
    if not holding:
        return ""
    sheet = max(holding, key=lambda one: len(one.at))
    row, *keys = inside[len(sheet.at) :]
    column = next((n for n, one in enumerate(sheet.keys) if list(one) == keys[: len(one)]), 0)
    filled = [place for place, cells in enumerate(sheet.rows) if any(cells[len(KEYS) :])]
    return sheet.cell(filled[int(row)], column)


def _plain(node: Any) -> Any:
    """The tree as dicts, lists and values."""
    if isinstance(node, dict):
        return {str(name): _plain(inner) for name, inner in node.items()}
    return [_plain(inner) for inner in node] if isinstance(node, list) else node


def _check_together(folder: Path, texts: dict[str, str]) -> None:
    """UserError if the rulebook as a whole would not load."""
    with tempfile.TemporaryDirectory(prefix="salesops-rulebook-") as scratch:
        for path in folder.glob("*.yml"):
            shutil.copy(path, scratch)
        for chapter, content in texts.items():
            (Path(scratch) / f"{chapter}.yml").write_text(content, encoding="utf-8")
        _, refusals = read_book(Path(scratch))
        for refusal in refusals:
            where = refusal.error.where.replace(scratch, str(folder))
            raise UserError(refusal.error.what, where=where, mend=refusal.error.mend)
