"""Pages about targets: changes, stages, plans, what is unsound or late, and what their owners answered."""

from collections.abc import Callable, Sequence

from reports.content import Cell, Column, Figure, Kind, Row, Section, Table
from reports.documents.shared.desk import Desk
from reports.documents.shared.detail import detail
from reports.documents.shared.load import ReportData
from reports.documents.shared.tables import shortened, without_empty_columns
from reports.documents.shared.target_questions import TargetAnswers
from reports.figures import Record

LIMIT = 20
KINDS: dict[str, Kind] = {"currency": "amount", "rate": "rate"}
CHECKS = ("specific", "measurable", "achievable", "relevant", "time")


def sections(desk: Desk[ReportData], found: TargetAnswers) -> list[Section]:
    """Every page for which there is something to say."""
    pages: list[tuple[str, Sequence[Record], Sequence[str], Callable[[Desk[ReportData], Record], tuple[Cell, ...]]]] = [
        ("target_stages", found.stages, STAGES, _stage),
        ("target_changed", found.changes, CHANGES, _change),
        ("target_submitted", found.submissions, SUBMISSIONS, _submission),
        ("target_unsound", found.unsound, ("!target_fails",), _unsound),
        ("target_unready", found.unready, ("!target_set_by", "!target_approved_on", "!target_readiness"), _unready),
        ("plan_execution", found.plans, PLANS, _plan),
    ]
    return [
        _page(desk, name, records, titles, cells, is_plan=name == "plan_execution")
        for name, records, titles, cells in pages
        if records
    ]


def _page(
    desk: Desk[ReportData],
    name: str,
    records: Sequence[Record],
    titles: Sequence[str],
    cells: Callable[[Desk[ReportData], Record], tuple[Cell, ...]],
    *,
    is_plan: bool,
) -> Section:
    """A page of at most so many rows; a title that begins with `!` is of a column of text."""
    word = desk.writer.word
    heads = ("person",) if is_plan else ("target_owner", "target_metric", "period")
    rows = [
        Row((*((_heads if not is_plan else _person)(desk, record)), *cells(desk, record))) for record in records[:LIMIT]
    ]
    if len(records) > LIMIT:
        rows.append(Row((desk.others(len(records) - LIMIT), *(None,) * (len(heads) + len(titles) - 1)), role="others"))
    columns = (
        *(Column(word(head), numeric=False, weight=0) for head in heads),
        *(Column(word(title.lstrip("!")), numeric=not title.startswith("!")) for title in titles),
    )
    table = without_empty_columns(Table(name, columns, tuple(rows)))
    return detail(desk, name, (word(f"{name}_note", n=len(records)),), table)


def _heads(desk: Desk[ReportData], record: Record) -> tuple[Cell, ...]:
    values, writer = record.values, desk.writer
    label = values["period_label"] or f"{values['period_start']}–"
    return (writer.name(values),), (writer.name(values, "metric_"),), (str(label),)


def _person(desk: Desk[ReportData], record: Record) -> tuple[Cell, ...]:
    return ((desk.writer.name(record.values),),)


def _value(record: Record, name: str) -> Figure:
    """A value in the kind of its metric."""
    return record.figure(name, KINDS.get(str(record.values["metric_unit"]), "count"))


STAGES = (
    "!target_stage",
    "target_stage_value",
    "actual",
    "attainment",
    "target_so_far",
    "target_rate_so_far",
    "target_per_day",
)


def _stage(desk: Desk[ReportData], record: Record) -> tuple[Cell, ...]:
    to_come = record.values["stage_state"] == "to_come"
    reached: tuple[Cell, ...] = (
        (_value(record, "stage_actual_value"),),
        (record.rate("stage_attainment_rate", "no_target"),),
        (_value(record, "cumulative_actual_value"),),
        (record.rate("cumulative_attainment_rate", "no_target"),),
        (_value(record, "run_rate_for_rest"),) if record.values["run_rate_for_rest"] is not None else None,
    )
    return (
        (str(record.values["stage"]),),
        (_value(record, "stage_target_value"),),
        *((None,) * 5 if to_come else reached),
    )


CHANGES = ("target_from", "target_to", "change", "!target_reason", "!target_approved_on")


def _change(desk: Desk[ReportData], record: Record) -> tuple[Cell, ...]:
    return (
        (_value(record, "previous_value"),),
        (_value(record, "target_value"),),
        (record.rate("change_rate", "no_base"),),
        (shortened(str(record.values["reason"] or "")),),
        (desk.writer.day(record.values["approved_on"]),),
    )


SUBMISSIONS = ("target", "target_proposed", "target_gap", "!target_answer", "!target_comment")


def _submission(desk: Desk[ReportData], record: Record) -> tuple[Cell, ...]:
    return (
        (_value(record, "target_value"),),
        (_value(record, "proposed_value"),) if record.values["proposed_value"] is not None else None,
        (record.rate("gap_rate", "no_base"),) if record.values["gap_rate"] is not None else None,
        (desk.writer.word(f"answer_{record.values['answer_state']}"),),
        (shortened(str(record.values["comment"] or "")),),
    )


def _unsound(desk: Desk[ReportData], record: Record) -> tuple[Cell, ...]:
    values, language = record.values, desk.writer.language
    flags = {check: values["is_time_bound" if check == "time" else f"is_{check}"] for check in CHECKS}
    failed = [
        f"{desk.writer.word(f'smart_{check}')}: {values[f'{check}_reason_{language}']}"
        for check, is_met in flags.items()
        if is_met is False
    ]
    return ((("；" if language == "zh" else "; ").join(failed),),)


def _unready(desk: Desk[ReportData], record: Record) -> tuple[Cell, ...]:
    values, day = record.values, desk.writer.day
    return (
        (day(values["set_by"]),),
        (day(values["approved_on"]),),
        (desk.writer.word(f"readiness_{values['readiness_state']}"),),
    )


PLANS = ("!plan_kind", "plan_due", "plan_done", "plan_late", "plan_completion", "plan_expected", "plan_actual")


def _plan(desk: Desk[ReportData], record: Record) -> tuple[Cell, ...]:
    return (
        (desk.writer.word(f"plan_{record.values['kind']}"),),
        *((record.count(name),) for name in ("due_count", "done_count", "done_late_count")),
        (record.rate("completion_rate", "no_due"),),
        (record.amount("expected_amount"),),
        (record.amount("actual_amount"),),
    )
