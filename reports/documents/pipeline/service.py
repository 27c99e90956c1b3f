"""After-sales service: how soon cases are answered and resolved, which come back, and which customers and products they are about."""

from collections.abc import Sequence

from reports.content import Cell, Column, Row, Section, Table
from reports.documents.pipeline import compared
from reports.documents.pipeline.data import Answers
from reports.documents.pipeline.desk import Desk
from reports.documents.pipeline.questions import Questions
from reports.documents.shared.tables import summed, top, without_empty_columns
from reports.figures import Record

MEASURES: compared.Measures = (
    ("opened_count", "count"), ("answered_in_time_rate", "rate"), ("first_response_median_days", "days"), ("resolved_in_time_rate", "rate"),
    ("resolution_median_days", "days"), ("reopened_case_count", "count"), ("reopened_rate", "rate"), ("open_count", "count"),
    ("overdue_count", "count"),
)  # fmt: skip
SHOWN = 5
COUNTS = ("opened_count", "resolved_late_count", "reopened_case_count")


def load(asked: Questions) -> Answers:
    """The unit's cases, and those by customer and by product, most first."""
    return {
        **compared.load(asked, "mart_service"),
        "customers": _by(asked, "customer"),
        "products": _by(asked, "product"),
    }


def _by(asked: Questions, subject: str) -> tuple[Record, ...]:
    mart, key = f"mart_service_by_{subject}", f"{subject}_id"
    sql = f"""
        select m.*, d.name, d.name_en from {mart} as m left join dim_{subject} as d on d.{key} = m.{key}
        where m.org_unit_id = $scope and m.period_type = $kind and m.period_label = $label
        order by m.opened_count desc, m.reopened_case_count desc, m.{key}"""
    return asked.asked_of(mart, ("org_unit_id", "period_label", key), sql)


def sections(desk: Desk) -> list[Section]:
    """Measures, and beside them who and what most cases are about."""
    if not desk.found("service", "now"):
        return desk.not_supplied("service")
    word = desk.writer.word
    table = compared.table(desk, "service", MEASURES)
    written = [Section("service", word("service_title"), (word("service_note"),), (table,), half=True)]
    subjects = tuple(
        _subjects(desk, subject) for subject in ("customer", "product") if desk.found("service", f"{subject}s")
    )
    if subjects:
        written.append(Section("service_subjects", word("service_subjects"), (), subjects, half=True))
    return written


def _subjects(desk: Desk, subject: str) -> Table:
    found, word = desk.found("service", f"{subject}s"), desk.writer.word

    def others(left: Sequence[int]) -> tuple[Cell, ...]:
        rest = [found[place] for place in left]
        return (desk.others(len(rest)), *((summed(record.count(name) for record in rest),) for name in COUNTS))

    rows = [
        Row(((desk.writer.short_name(record.values, 26),), *((record.count(name),) for name in COUNTS)))
        for record in found
    ]
    columns = (Column(word(subject), numeric=False), *(Column(word(f"m_{name}"), weight=0) for name in COUNTS))
    return without_empty_columns(Table(f"service_{subject}s", columns, top(rows, others, SHOWN)))
