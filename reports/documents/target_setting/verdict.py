"""The verdict: the target beside what is proposed for it, then its parts, then what its owners say."""

from reports.content import Inline, Sentence
from reports.documents.target_setting.desk import PROPOSAL, Desk
from reports.figures import difference, growth


def lead(desk: Desk) -> Sentence:
    """`Bookings 2026: target 378.0m, 1.4% above the middle of what three methods propose (351–401).`"""
    whole = desk.methods.get(PROPOSAL)
    if whole is None or whole.values["middle_value"] is None:
        return desk.writer.sentence("ts_lead_nothing", year=desk.data.period.label)
    low, middle, high = (desk.figure(whole, f"{end}_value") for end in ("low", "middle", "high"))
    said: dict[str, Inline] = {
        "metric": desk.metric,
        "year": desk.data.period.label,
        "low": low,
        "middle": middle,
        "high": high,
    }
    target = desk.figure(whole, "set_value")
    if target.value is None:
        return desk.writer.sentence("ts_lead_open", **said)
    gap = growth(target, middle)
    return desk.writer.sentence("ts_lead_set", target=target, gap=gap, **said)


def verdict(desk: Desk) -> Sentence:
    """What follows the lead."""
    said = [part for part in (_last_year(desk), _parts(desk), _answers(desk), _smart(desk)) if part]
    between = () if desk.writer.language == "zh" else (" ",)
    return tuple(piece for place, part in enumerate(said) for piece in ((between if place else ()) + part))


def subject(desk: Desk) -> Sentence:
    """The mail's subject."""
    whole = desk.methods.get(PROPOSAL)
    start = desk.writer.sentence("ts_subject", year=desk.data.period.label, scope=desk.unit)
    if whole is None:
        return start
    measure = "set_value" if whole.values["set_value"] is not None else "middle_value"
    word = "ts_subject_set" if measure == "set_value" else "ts_subject_proposed"
    return start + desk.writer.sentence(word, metric=desk.metric, value=desk.figure(whole, measure))


def _last_year(desk: Desk) -> Sentence:
    whole, history = desk.methods.get(PROPOSAL), desk.methods.get("history_growth")
    if whole is None or whole.values["set_value"] is None:
        return ()
    target, before = desk.figure(whole, "set_value"), desk.figure(whole, "prior_set_value")
    done = desk.figure(history, "base_value") if history else before
    parts = [
        desk.writer.sentence(word, change=growth(target, base))
        for word, base in (("ts_against_target", before), ("ts_against_actual", done))
        if base.value is not None
    ]
    return tuple(piece for part in parts for piece in part)


def _parts(desk: Desk) -> Sentence:
    record = desk.below(desk.data.scope["org_unit_id"], desk.data.metric)
    if record is None or not record.values["below_count"]:
        return ()
    target, below = desk.figure(record, "set_value"), desk.figure(record, "below_value")
    if target.value is None:
        return ()
    over = growth(below, target)
    word = "ts_parts_equal" if difference(below, target).value == 0 else "ts_parts"
    return desk.writer.sentence(word, below=below, over=over)


def _answers(desk: Desk) -> Sentence:
    found = desk.data.submissions
    if not found:
        return ()
    answered = sum(1 for one in found if one.values["is_answered"])
    return desk.writer.sentence("ts_answers", n=str(len(found)), answered=str(answered))


def _smart(desk: Desk) -> Sentence:
    failed = sum(int(one.values["target_count"]) for one in desk.data.smart)
    return desk.writer.sentence("ts_smart_said", n=f"{failed:,}") if failed else ()
