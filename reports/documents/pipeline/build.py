"""The pipeline report put together: the page's order, the status line, the verdict."""

from reports.content import Company, Document, Language
from reports.documents.pipeline import verdict
from reports.documents.pipeline.data import PipelineData
from reports.documents.pipeline.desk import Desk
from reports.documents.pipeline.parts import PARTS
from reports.documents.shared import detail as shared
from reports.documents.shared import page
from reports.text import Writer


def build(data: PipelineData, language: Language, company: Company) -> Document:
    """The report in a language; a part without data says so."""
    desk = Desk(data, Writer.of(company, language))
    written = [section for part in PARTS for section in part.sections(desk)]
    first = [section for section in written if not section.detail]
    later = [section for section in written if section.detail]
    return page.document(
        "pipeline",
        desk,
        company,
        subject=verdict.subject(desk),
        lead=verdict.lead(desk),
        verdict=verdict.verdict(desk),
        sections=(*first, *later, *shared.reconciliations(desk), *shared.sources(desk)),
    )
