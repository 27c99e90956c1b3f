"""What the printed rulebook says, in plain lists and texts that both formats show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal
from unicodedata import east_asian_width

from orchestration.rulebook_document import prose
from rulebook import Rulebook, words
from rulebook.chapters import CHAPTERS
from rulebook.rule import Bilingual, Rule
from rulebook.told import NONE, Grid, Item, Language, sentence, told
from salesops import yamlfile

WORDS = Path(__file__).parent / "words.yml"
HEAD = frozenset(Rule.model_fields)
"""What every rule states is told above it, and not among its keys."""

READING = (
    "sales_basis", "metrics", "calendar", "duties", "authority", "handovers",
    "target_basis", "seasonality", "targets", "target_splits", "quotas",
    "process", "order_to_cash", "collection", "price_policy", "promotions", "rebates",
    "segments", "customer_class", "visit_cadence", "feedback_routing", "complaint_sla",
    "scorecards", "commission", "bonus", "contests", "rewards",
)  # fmt: skip
"""Chapters in the order in which people read them: what is measured, who decides, targets, selling, customers, pay.
All others follow in the order of the code."""

MOST_COLUMNS, WIDEST = 6, 40
"""A table of more columns is told row by row; a column's share of the width grows with its longest text up to a bound."""

View = dict[str, Any]
State = Literal["in_force", "coming", "draft", "past"]
ORDER: tuple[State, ...] = ("in_force", "coming", "draft", "past")


@dataclass(frozen=True)
class Source:
    """What the document is made of; `people` names employees by their codes."""

    book: Rulebook
    prose: Path
    company: str
    version: str
    as_of: date
    people: Mapping[str, str] = field(default_factory=dict)


def word(key: str, language: Language, **values: object) -> str:
    """A word of the document."""
    return getattr(_words()[key], language).format(**values)


@cache
def _words() -> dict[str, Bilingual]:
    data, lines = yamlfile.load(WORDS)
    return {key: yamlfile.validate(text, Bilingual, WORDS, lines, (key,)) for key, text in data.items()}


def content(source: Source, language: Language) -> View:
    """The whole document in one language; chapters without a rule are left out."""
    listed = dict.fromkeys([*(name for name in READING if name in CHAPTERS), *CHAPTERS])
    stated = [name for name in listed if source.book.chapters[name]]
    chapters = [_chapter(source, name, number, language) for number, name in enumerate(stated, start=1)]
    rules = [rule for chapter in chapters for rule in chapter["rules"]]
    drafts = sum(rule["state"] == "draft" for rule in rules)
    counts = word("counts", language, chapters=len(chapters), rules=len(rules) - drafts, drafts=drafts)
    return {
        "language": language,
        "tag": "zh-CN" if language == "zh" else "en",
        "title": word("title", language),
        "company": source.company,
        "version": source.version,
        "as_of": source.as_of.isoformat(),
        "counts": counts,
        "words": {key: getattr(text, language) for key, text in _words().items()},
        "preface": _prose(source, prose.PREFACE, language),
        "chapters": chapters,
        "approvals": [_approval(rule) for rule in rules],
    }


def _chapter(source: Source, name: str, number: int, language: Language) -> View:
    rules = sorted(source.book.chapters[name], key=lambda rule: ORDER.index(_state(rule, source.as_of)))
    shown = [_rule(source, rule, language) for rule in rules]
    kept = [rule for rule in shown if rule["state"] != "past"]
    return {
        "id": name,
        "number": number,
        "title": getattr(words.title(CHAPTERS[name]), language),
        "prose": _prose(source, name, language),
        "rules": [rule | {"number": f"{number}.{place}"} for place, rule in enumerate(kept, start=1)],
        "past": [rule for rule in shown if rule["state"] == "past"],
    }


def _prose(source: Source, chapter: str, language: Language) -> View:
    text = prose.written(source.prose, chapter, language)
    return {"html": prose.html(text, language), "tree": prose.tree(text, language)}


def _rule(source: Source, rule: Rule, language: Language) -> View:
    state, approved = _state(rule, source.as_of), rule.approved
    nobody = word("not_approved", language) if rule.status == "draft" or rule.moves_money else ""
    return {
        "id": rule.id,
        "name": getattr(rule.name or words.title(type(rule)), language),
        "state": state,
        "state_word": word(state, language),
        "effective": _days(rule, language),
        "owner": _person(source, rule.owner),
        "review": rule.review_by.isoformat() if rule.review_by else "",
        "approved": f"{_person(source, approved.by)} {approved.on.isoformat()}" if approved else nobody,
        "document": approved.document if approved else "",
        "sentence": sentence(rule, language),
        "parts": [_item(item) for item in told(rule, language, leave_out=HEAD)],
    }


def _state(rule: Rule, day: date) -> State:
    if rule.effective.until and rule.effective.until <= day:
        return "past"
    if rule.status == "draft":
        return "draft"
    return "in_force" if rule.effective.from_ <= day else "coming"


def _days(rule: Rule, language: Language) -> str:
    first, last = rule.effective.from_, rule.effective.to
    return word("between", language, first=first, last=last) if last else word("since", language, first=first)


def _person(source: Source, code: str) -> str:
    name = source.people.get(code, "")
    return f"{name} ({code})" if name else code


def _item(item: Item) -> View:
    """A key with its text, its table, or its own items."""
    if isinstance(item.value, str):
        return {"label": item.label, "type": "text", "text": item.value}
    if isinstance(item.value, Grid):
        return (
            _wide(item.label, item.value) if len(item.value.columns) > MOST_COLUMNS else _table(item.label, item.value)
        )
    return {"label": item.label, "type": "parts", "parts": [_item(inner) for inner in item.value]}


def _table(label: str, grid: Grid) -> View:
    columns = zip(grid.columns, *grid.rows, strict=True)
    shares = [max(6, min(WIDEST, max(map(_width, texts)))) for texts in columns]
    return {"label": label, "type": "table", "columns": grid.columns, "rows": grid.rows, "shares": shares}


def _wide(label: str, grid: Grid) -> View:
    """Each row as the items that it states, under its first cell."""
    rows = [
        _item(
            Item(row[0], tuple(Item(*cell) for cell in zip(grid.columns[1:], row[1:], strict=True) if cell[1] != NONE))
        )
        for row in grid.rows
    ]
    return {"label": label, "type": "parts", "parts": rows}


def _width(text: str) -> int:
    """How wide a text is in half-widths."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _approval(rule: View) -> View:
    return {
        name: rule[name] for name in ("id", "name", "state", "state_word", "owner", "approved", "document", "number")
    }
