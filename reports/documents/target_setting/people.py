"""What the owners of targets say, which targets are missing or late, and which fail a SMART flag."""

from collections.abc import Callable

from reports.content import Cell, Column, Row, Section, Table, Text
from reports.documents.shared.tables import TOP, shortened
from reports.documents.target_setting.desk import Desk
from reports.documents.target_setting.questions import FLAGS
from reports.figures import Record

STATES = ("in_time", "late", "not_approved", "missing")


def negotiation(desk: Desk) -> Section:
    """Top-down beside bottom-up, the largest gaps first."""
    word = desk.writer.word
    columns = (
        Column(word("ts_owner"), numeric=False, weight=0),
        Column(word("ts_metric"), numeric=False, weight=0),
        Column(word("period"), numeric=False, weight=0),
        *(Column(word(title)) for title in ("ts_set", "ts_proposed", "ts_gap_value")),
        Column(word("ts_answer"), numeric=False, weight=0),
        Column(word("ts_comment"), numeric=False, weight=2.5),
    )

    def cells(record: Record) -> tuple[Cell, ...]:
        figures = [
            (desk.figure(record, name, reason),)
            for name, reason in (
                ("target_value", "no_target"),
                ("proposed_value", "no_proposal"),
                ("gap_value", "no_proposal"),
            )
        ]
        answer = word(f"ts_answer_{record.values['answer_state']}")
        period = (str(record.values["period_label"]),)
        return (
            *_owner(desk, record),
            period,
            *figures,
            (answer,),
            (shortened(str(record.values["comment"] or ""), 60),),
        )

    answered = tuple(record for record in desk.data.submissions if record.values["is_answered"])
    accepted = sum(bool(record.values["is_accepted"]) for record in answered)
    note = word("ts_negotiation_note", n=len(desk.data.submissions), answered=len(answered), accepted=accepted)
    return _section(
        desk, "negotiation", "mart_target_submission", note, _table(desk, "negotiation", answered, columns, cells)
    )


def readiness(desk: Desk) -> Section:
    """How many of the targets wanted at each level are there, late, not approved or missing."""
    word = desk.writer.word
    columns = (Column(word("ts_level"), numeric=False), *(Column(word(f"ts_state_{state}")) for state in STATES))
    by_level: dict[str, dict[str, Record]] = {}
    for record in desk.data.readiness:
        by_level.setdefault(str(record.values["level"]), {})[str(record.values["readiness_state"])] = record
    rows = tuple(
        Row(
            (
                (word(f"ts_level_{level}"),),
                *((states[s].count("target_count"),) if s in states else None for s in STATES),
            )
        )
        for level, states in by_level.items()
    )
    table = Table("ts_readiness", columns, rows)
    return _section(desk, "readiness", "mart_target_readiness", word("ts_readiness_note"), table)


def smart(desk: Desk) -> Section:
    """Targets that fail a flag, with the reasons."""
    word = desk.writer.word
    columns = (
        Column(word("ts_owner"), numeric=False, weight=0),
        Column(word("ts_metric"), numeric=False, weight=0),
        Column(word("ts_targets"), weight=0),
        Column(word("ts_reasons"), numeric=False),
    )

    def cells(record: Record) -> tuple[Cell, ...]:
        told = [record.values.get(f"{flag}_reason_{desk.writer.language}") for flag in FLAGS]
        reasons = ("；" if desk.writer.language == "zh" else "; ").join(str(one) for one in told if one)
        return (*_owner(desk, record), (record.count("target_count"),), (reasons,))

    table = _table(desk, "smart", desk.data.smart, columns, cells)
    return _section(desk, "smart", "mart_target_smart", word("ts_smart_note"), table)


def _owner(desk: Desk, record: Record) -> tuple[Cell, ...]:
    values = record.values
    return (desk.named(values["owner_id"]),), (desk.named(values["metric"]),)


def _table(
    desk: Desk, name: str, found: tuple[Record, ...], columns: tuple[Column, ...],
    cells: Callable[[Record], tuple[Cell, ...]],
) -> Table:  # fmt: skip
    rows = [Row(cells(record)) for record in found[: TOP - 1 if len(found) > TOP else TOP]]
    if len(found) > len(rows):
        rest = desk.others(len(found) - len(rows))
        rows.append(Row((rest, *(None,) * (len(columns) - 1)), role="others"))
    return Table(f"ts_{name}", columns, tuple(rows))


def _section(desk: Desk, name: str, mart: str, note: str, table: Table) -> Section:
    """The table; where it has no rows, that nothing was supplied, or that nothing is to be said."""
    word = desk.writer.word
    if table.rows:
        return Section(f"ts_{name}", word(f"ts_{name}_title"), (note,), (table,))
    if mart not in desk.data.supplied:
        said = desk.writer.sentence("not_supplied", names=word(f"ts_{name}_what"))
    else:
        said = (word(f"ts_{name}_none"),)
    return Section(f"ts_{name}", word(f"ts_{name}_title"), (), (Text(said),))
