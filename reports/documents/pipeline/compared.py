"""Measures of a unit beside those of the period before and of last year; lists of what stands open, the largest first."""

from collections.abc import Callable, Sequence

from reports.content import Cell, Column, Figure, Kind, Row, Table
from reports.documents.pipeline.desk import Desk
from reports.documents.pipeline.questions import Questions
from reports.documents.shared.tables import top, without_empty_columns
from reports.figures import Record

Measures = tuple[tuple[str, Kind], ...]
"""Columns of a mart in the order of the table; the word of each is `m_<column>`."""
LISTED = 8


def load(asked: Questions, mart: str) -> dict[str, tuple[Record, ...]]:
    """The mart's rows of the unit: in the period (`now`), the one before (`before`), and last year (`year`)."""
    labels = {"now": "period_label", "before": "prior_label", "year": "prior_year_label"}
    return {
        moment: asked.asked_of(
            mart,
            ("org_unit_id", "period_label"),
            f"""select m.* from {mart} as m
            inner join dim_period as p on p.period_type = m.period_type and p.{label} = m.period_label
            where m.org_unit_id = $scope and m.period_type = $kind and p.period_label = $label""",
        )
        for moment, label in labels.items()
    }


def table(desk: Desk, part: str, measures: Measures) -> Table:
    """One row per measure; counts and amounts of a period that is not over have nothing to stand beside."""
    now = desk.found(part, "now")[0]
    rows = [Row(((desk.writer.word(f"m_{name}"),), (now.figure(name, kind),), *_others(desk, part, name, kind)))
            for name, kind in measures if now.values[name] is not None]  # fmt: skip
    titles = (desk.span, desk.before, desk.writer.word("last_year"))
    columns = (Column("", numeric=False, weight=3), *(Column(title) for title in titles))
    return without_empty_columns(Table(part, columns, tuple(rows)))


def _others(desk: Desk, part: str, name: str, kind: Kind) -> tuple[Cell, ...]:
    sums = kind in ("count", "amount") and desk.data.period.state == "open"
    found = [None if sums else desk.one(part, moment) for moment in ("before", "year")]
    return tuple((record.figure(name, kind, "no_base"),) if record else None for record in found)


def open_list(
    desk: Desk,
    name: str,
    found: Sequence[Record],
    columns: tuple[Column, ...],
    cells: Callable[[Record], tuple[Cell, ...]],
) -> Table:
    """The first of the list, and how many others there are."""

    def others(left: Sequence[int]) -> tuple[Cell, ...]:
        return (desk.others(len(left)), *(None for _ in columns[1:]))

    return without_empty_columns(Table(name, columns, top([Row(cells(record)) for record in found], others, LISTED)))


def customer(desk: Desk, record: Record, width: int = 16) -> Cell:
    """The customer's name, cut at `width` half-widths."""
    values = record.values
    return (desk.writer.short_name({"name": values["customer_name"], "name_en": values["customer_name_en"]}, width),)


def short_day(desk: Desk, record: Record, name: str) -> str:
    """A day without its year where that is the report's."""
    day = record.values[name]
    return desk.writer.short_day(day, desk.data.publication["as_of"]) if day else ""


def owner(desk: Desk, record: Record) -> Cell:
    """The owner's name."""
    values = record.values
    named = {"name": values["owner_name"], "name_en": values["owner_name_en"]}
    return (desk.writer.name(named) if named["name"] else desk.writer.word("unassigned"),)


def figure(record: Record, name: str, kind: Kind) -> tuple[Figure, ...]:
    """A figure as a cell."""
    return (record.figure(name, kind),)
