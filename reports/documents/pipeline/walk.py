"""The pipeline walk: from what was open at the start over what came, moved and went to what is open at the end."""

from collections.abc import Mapping
from dataclasses import replace

from reports.content import BridgeChart, Column, Figure, Row, Section, Table
from reports.documents.pipeline.data import Answers
from reports.documents.pipeline.desk import Desk
from reports.documents.pipeline.questions import Questions
from reports.figures import Record

STEPS: Mapping[str, int] = {
    "new": 1, "reopened": 1, "amount_up": 1, "amount_down": -1, "pulled_in": 1, "pushed_out": -1, "won": -1, "lost": -1,
    "deleted": -1,
}  # fmt: skip
ENDS = ("opening", "closing")


def load(asked: Questions) -> Answers:
    """The walk of everything open, and of what is expected to close in the period."""
    mart, keys = "mart_pipeline_movement", ("scope",)
    return {scope: asked.of_unit(mart, where=f"scope = '{scope}'", keys=keys) for scope in ("all", "closing_in_period")}


def sections(desk: Desk) -> list[Section]:
    """The bridge, and beside it the same in figures."""
    walk = desk.one("walk", "all")
    if walk is None:
        return desk.not_supplied("walk")
    word = desk.writer.word
    note = (desk.writer.money,)
    chart = Section("walk", word("walk_title"), note, (_bridge(desk, walk),), half=True, mailed=True)
    return [chart, Section("walk_figures", word("walk_figures"), note, (_table(desk, walk),), half=True)]


def _bridge(desk: Desk, walk: Record) -> BridgeChart:
    word = desk.writer.word
    first, last = (walk.amount(f"{end}_amount") for end in ENDS)
    steps = [(word(f"walk_{name}"), _step(walk, name)) for name in STEPS if walk.values[f"{name}_count"]]
    alt = desk.writer.sentence("walk_alt", first=first, last=last, money=desk.writer.money)
    return BridgeChart("walk", alt, (word("walk_opening"), first), tuple(steps), (word("walk_closing"), last))


def _step(walk: Record, name: str) -> Figure:
    sign = STEPS[name]
    amount = walk.amount(f"{name}_amount")
    return replace(amount, value=amount.number * sign, signed=True, tone="good" if sign > 0 else "bad")


def _table(desk: Desk, walk: Record) -> Table:
    word = desk.writer.word
    rows = []
    closing = desk.one("walk", "closing_in_period")
    for name in ("opening", *STEPS, "closing"):
        if name in ENDS or walk.values[f"{name}_count"] or (closing and closing.values[f"{name}_count"]):
            cells = [(figure,) for record in (walk, closing) if record for figure in _both(record, name)]
            rows.append(Row(((word(f"walk_{name}"),), *cells), role="total" if name == "closing" else ""))
    titles = ("deals", "amount", "deals_closing", "amount_closing") if closing else ("deals", "amount")
    columns = (Column("", numeric=False, weight=0), *(Column(word(title)) for title in titles))
    return Table("walk_figures", columns, tuple(rows))


def _both(record: Record, name: str) -> tuple[Figure, Figure]:
    return record.count(f"{name}_count"), record.amount(f"{name}_amount")
