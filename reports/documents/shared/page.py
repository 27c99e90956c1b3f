"""The page around a report's parts: title, status, facts, the scope, and which snapshot it is of."""

from reports.content import Company, DetailTable, Document, Section, Sentence
from reports.documents.shared import closing
from reports.documents.shared.data_box import data_box
from reports.documents.shared.desk import Desk
from reports.documents.shared.load import ReportData


def document(
    name: str,
    desk: Desk[ReportData],
    company: Company,
    *,
    subject: Sentence,
    lead: Sentence,
    verdict: Sentence,
    sections: tuple[Section, ...],
    detail: tuple[DetailTable, ...] = (),
) -> Document:
    """The report of that name; `NAME_month`, `NAME_quarter` … are its titles, `NAME_tax` its tax basis."""
    writer, period, data = desk.writer, desk.data.period, desk.data
    return Document(
        name=name,
        language=writer.language,
        title=writer.word(f"{name}_{period.kind}", period=period.name(writer.language)),
        subtitle=f"{desk.unit} · {getattr(company.name, writer.language)}",
        status=writer.word(f"state_{period.state}"),
        is_final=period.state == "closed",
        facts=(
            writer.word("cutoff", day=writer.day(period.last_day)),
            *closing.facts(desk),
            writer.word(f"{name}_tax"),
            writer.money,
        ),
        subject=subject,
        lead=lead,
        verdict=verdict,
        sections=sections,
        data_box=data_box(desk),
        money=writer.money,
        currency=company.currency,
        show_money_in=writer.show_money_in,
        scope_id=data.scope["org_unit_id"],
        period_label=period.label,
        cutoff=period.cutoff,
        snapshot=str(data.publication["snapshot_id"]),
        built_at=data.publication["built_at"],
        detail=detail,
    )
