"""What the targets rest on: each method's range with the target marked, the basis in words, and the units."""

from reports.content import Column, Range, RangeChart, Row, Section, Table
from reports.documents.target_setting.desk import METHODS, PROPOSAL, Desk
from reports.figures import Record, growth

PARTS = 12


def methods(desk: Desk) -> list[Section]:
    """The three methods and all together, as ranges."""
    found = [desk.methods[name] for name in METHODS if name in desk.methods]
    drawn = [record for record in found if record.values["middle_value"] is not None]
    if not drawn:
        return []
    word = desk.writer.word
    ranges = tuple(_range(desk, record, word(f"ts_{record.values['method']}")) for record in drawn)
    alt = desk.writer.sentence("ts_basis_alt", metric=desk.metric)
    chart = RangeChart("ts_methods", alt, word("ts_target"), ranges)
    note = desk.writer.sentence("ts_basis_note", metric=desk.metric, money=desk.writer.money)
    return [Section("ts_methods", word("ts_methods_title"), note, (chart,), half=True, mailed=True)]


def words(desk: Desk) -> list[Section]:
    """The basis of each method in words, or why it says nothing."""
    found = [desk.methods[name] for name in METHODS if name in desk.methods and name != PROPOSAL]
    if not found:
        return []
    word = desk.writer.word
    rows = tuple(Row(((word(f"ts_{record.values['method']}"),), _basis(desk, record))) for record in found)
    columns = (Column(word("ts_method"), numeric=False, weight=0), Column(word("ts_basis"), numeric=False))
    return [Section("ts_basis", word("ts_basis_title"), (desk.metric,), (Table("ts_basis", columns, rows),))]


def parts(desk: Desk) -> list[Section]:
    """The range of those right below the scope, with their targets."""
    drawn = [record for record in desk.parts() if record.values["middle_value"] is not None]
    if not drawn:
        return []
    ranges = tuple(_range(desk, record, desk.writer.name(record.values)) for record in drawn[:PARTS])
    alt = desk.writer.sentence("ts_parts_alt", metric=desk.metric)
    chart = RangeChart("ts_parts", alt, desk.writer.word("ts_target"), ranges)
    note = desk.writer.sentence("ts_basis_note", metric=desk.metric, money=desk.writer.money)
    return [Section("ts_parts", desk.writer.word("ts_parts_title"), note, (chart,), half=True)]


def _range(desk: Desk, record: Record, name: str) -> Range:
    low, middle, high = (desk.figure(record, f"{end}_value") for end in ("low", "middle", "high"))
    target = desk.figure(record, "set_value", "no_target")
    return Range(name, low, middle, high, target, growth(target, middle))


def _basis(desk: Desk, record: Record) -> tuple[str, ...]:
    told = record.values[f"note_{desk.writer.language}"]
    return (str(told) if told else f"n/a: {desk.writer.word('reason_' + str(record.values['reason']))}",)
