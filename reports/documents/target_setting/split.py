"""How the target is split: the tree of units with their part, and the months."""

from reports.content import Cell, Column, Line, LineChart, Row, Section, Table
from reports.documents.target_setting.desk import Desk
from reports.figures import Record, ratio

ROWS = 30


def months(desk: Desk) -> list[Section]:
    """The year by months, beside the same months of the year before."""
    found = desk.data.months
    if not found:
        return []
    word = desk.writer.word
    labels = tuple(
        desk.writer.month(int(record.values["period_label"][-2:]), place == 0) for place, record in enumerate(found)
    )
    plan = Line(word("ts_target"), "plan", tuple(desk.figure(record, "target_value") for record in found))
    before = tuple(desk.figure(record, "prior_year_value", "no_base") for record in found)
    lines = (plan, *((Line(word("ts_last_actual"), "before", before),) if any(one.value for one in before) else ()))
    chart = LineChart("ts_months", desk.writer.sentence("ts_months_alt", metric=desk.metric), labels, lines)
    note = desk.writer.sentence("ts_basis_note", metric=desk.metric, money=desk.writer.money)
    return [Section("ts_months", word("ts_months_title"), note, (chart,), half=True)]


def lines(desk: Desk) -> list[Section]:
    """The company's target by product line."""
    if not desk.data.lines:
        return []
    word = desk.writer.word
    columns = (Column(word("line"), numeric=False), Column(word("ts_year_value")), Column(word("ts_share")))
    rows = tuple(
        Row(
            (
                (desk.writer.name(record.values),),
                (value,),
                (ratio(value, desk.figure(record, "parent_value"), "no_base"),),
            )
        )
        for record in desk.data.lines
        for value in (desk.figure(record, "year_value"),)
    )
    note = desk.writer.sentence("ts_basis_note", metric=desk.metric, money=desk.writer.money)
    return [Section("ts_lines", word("ts_lines_title"), note, (Table("ts_lines", columns, rows),), half=True)]


def tree(desk: Desk) -> list[Section]:
    """The units below, each with its part of the unit above and by what it was weighed."""
    found = desk.data.split
    if not found:
        return []
    word = desk.writer.word
    top = min(int(record.values["depth"]) for record in found)
    titles = ("ts_year_value", "ts_part", "ts_by")
    columns = (
        Column(word("unit_of_org"), numeric=False, weight=0),
        Column(word(titles[0])),
        Column(word(titles[1])),
        Column(word(titles[2]), numeric=False),
    )
    rows = tuple(_row(desk, record, int(record.values["depth"]) - top) for record in found[:ROWS])
    source = word(f"ts_source_{found[0].values['total_source']}")
    note = desk.writer.sentence("ts_tree_note", metric=desk.metric, money=desk.writer.money, source=source)
    return [Section("ts_tree", word("ts_tree_title"), note, (Table("ts_tree", columns, rows),))]


def _row(desk: Desk, record: Record, depth: int) -> Row:
    name = "\N{EM SPACE}" * depth + desk.writer.name(record.values)
    value = desk.figure(record, "year_value")
    part: Cell = (ratio(value, desk.figure(record, "parent_value"), "no_base"),) if depth else None
    by = "locked" if record.values["is_locked"] else str(record.values["weight_source"])
    by = "top" if not depth else by
    return Row(((name,), (value,), part, (desk.writer.word(f"ts_by_{by}"),)), role="" if depth < 2 else "minor")
