"""Customers that grew and shrank, and product lines."""

from collections.abc import Sequence
from dataclasses import replace

from reports.content import Cell, Column, Figure, Row, Section, Table
from reports.documents.performance.desk import Desk
from reports.documents.shared.tables import TOP, summed, top
from reports.figures import Record, difference, growth, ratio, toned, total

SIDE = TOP // 2
NARROW = 18


def customers(desk: Desk) -> list[Section]:
    """The five that grew most, the five that shrank most, the others summed; the share of the ten largest."""
    found, writer = desk.data.customers, desk.writer
    if not found or all(record.values["net_amount_before"] is None for record in found):
        return []
    changes = sorted(((_change(record), record) for record in found), key=lambda pair: (-pair[0].number, pair[1].keys))
    ups = [pair for pair in changes if pair[0].number > 0]
    downs = [pair for pair in reversed(changes) if pair[0].number < 0]
    rows = [
        Row((*_side(desk, ups, place), *_side(desk, downs, place)))
        for place in range(min(SIDE, max(len(ups), len(downs))))
    ]
    if len(ups) > SIDE or len(downs) > SIDE:
        rows.append(Row((*_left(desk, ups[SIDE:]), *_left(desk, downs[SIDE:])), role="others"))
    word = writer.word
    columns = tuple(Column(title, numeric=not title, weight=1 if title else 0)
                    for title in (word("up"), "", word("down"), ""))  # fmt: skip
    note = writer.sentence("customers_note", share=_share_of_ten(found))
    return [Section("customers", word("customers"), note, (Table("customers", columns, tuple(rows)),), half=True)]


def _change(record: Record) -> Figure:
    now, before = record.amount("net_amount"), record.amount("net_amount_before")
    return toned(difference(now, replace(before, value=before.number)), 1)


def _side(desk: Desk, pairs: Sequence[tuple[Figure, Record]], place: int) -> tuple[Cell, Cell]:
    if place >= len(pairs):
        return None, None
    change, record = pairs[place]
    return (desk.writer.short_name(record.values, NARROW),), (change,)


def _left(desk: Desk, pairs: Sequence[tuple[Figure, Record]]) -> tuple[Cell, Cell]:
    if not pairs:
        return None, None
    return desk.others(len(pairs)), (summed(change for change, _ in pairs),)


def _share_of_ten(found: Sequence[Record]) -> Figure:
    keys = found[0].keys[1:]
    amounts = sorted((record.amount("net_amount") for record in found), key=lambda figure: figure.number)
    largest = replace(total(amounts[-TOP:], keys), measure="sum of the ten largest net_amount")
    return ratio(largest, total(amounts, keys), "no_sales")


def lines(desk: Desk) -> list[Section]:
    """Each product line's bookings, margin, change on last year, and what it adds to the growth of the whole."""
    found, writer = desk.data.lines, desk.writer
    if len(found) < 2:
        return []
    found = tuple(sorted(found, key=lambda record: (_change(record).number, record.keys)))
    base = total((record.amount("net_amount_before", "no_base") for record in found), found[0].keys[1:])
    rows = [Row(_line(desk, [record], base, _line_name(desk, record))) for record in found]
    shown = top(rows, lambda left: _line(desk, [found[i] for i in left], base, writer.word("others", n=len(left))))
    whole = Row(_line(desk, list(found), base, writer.word("total")), role="total")
    word = writer.word
    columns = (
        Column(word("line"), numeric=False, weight=1),
        *(Column(word(key), weight=0) for key in ("booked_amount", "margin_rate", "change", "yoy", "contribution")),
    )
    table = Table("lines", columns, (*shown, whole))
    return [Section("lines", word("lines"), (word("lines_note"),), (table,), half=True)]


def _line_name(desk: Desk, record: Record) -> str:
    return desk.writer.name(record.values) if record.values.get("name") else desk.writer.word("unassigned")


def _line(desk: Desk, records: list[Record], base: Figure, name: str) -> tuple[Cell, ...]:
    keys = records[0].keys if len(records) == 1 else records[0].keys[1:]
    now = total((record.amount("net_amount") for record in records), keys)
    before = total((record.amount("net_amount_before", "no_base") for record in records), keys)
    margin = total((record.amount("margin_amount") for record in records), keys)
    if base.value is None:
        change = difference(now, before)
    else:
        change = toned(difference(now, replace(before, value=before.number)), 1)
    share = replace(ratio(change, base, "no_base"), kind="points", signed=True)
    return ((name,), (now,), (ratio(margin, now, "no_sales"),), (change,), (growth(now, before),), (share,))
