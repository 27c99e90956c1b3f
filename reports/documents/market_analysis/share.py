"""Own growth against the market's, and the share of the market by segment and region."""

from dataclasses import replace

from reports.content import Cell, Column, Dumbbell, DumbbellChart, Inline, Row, Section, Table
from reports.documents.market_analysis.desk import ALL, Desk
from reports.documents.shared.tables import TOP, filled
from reports.figures import Record, toned

REGIONS = 6
SAID = 4


def growths(desk: Desk) -> list[Section]:
    """A dumbbell for each segment of which both growths are known, the widest shortfall first."""
    writer = desk.writer
    pairs = [_pair(desk, record) for record in desk.data.trends if record.values["segment"] != ALL]
    known = sorted((pair for pair in pairs if pair.gap.value is not None), key=lambda p: (p.gap.number, p.name))
    if len(known) < 2 or desk.share is None:
        return []
    shown = known[:TOP]
    parts: list[Inline] = []
    for pair in shown:
        parts += writer.sentence("growths_alt_item", name=pair.name, own=pair.own, market=pair.other, gap=pair.gap)
    alt = filled(writer.sentence("growths_alt", items="\0"), tuple(parts))
    chart = DumbbellChart("growths", alt, (writer.word("own"), writer.word("market")), tuple(shown))
    note = writer.word("growths_note", period=desk.share.values["period_label"])
    return [Section("growths", writer.word("growths"), (note,), (chart,), half=True, mailed=True)]


def _pair(desk: Desk, record: Record) -> Dumbbell:
    own, market = (record.rate(f"{side}_growth_rate", "no_base") for side in ("covered", "market"))
    gap = toned(replace(record.figure("growth_gap", "points", "no_base"), signed=True), 1)
    return Dumbbell(desk.segment(record), replace(own, signed=True), replace(market, signed=True), gap)


def heat(desk: Desk) -> list[Section]:
    """Share and its change in points, for each segment in each of the largest regions and everywhere."""
    share, word = desk.share, desk.writer.word
    if share is None:
        return []
    cells = {(r.values["segment"], r.values["territory_id"]): r for r in desk.data.shares}
    regions = _regions(desk)
    known = {segment for (segment, _), record in cells.items() if segment != ALL and record.values["has_source"]}
    segments = sorted(known, key=lambda s: _order(cells.get((s, ALL))))
    places = (ALL, *(region.values["territory_id"] for region in regions))
    rows = [
        Row((_named(desk, cells, segment), *(_cell(desk, cells.get((segment, place))) for place in places)),
            role="total" if segment == ALL else "")
        for segment in (*segments[:TOP], ALL)
    ]  # fmt: skip
    titles = (word("everything"), *(desk.territory(region) for region in regions))
    columns = (Column(word("segment"), numeric=False, weight=1.3), *(Column(title, heat=True) for title in titles))
    note = (word("heat_note", period=share.values["period_label"]),)
    return [Section("heat", word("heat"), note, (Table("heat", columns, tuple(rows)),))]


def _order(record: Record | None) -> tuple[object, ...]:
    if record is None:
        return (2, 0, "")
    amount = record.amount("market_amount")
    return (amount.value is None, -amount.number, -record.amount("sales_amount").number, record.keys)


def _regions(desk: Desk) -> list[Record]:
    """The uppermost territories with a market, the largest market first."""
    found = [
        r
        for r in desk.data.shares
        if r.values["segment"] == ALL
        and r.values["territory_id"] != ALL
        and not r.values.get("parent_territory_id")
        and r.values["has_source"]
    ]
    return sorted(found, key=_order)[:REGIONS]


def _named(desk: Desk, cells: dict[tuple[str, str], Record], segment: str) -> Cell:
    record = next(r for (s, _), r in sorted(cells.items()) if s == segment)
    return (desk.segment(record) if segment != ALL else desk.writer.word("total"),)


def _cell(desk: Desk, record: Record | None) -> Cell:
    """The share with its change; where sales are made and nobody tells the market's size, that it has no source."""
    if record is None or (not record.values["has_source"] and not record.values["sales_amount"]):
        return None
    share = record.rate("share_rate", "no_source")
    change = toned(replace(record.figure("share_change", "points"), signed=True), 1)
    return (share, "\N{NO-BREAK SPACE}", change) if change.value is not None else (share,)
