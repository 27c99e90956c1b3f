"""The quarter review pack put together: the page's order, the subject line, the verdict."""

from reports.content import Company, Document, Language, Sentence
from reports.documents.quarter_review import agreed, order, staffing
from reports.documents.quarter_review.desk import Desk
from reports.documents.quarter_review.load import ReviewData
from reports.documents.shared import detail as shared
from reports.documents.shared import page
from reports.text import Writer


def build(data: ReviewData, language: Language, company: Company) -> Document:
    """The pack in a language; what the company has not supplied is named, and nothing fails."""
    desk = Desk(data, Writer.of(company, language))
    sections = (
        staffing.headcount(desk),
        order.organisation(desk),
        order.exceptions(desk),
        staffing.handovers(desk),
        agreed.target_changes(desk),
        *agreed.rules(desk),
        *order.duties(desk),
        *shared.sources(desk),
    )
    return page.document(
        "quarter_review",
        desk,
        company,
        subject=_subject(desk),
        lead=_lead(desk),
        verdict=_verdict(desk),
        sections=sections,
    )


def _subject(desk: Desk) -> Sentence:
    """The mail's subject: period, status, unit."""
    writer, period = desk.writer, desk.data.period
    status = writer.word(f"state_{period.state}")
    return writer.sentence(
        "quarter_review_subject", period=period.name(writer.language), status=status, scope=desk.unit
    )


def _lead(desk: Desk) -> Sentence:
    """`41 of 44 seats are filled.`, or that no seats are planned."""
    whole = next(
        (one for one in desk.data.headcount if one.values["org_unit_id"] == desk.data.scope["org_unit_id"]), None
    )
    if whole is None or whole.values["planned_count"] is None:
        return desk.writer.sentence("quarter_review_no_plan")
    given = {"filled": whole.count("filled_count"), "planned": whole.count("planned_count")}
    return desk.writer.sentence("quarter_review_lead", rate=whole.rate("fill_rate"), **given)


def _verdict(desk: Desk) -> Sentence:
    """How much is out of order: approvals, the organisation, handovers that wait."""
    data, writer = desk.data, desk.writer
    counts = {"exceptions": str(len(data.exceptions)), "problems": str(len(data.problems))}
    together = next((one for one in data.handovers if one.values["interface"] == "all"), None)
    said = writer.sentence("quarter_review_verdict", **counts)
    if together is None:
        return said
    return (*said, *writer.sentence("quarter_review_overdue", overdue=together.count("overdue_count")))
