"""Sales around the Spring Festival, beside as many days around last year's: the same weeks of the lunar year."""

from reports.content import Column, Row, Section, Table
from reports.documents.performance.desk import Desk
from reports.figures import growth, toned

KINDS = ("week", "month", "quarter")


def festival(desk: Desk) -> list[Section]:
    """The days before and after; only in a period that they touch, and where last year's are known."""
    found, word = desk.data.festival, desk.writer.word
    if desk.data.period.kind not in KINDS or not any(one.values["prior_year_sales_amount"] for one in found):
        return []
    rows = []
    for one in found:
        now, before = one.amount("sales_amount"), one.amount("prior_year_sales_amount", "no_base")
        span = word(f"festival_{one.values['span']}", n=one.values["days"])
        rows.append(Row(((span,), (now,), (before,), (toned(growth(now, before), 1),))))
    columns = (
        Column("", numeric=False, weight=2),
        *(Column(word(key)) for key in ("sales", "festival_before_year", "yoy")),
    )
    note = (word("festival_note", day=desk.writer.day(found[0].values["festival_day"])),)
    table = Table("festival", columns, tuple(rows))
    return [Section("festival", word("festival"), note, (table,), half=True)]
