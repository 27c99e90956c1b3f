"""Seats and people, and how departments hand over to each other."""

from reports.content import Cell, Column, Section
from reports.documents.quarter_review.desk import Desk
from reports.figures import Record

COUNTS = ("planned_count", "filled_count")
MOVES = ("joiner_count", "leaver_count", "actual_count")
ANSWERS = ("requested_count", "accepted_count", "rejected_count", "waiting_count", "overdue_count")


def headcount(desk: Desk) -> Section:
    """Each unit below and the scope itself: seats, who sits there, vacancies, who came and went, spans."""
    word = desk.writer.word
    titles = (*COUNTS, "fill_rate", "vacancy_days", *MOVES, "turnover_rate", "span_of_control", "quota_capacity")
    columns = (Column(word("qr_unit"), numeric=False, weight=1.4), *(Column(word(f"qr_{title}")) for title in titles))

    def cells(record: Record) -> tuple[Cell, ...]:
        return (
            (desk.writer.name(record.values),),
            *((record.count(name),) for name in COUNTS),
            (record.rate("fill_rate", "no_base"),),
            (record.count("vacancy_days"),),
            *((record.count(name),) for name in MOVES),
            (record.rate("turnover_rate", "no_base"),),
            (record.figure("span_of_control", "ratio", "no_base"),),
            (record.amount("quota_capacity_amount"),),
        )

    return desk.section("headcount", "mart_headcount", desk.data.headcount, columns, cells)


def handovers(desk: Desk) -> Section:
    """Each seam: how many were handed over, how fast they were answered, and how many came back or wait."""
    word = desk.writer.word
    titles = (*ANSWERS, "average_answer_days", "reject_rate", "overdue_rate")
    columns = (
        Column(word("qr_interface"), numeric=False, weight=1.4),
        *(Column(word(f"qr_{title}")) for title in titles),
    )

    def cells(record: Record) -> tuple[Cell, ...]:
        return (
            (word(f"qr_{record.values['interface']}"),),
            *((record.count(name),) for name in ANSWERS),
            (record.days("average_answer_days", "no_base"),),
            (record.rate("reject_rate", "no_base"),),
            (record.rate("overdue_rate", "no_base"),),
        )

    return desk.section("handovers", "mart_handover", desk.data.handovers, columns, cells)
