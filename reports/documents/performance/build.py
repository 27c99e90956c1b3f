"""The performance report put together: the page's order, the status line, the verdict."""

from reports.content import Company, Document, Language
from reports.documents.performance import (
    behind,
    customers,
    detail,
    festival,
    key_figures,
    movement,
    people,
    receivables,
    verdict,
)
from reports.documents.performance.desk import Desk
from reports.documents.performance.load import PerformanceData
from reports.documents.shared import closing, page, targets
from reports.documents.shared import detail as shared
from reports.text import Writer


def build(data: PerformanceData, language: Language, company: Company) -> Document:
    """The report in a language; parts for which the company has no data are left out."""
    desk = Desk(data, Writer.of(company, language))
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
        *festival.festival(desk),
        *people.people(desk),
        *detail.units(desk),
        *detail.people(desk),
        *targets.sections(desk, data.targets),
        *detail.items(desk),
        *closing.adjustments(desk),
        *shared.reconciliations(desk),
        *shared.sources(desk),
    )
    return page.document(
        "performance",
        desk,
        company,
        subject=verdict.subject(desk, desk.unit),
        lead=verdict.lead(desk),
        verdict=verdict.verdict(desk),
        sections=sections,
        detail=behind.tables(desk),
    )
