"""The performance report put together: the page's order, the status line, the verdict."""

from reports.content import Company, Document, Language
from reports.documents.performance import customers, detail, key_figures, movement, people, receivables, verdict
from reports.documents.performance.data_box import data_box
from reports.documents.performance.desk import Desk
from reports.documents.performance.load import PerformanceData
from reports.text import Writer


def build(data: PerformanceData, language: Language, company: Company) -> Document:
    """The report in a language; parts for which the company has no data are left out."""
    writer = Writer.of(company, language)
    desk = Desk(data, writer)
    period = data.period
    sections = (
        key_figures.section(desk),
        *movement.cumulative(desk),
        *movement.bridge(desk),
        *movement.units(desk),
        *receivables.roll_forward(desk),
        *receivables.ageing(desk),
        *receivables.overdue_customers(desk),
        *customers.customers(desk),
        *customers.lines(desk),
        *people.people(desk),
        *detail.units(desk),
        *detail.people(desk),
        *detail.items(desk),
        *detail.reconciliations(desk),
        *detail.sources(desk),
    )
    return Document(
        name="performance",
        language=language,
        title=writer.word(f"report_{period.kind}", period=period.name(language)),
        subtitle=_subtitle(desk, company),
        status=writer.word(f"state_{period.state}"),
        is_final=period.state == "closed",
        facts=(writer.word("cutoff", day=writer.day(period.last_day)), writer.word("tax_out"), writer.money),
        subject=verdict.subject(desk, _scope(desk)),
        lead=verdict.lead(desk),
        verdict=verdict.verdict(desk),
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
    )


def _subtitle(desk: Desk, company: Company) -> str:
    return f"{_scope(desk)} · {getattr(company.name, desk.writer.language)}"


def _scope(desk: Desk) -> str:
    return desk.writer.word("whole_company") if desk.data.is_whole else desk.writer.name(desk.data.scope)
