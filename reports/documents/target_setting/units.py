"""Top-down against bottom-up in the tree: each unit's target, last year's, and the sum of those below it."""

from reports.content import Cell, Column, Row, Section, Table
from reports.documents.shared.tables import without_empty_columns
from reports.documents.target_setting.desk import Desk
from reports.figures import Record, growth

ROWS = 30


def section(desk: Desk) -> list[Section]:
    """The units whose targets are set; nothing as long as there are none."""
    found = [one for one in desk.data.below if one.values["metric"] == desk.data.metric]
    found = [one for one in found if one.values["set_value"] is not None]
    if not found:
        return []
    word = desk.writer.word
    titles = ("ts_set", "ts_prior_set", "change", "ts_below", "ts_over")
    columns = (Column(word("unit_of_org"), numeric=False, weight=0), *(Column(word(title)) for title in titles))
    rows = tuple(_row(desk, record) for record in found[:ROWS])
    note = desk.writer.sentence("ts_units_note", metric=desk.metric, money=desk.writer.money)
    table = without_empty_columns(Table("ts_units", columns, rows))
    return [Section("ts_units", word("ts_units_title"), note, (table,))]


def _row(desk: Desk, record: Record) -> Row:
    target, before = desk.figure(record, "set_value"), desk.figure(record, "prior_set_value", "no_base")
    below: Cell = None
    over: Cell = None
    if record.values["below_count"]:
        summed = desk.figure(record, "below_value")
        below, over = (summed,), (growth(summed, target),)
    return Row(((desk.writer.name(record.values),), (target,), (before,), (growth(target, before),), below, over))
