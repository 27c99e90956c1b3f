"""What was agreed and must be looked at again: rules past their review, and targets that were changed."""

from reports.content import Cell, Column, Section
from reports.documents.quarter_review.desk import Desk
from reports.documents.shared.tables import shortened
from reports.figures import Record


def rules(desk: Desk) -> list[Section]:
    """Rules whose review is past, and drafts, of the whole company."""
    if not desk.data.is_whole:
        return []
    word = desk.writer.word
    titles = ("rule", "chapter", "owner", "state", "review_by")
    columns = (
        *(Column(word(f"qr_{title}"), numeric=False) for title in titles),
        Column(word("qr_days_past"), weight=0),
    )

    def cells(record: Record) -> tuple[Cell, ...]:
        values = record.values
        name = values[f"name_{desk.writer.language}"] or values["rule_id"]
        texts = (name, values["chapter"], desk.named(values["owner"]), word(f"qr_{values['state']}"))
        past = values["days_to_review"] is not None and values["days_to_review"] < 0
        days = (record.count("days_to_review"),) if past else None
        return (*((str(text),) for text in texts), (desk.writer.day(values["review_by"]),), days)

    return [desk.section("rules", "mart_rule_register", desk.data.rules, columns, cells)]


def target_changes(desk: Desk) -> Section:
    """Targets of units that were changed, with reason and approval."""
    word = desk.writer.word
    columns = (
        *(Column(word(f"qr_{title}"), numeric=False, weight=0) for title in ("unit", "metric", "target_period")),
        *(Column(word(f"qr_{title}"), weight=0) for title in ("before", "after", "change")),
        *(Column(word(f"qr_{title}"), numeric=False) for title in ("reason", "approved_by")),
    )

    def cells(record: Record) -> tuple[Cell, ...]:
        values = record.values
        is_money = str(values["metric"]).endswith("_amount")
        figures = [
            record.figure(name, "amount" if is_money else "count") for name in ("previous_value", "target_value")
        ]
        texts = (desk.named(values["owner_id"]), desk.named(values["metric"]), str(values["period_label"] or ""))
        return (
            *((text,) for text in texts),
            *((figure,) for figure in figures),
            (record.rate("change_rate", "no_base"),),
            (shortened(str(values["reason"] or ""), 60),),
            (desk.named(values["approved_by"]),),
        )

    return desk.section("target_changes", "mart_target_change", desk.data.target_changes, columns, cells)
