"""The table of key figures: every metric's target beside last year, the proposals, and the sum of its parts."""

from reports.content import Cell, Column, Row, Section, Table
from reports.documents.shared.tables import without_empty_columns
from reports.documents.target_setting.desk import PROPOSAL, Desk
from reports.figures import growth


def section(desk: Desk) -> list[Section]:
    """The key figures; nothing where no targets are proposed."""
    rows = tuple(row for metric in desk.metrics if (row := _row(desk, metric)))
    if not rows:
        return []
    word = desk.writer.word
    titles = (
        "ts_set",
        "ts_prior_set",
        "change",
        "ts_base",
        "ts_low",
        "ts_middle",
        "ts_high",
        "ts_gap",
        "ts_below",
        "ts_over",
    )
    columns = (Column("", numeric=False, weight=0), *(Column(word(title)) for title in titles))
    table = without_empty_columns(Table("key_figures", columns, rows))
    note = desk.writer.sentence("ts_key_note", money=desk.writer.money)
    return [Section("key_figures", word("key_figures"), note, (table,), mailed=True)]


def _row(desk: Desk, metric: str) -> Row | None:
    methods = {str(one.values["method"]): one for one in desk.of(metric)}
    whole, history = methods.get(PROPOSAL), methods.get("history_growth")
    if whole is None:
        return None
    target, before = desk.figure(whole, "set_value", "no_target"), desk.figure(whole, "prior_set_value", "no_target")
    low, middle, high = (desk.figure(whole, f"{end}_value") for end in ("low", "middle", "high"))
    record = desk.below(desk.data.scope["org_unit_id"], metric)
    below: Cell = None
    over: Cell = None
    if record is not None and record.values["below_count"]:
        summed = desk.figure(record, "below_value")
        below, over = (summed,), (growth(summed, target),)
    base: Cell = (desk.figure(history, "base_value"),) if history else None
    cells: tuple[Cell, ...] = (
        (target,), (before,), (growth(target, before),), base, (low,), (middle,), (high,), (growth(target, middle),),
        below, over,
    )  # fmt: skip
    return Row(((desk.writer.word(metric),), *cells), role="" if metric == desk.data.metric else "minor")
