"""The verdict: what is open and how it changed, first."""

from reports.content import Sentence
from reports.documents.pipeline.desk import Desk
from reports.figures import growth


def lead(desk: Desk) -> Sentence:
    """`1,234 open in 56 deals, +3 % since the start.`, or that there is no pipeline."""
    walk = desk.one("walk", "all")
    if walk is None or not (walk.values["closing_count"] or walk.values["opening_count"]):
        return desk.writer.sentence("pipeline_nothing")
    now, before = walk.amount("closing_amount"), walk.amount("opening_amount")
    given = {"amount": now, "n": walk.count("closing_count")}
    change = growth(now, before)
    if change.value is None:
        return desk.writer.sentence("pipeline_lead_first", **given)
    return desk.writer.sentence("pipeline_lead", change=change, **given)


def verdict(desk: Desk) -> Sentence:
    """What follows the lead: what came, what was won and what was lost."""
    walk = desk.one("walk", "all")
    if walk is None:
        return ()
    moved = {name: walk.amount(f"{name}_amount") for name in ("new", "won", "lost")}
    return desk.writer.sentence("pipeline_moved", **moved)


def subject(desk: Desk) -> Sentence:
    """The mail's subject: period, status, unit, and the pipeline."""
    writer, period = desk.writer, desk.data.period
    given = {"period": period.name(writer.language), "status": writer.word(f"state_{period.state}"), "scope": desk.unit}
    walk = desk.one("walk", "all")
    if walk is None:
        return writer.sentence("pipeline_subject", **given)
    return writer.sentence("pipeline_subject_open", amount=walk.amount("closing_amount"), **given)
