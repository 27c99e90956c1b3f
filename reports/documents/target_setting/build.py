"""The target-setting pack put together: the page's order, the status line, the verdict."""

from reports.content import Company, Document, Language
from reports.documents.shared import detail as shared
from reports.documents.shared import page
from reports.documents.target_setting import basis, key_figures, people, split, units, verdict
from reports.documents.target_setting.desk import Desk
from reports.documents.target_setting.load import TargetData
from reports.text import Writer


def build(data: TargetData, language: Language, company: Company) -> Document:
    """The pack in a language; what the company has not supplied is named, and nothing fails."""
    desk = Desk(data, Writer.of(company, language))
    sections = (
        *key_figures.section(desk),
        *basis.methods(desk),
        *basis.parts(desk),
        *basis.words(desk),
        *split.months(desk),
        *split.lines(desk),
        *units.section(desk),
        *split.tree(desk),
        people.negotiation(desk),
        people.readiness(desk),
        people.smart(desk),
        *shared.sources(desk),
    )
    return page.document(
        "target_setting",
        desk,
        company,
        subject=verdict.subject(desk),
        lead=verdict.lead(desk),
        verdict=verdict.verdict(desk),
        sections=sections,
    )
