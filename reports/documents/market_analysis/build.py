"""The market analysis put together: the page's order, the status line, the verdict."""

from reports.content import Company, Document, Language
from reports.documents.market_analysis import (
    behind,
    competitors,
    demand,
    detail,
    findings,
    key_figures,
    sales,
    share,
    verdict,
)
from reports.documents.market_analysis.desk import Desk
from reports.documents.market_analysis.load import MarketData
from reports.documents.shared import detail as shared
from reports.documents.shared import page
from reports.text import Writer


def build(data: MarketData, language: Language, company: Company) -> Document:
    """The report in a language; parts for which the company has no data are left out."""
    desk = Desk(data, Writer.of(company, language))
    sections = (
        *findings.section(desk),
        key_figures.section(desk),
        *share.heat(desk),
        *competitors.competitors(desk),
        *share.growths(desk),
        *competitors.lost_reasons(desk),
        *competitors.moves(desk),
        *demand.themes(desk),
        *sales.prices(desk),
        *sales.channels(desk),
        *demand.decisions(desk),
        *detail.shares(desk),
        *detail.moves(desk),
        *detail.items(desk),
        *shared.reconciliations(desk),
        *shared.sources(desk),
    )
    return page.document(
        "market_analysis",
        desk,
        company,
        subject=verdict.subject(desk),
        lead=verdict.lead(desk),
        verdict=verdict.verdict(desk),
        sections=sections,
        detail=behind.tables(desk),
    )
