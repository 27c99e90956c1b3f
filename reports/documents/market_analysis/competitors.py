"""Whom the company meets in deals, how often it wins, at which price, and why it loses."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from reports.content import Cell, Column, Row, Section, Sentence, Table
from reports.documents.market_analysis.desk import BLANK, GATE, Desk
from reports.documents.market_analysis.findings import cell, named
from reports.documents.shared.tables import summed, top, without_empty_columns
from reports.figures import Record, difference, ratio, toned, total

LIMIT = 8
REASONS, MOVES, NARROW = 6, 5, 28
NOTHING = (None, Decimal(0))


def competitors(desk: Desk) -> list[Section]:
    """Each competitor; the others as one sum; then what was won and lost where none was named."""
    word = desk.writer.word
    found = named(desk)
    if not found:
        return []
    rows = [Row(_competitor(desk, record)) for record in found]
    shown = list(top(rows, lambda left: _rest(desk, [found[place] for place in left]), LIMIT))
    for record in desk.data.competitors:
        if record.values["competitor_id"] == "none" and record.values["met_count"]:
            shown.append(Row(_competitor(desk, record), role="others"))
    titles = ("met", "met_amount", "lost_amount", "closed_n", "win_rate", "change_on_year", "price_gap", "price_n")
    columns = (
        Column(word("competitor"), numeric=False, weight=1.8),
        *(Column(word(title)) for title in titles),
        *(() if desk.data.moves else (Column(word("last_move"), numeric=False, weight=2),)),
    )
    table = without_empty_columns(Table("competitors", columns, tuple(shown)), NOTHING)
    note = (word("competitors_note", gate=GATE),)
    return [Section("competitors", word("competitors"), note, (table,), mailed=True)]


def _competitor(desk: Desk, record: Record) -> tuple[Cell, ...]:
    closed = record.count("closed_count")
    rate, usual = record.rate("win_rate", "no_closed"), desk.data.wins.rate("win_rate")
    known = closed.number >= GATE
    if known and usual.value is not None:
        rate = toned(rate, 1, usual.value)
    change = difference(rate, record.rate("prior_year_win_rate", "no_base"))
    gap = toned(replace(record.rate("price_gap_rate", "no_price"), signed=True), -1)
    pairs = record.count("price_pair_count")
    return (
        (desk.competitor(record),),
        (record.count("met_count"),),
        (record.amount("met_amount"),),
        (record.amount("lost_amount"),),
        (closed,),
        (rate,),
        cell(toned(change, 1) if known else change),
        (gap,) if pairs.value else None,
        (pairs,) if pairs.value else None,
        *(() if desk.data.moves else (_move(desk, record),)),
    )


def _move(desk: Desk, record: Record) -> Cell:
    day = record.values.get("last_move_on")
    if day is None:
        return None
    theme = desk.theme({"theme": record.values.get("last_move_theme")})
    return (f"{desk.writer.short_day(day, desk.data.period.last_day)} {theme}",)


def _rest(desk: Desk, left: Sequence[Record]) -> tuple[Cell, ...]:
    """What the others add up to; opportunities with several competitors count for each."""
    won, closed = (total((r.count(f"{name}_count") for r in left), ()) for name in ("won", "closed"))
    sums = (summed(r.count("met_count") for r in left), *(summed(r.amount(f"{n}_amount") for r in left)
            for n in ("met", "lost")))  # fmt: skip
    rate = replace(ratio(won, closed, "no_closed"), keys=(("rows", "others"),))
    return (desk.others(len(left)), *((s,) for s in sums), (summed(r.count("closed_count") for r in left),), (rate,),
            None, None, None, *(() if desk.data.moves else (None,)))  # fmt: skip


def moves(desk: Desk) -> list[Section]:
    """The latest moves with their days."""
    found, word = desk.data.moves, desk.writer.word
    if not found:
        return []
    columns = (
        Column(word("day"), numeric=False, weight=0),
        Column(word("competitor"), numeric=False, weight=0),
        Column(word("theme"), numeric=False),
        Column(word("attached"), weight=0),
    )
    table = without_empty_columns(Table("moves", columns, tuple(move(desk, record) for record in found[:MOVES])))
    return [Section("moves", word("moves"), (word("moves_note", n=len(found)),), (table,), half=True)]


def move(desk: Desk, record: Record, *further: Cell) -> Row:
    """A competitor's move: day, name, theme, what is told of it if asked, and the value attached."""
    values, writer = record.values, desk.writer
    name = writer.short_name(values, NARROW) if values["name"] else writer.word("competitor_none")
    amount = record.amount("attached_amount")
    told = ((writer.day(values["business_date"]),), (name,), (desk.theme(values),), *further)
    return Row((*told, (amount,) if amount.value is not None else None))


def lost_reasons(desk: Desk) -> list[Section]:
    """Lost value by reason, with a row for no reason; those beyond the limit as one sum."""
    found, word = desk.data.lost_reasons, desk.writer.word
    if not found:
        return []
    blank = [record for record in found if record.values["lost_reason"] == BLANK]
    given = [record for record in found if record not in blank]
    rows = [Row(_reason(desk, record)) for record in given]

    def others(left: Sequence[int]) -> tuple[Cell, ...]:
        rest = [given[place] for place in left]
        sums = (summed(r.amount("lost_amount") for r in rest), summed(r.rate("amount_share_rate") for r in rest))
        return desk.others(len(rest)), *((s,) for s in sums), (summed(r.count("lost_count") for r in rest),), None

    shown = (*top(rows, others, REASONS), *(Row(_reason(desk, record), role="minor") for record in blank))
    columns = (
        Column(word("reason"), numeric=False),
        *(Column(word(title), weight=0) for title in ("lost_amount", "of_all", "n", "change")),
    )
    table = without_empty_columns(Table("lost_reasons", columns, shown))
    return [Section("lost_reasons", word("lost_reasons"), _lost_note(desk, found), (table,), half=True)]


def _lost_note(desk: Desk, found: Sequence[Record]) -> Sentence:
    amount, count = total(r.amount("lost_amount") for r in found), total(r.count("lost_count") for r in found)
    keys = tuple(pair for pair in found[0].keys if pair[0] != "lost_reason")
    n, lost = replace(count, keys=keys), replace(amount, keys=keys)
    return desk.writer.sentence("lost_note", n=n, amount=lost, before=desk.before)


def _reason(desk: Desk, record: Record) -> tuple[Cell, ...]:
    reason = record.values["lost_reason"]
    name = desk.writer.word("blank") if reason == BLANK else desk.writer.name({"name": reason})
    change = toned(difference(record.amount("lost_amount"), record.amount("prior_lost_amount")), -1)
    amounts = (record.amount("lost_amount"),), (record.rate("amount_share_rate", "no_amount"),)
    return (name,), *amounts, (record.count("lost_count"),), cell(change)
