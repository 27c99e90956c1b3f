"""What customers say: new and rising themes with the value attached; and which answers are asked of whom."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from reports.content import Cell, Column, Row, Section, Table, Words
from reports.documents.market_analysis.desk import BLANK, Desk
from reports.documents.market_analysis.findings import counted
from reports.documents.shared.tables import summed, top, without_empty_columns
from reports.figures import Record, total

THEMES = 5
ASKED = 5
Group = tuple[str, str, str, str]


def themes(desk: Desk) -> list[Section]:
    """Themes heard in the period, new ones first, then by the value attached."""
    found, word = desk.data.themes, desk.writer.word
    if not found:
        return []
    measures = ("mention_count", "mention_change_count")

    def others(left: Sequence[int]) -> tuple[Cell, ...]:
        rest = [found[place] for place in left]
        counts = ((replace(summed(r.count(m) for r in rest), signed=m != measures[0]),) for m in measures)
        return desk.others(len(rest)), None, *counts, (summed(r.amount("attached_amount") for r in rest),)

    rows = [Row(_theme(desk, record)) for record in found]
    columns = (
        Column(word("theme"), numeric=False),
        Column(word("kind"), numeric=False, weight=0),
        *(Column(word(title), weight=0) for title in ("heard", "change", "attached")),
    )
    table = without_empty_columns(Table("themes", columns, top(rows, others, THEMES)))
    note = (word("themes_note", before=desk.before),)
    return [Section("themes", word("themes"), note, (table,), half=True)]


def _theme(desk: Desk, record: Record) -> tuple[Cell, ...]:
    name: Cell = (desk.theme(record.values),)
    if record.values["is_new_theme"]:
        name = (desk.theme(record.values), " ", Words(desk.writer.word("new"), "good", strong=True))
    kind = desk.writer.word(f"kind_{record.values['kind']}")
    change = replace(record.count("mention_change_count"), signed=True)
    return name, (kind,), (record.count("mention_count"),), (change,), (record.amount("attached_amount"),)


def decisions(desk: Desk) -> list[Section]:
    """What each department is asked: the step, about which theme, how much it is about, and since when it is due."""
    groups: dict[Group, list[Record]] = defaultdict(list)
    for record in desk.data.items:
        values = record.values
        groups[values["department"], values["step"], values["kind"], values["theme"] or BLANK].append(record)
    if not groups:
        return []
    ordered = sorted(groups.items(), key=lambda entry: (-len(_late(entry[1])), -_value(entry[1]), entry[0]))
    rows = [Row(_asked(desk, group, records)) for group, records in ordered]

    def others(left: Sequence[int]) -> tuple[Cell, ...]:
        rest = [record for place in left for record in ordered[place][1]]
        late, keys = _late(rest), (("rows", "others"),)
        value = summed(record.amount("attached_amount") for record in rest)
        number = (replace(counted(late, keys), tone="bad"),) if late else None
        return desk.others(len(left)), None, None, (counted(rest, keys),), number, (value,), None, None

    word = desk.writer.word
    columns = (
        Column(word("department"), numeric=False, weight=0),
        Column(word("step"), numeric=False, weight=0),
        Column(word("about"), numeric=False),
        *(Column(word(title), weight=0) for title in ("waiting", "late", "attached")),
        Column(word("due_first"), numeric=False, weight=0),
        Column(word("days_overdue"), weight=0),
    )
    note = (word("decisions_note", day=desk.writer.day(desk.data.publication["as_of"])),)
    table = Table("decisions", columns, top(rows, others, ASKED))
    return [Section("decisions", word("decisions"), note, (table,), mailed=True)]


def _late(records: Sequence[Record]) -> list[Record]:
    return [record for record in records if record.values["is_overdue"]]


def _value(records: Sequence[Record]) -> Decimal:
    return total(record.amount("attached_amount") for record in records).number


def _asked(desk: Desk, group: Group, records: Sequence[Record]) -> tuple[Cell, ...]:
    writer, word = desk.writer, desk.writer.word
    keys = tuple(zip(("department", "step", "kind", "theme"), group, strict=True))
    first = min(records, key=lambda record: (record.values["due_on"], record.keys))
    late, value = _late(records), total(record.amount("attached_amount") for record in records)
    overdue = first.values["is_overdue"]
    number = (replace(counted(late, keys), tone="bad"),) if late else None
    return (
        (desk.department(first),),
        (word(f"step_{group[1]}"),),
        (f"{desk.theme(first.values)} ({word(f'kind_{group[2]}')})",),
        (counted(records, keys),),
        number,
        (replace(value, keys=keys),),
        (Words(writer.day(first.values["due_on"]), "bad" if overdue else ""),),
        (first.count("days_overdue"),) if overdue else None,
    )
