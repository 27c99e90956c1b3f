"""What channels add to growth, and what prices were realised over time."""

from dataclasses import replace

from reports.content import Cell, Column, Row, Section, Table
from reports.documents.market_analysis.desk import Desk
from reports.documents.shared.tables import top, without_empty_columns
from reports.figures import Record, difference, growth, ratio, toned, total

CHANNELS = 6


def channels(desk: Desk) -> list[Section]:
    """Each channel's bookings, mix, change on last year, and what it adds to the growth of the whole."""
    found, word = desk.data.channels, desk.writer.word
    if not any(record.values["channel"] for record in found):
        return []
    found = tuple(sorted(found, key=lambda record: (-record.amount("net_amount").number, record.keys)))
    rows = [Row(_channel(desk, [record], found, _name(desk, record))) for record in found]
    rest = top(
        rows, lambda left: _channel(desk, [found[n] for n in left], found, word("others", n=len(left))), CHANNELS
    )
    whole = Row(_channel(desk, list(found), found, word("total")), role="total")
    columns = (
        Column(word("channel"), numeric=False),
        *(Column(word(key), weight=0) for key in ("booked_amount", "of_all", "change", "yoy", "contribution")),
    )
    table = without_empty_columns(Table("channels", columns, (*rest, whole)))
    return [Section("channels", word("channels"), (word("channels_note"),), (table,), half=True)]


def _name(desk: Desk, record: Record) -> str:
    return desk.writer.name(record.values) if record.values.get("name") else desk.writer.word("unassigned")


def _channel(desk: Desk, records: list[Record], found: tuple[Record, ...], name: str) -> tuple[Cell, ...]:
    keys = records[0].keys if len(records) == 1 else records[0].keys[1:]
    now = total((record.amount("net_amount") for record in records), keys)
    before = total((record.amount("net_amount_before", "no_base") for record in records), keys)
    whole = [total((record.amount(m, "no_base") for record in found), found[0].keys[1:])
             for m in ("net_amount", "net_amount_before")]  # fmt: skip
    known = replace(before, value=before.number) if whole[1].value is not None else before
    change = toned(difference(now, known), 1)
    share = replace(ratio(change, whole[1], "no_base"), kind="points", signed=True)
    return (name,), (now,), (ratio(now, whole[0], "no_sales"),), (change,), (toned(growth(now, before), 1),), (share,)


def prices(desk: Desk) -> list[Section]:
    """The price index and the discount that was realised, period by period, the latest first."""
    word = desk.writer.word
    known = [r for r in desk.data.prices if r.values["price_index_rate"] or r.values["discount_rate"]]
    if len(known) < 2:
        return []
    rows = tuple(
        Row(
            (
                (str(record.values["period_label"]),),
                (record.rate("price_index_rate", "no_base"),),
                (record.amount("price_effect_amount", "no_base"),),
                (record.rate("discount_rate", "no_list"),),
                (record.amount("listed_booked_amount", "no_list"),),
            )
        )
        for record in known
    )
    titles = ("price_index", "price_effect", "discount", "listed_booked")
    columns = (Column(word("period"), numeric=False), *(Column(word(title), weight=0) for title in titles))
    table = without_empty_columns(Table("prices", columns, rows))
    return [Section("prices", word("prices"), (word("prices_note"),), (table,), half=True)]
