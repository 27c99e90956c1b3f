"""The rulebook as tables: one Parquet file each, that the models join by business date."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rulebook.book import Rulebook, files, load, version
from rulebook.chapters import CHAPTERS
from rulebook.rule import Rule
from salesops.tables import Columns, write_table

DATED: Columns = {"rule_id": "text", "effective_from": "day", "effective_to": "day"}
REGISTER: Columns = {
    "chapter": "text",
    **DATED,
    "name_zh": "text",
    "name_en": "text",
    "owner": "text",
    "review_by": "day",
    "status": "text",
    "approved_by": "text",
    "approved_on": "day",
    "document": "text",
    "version": "text",
}
FILES: Columns = {"chapter": "text", "content": "text"}
TABLES: dict[str, Columns] = {
    "rules": REGISTER,
    "files": FILES,
    **{name: DATED | columns for kind in CHAPTERS.values() for name, columns in kind.tables.items()},
}
"""Table → column → type. `effective_to` is the first day on which the rule is no longer in force.

`files` keeps the chapters as they were written, so that a later rulebook can be compared with the one of a publication.
"""


def compile_rules(folder: Path, out: Path) -> None:
    """Write every table of the rulebook in `folder` to `out/<table>.parquet`; drafts are listed but not in force."""
    write_rules(load(folder), files(folder), version(folder), out)


def write_rules(book: Rulebook, written: dict[str, Path], content: str, out: Path) -> None:
    """Write the tables of a rulebook that was read from the files `written`; `content` is its version."""
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
    rows["rules"] = [_register(chapter, rule, content) for chapter, rule in _rules(book)]
    rows["files"] = [
        {"chapter": chapter, "content": path.read_text(encoding="utf-8")} for chapter, path in written.items()
    ]
    for _, rule in _rules(book):
        if rule.status == "approved":
            for table, stated in rule.rows().items():
                rows[table] += [_dated(rule) | row for row in stated]
    for table, columns in TABLES.items():
        write_table(out / f"{table}.parquet", columns, rows[table])


def _rules(book: Rulebook) -> Iterator[tuple[str, Rule]]:
    return ((chapter, rule) for chapter, rules in book.chapters.items() for rule in rules)


def _dated(rule: Rule) -> dict[str, Any]:
    return {"rule_id": rule.id, "effective_from": rule.effective.from_, "effective_to": rule.effective.until}


def _register(chapter: str, rule: Rule, content: str) -> dict[str, Any]:
    approved = rule.approved
    return {
        "chapter": chapter,
        **_dated(rule),
        "name_zh": rule.name.zh if rule.name else rule.id,
        "name_en": rule.name.en if rule.name else rule.id,
        "owner": rule.owner,
        "review_by": rule.review_by,
        "status": rule.status,
        "approved_by": approved.by if approved else None,
        "approved_on": approved.on if approved else None,
        "document": approved.document if approved else None,
        "version": content,
    }
