"""The footer: what was read and kept out, whether it agrees with the ledger, what was corrected, and which snapshot it is."""

import json
from collections.abc import Mapping
from typing import Any

from reports.content import DataBox, Figure, Sentence
from reports.documents.shared.desk import Desk
from reports.documents.shared.load import ReportData
from reports.figures import Record, total

KEYS = {"read": "rows_read", "loaded": "rows_loaded", "kept": "rows_quarantined",
        "skipped": "rows_skipped"}  # fmt: skip
SHOWN_SOURCES = 4
SHOWN_CORRECTIONS = 4


def data_box(desk: Desk[ReportData]) -> DataBox:
    """Two lines."""
    return DataBox((*_accounts(desk), *_reconciled(desk), *_corrected(desk)), _origin(desk))


def _accounts(desk: Desk[ReportData]) -> Sentence:
    found = desk.data.accounts
    if not found:
        return desk.writer.sentence("box_no_accounts")
    files = found[0].count("files_of_all_tables")
    sums = {name: total((record.count(key) for record in found), ()) for name, key in KEYS.items()}
    return desk.writer.sentence("box_accounts", files=files, **sums)


def _reconciled(desk: Desk[ReportData]) -> Sentence:
    found = desk.data.reconciliations
    if not found:
        return desk.writer.sentence("box_no_control")
    wrong = [record for record in found if not record.values["is_ok"]]
    if not wrong:
        return desk.writer.sentence("box_reconciled", n=str(len(found)))
    return desk.writer.sentence("box_differs", n=str(len(found)), bad=str(len(wrong)), difference=_largest(wrong))


def _largest(wrong: list[Record]) -> Figure:
    largest = max(wrong, key=lambda record: (abs(record.values["difference_amount"]), record.keys))
    return largest.figure("difference_amount", "exact")


def _corrected(desk: Desk[ReportData]) -> Sentence:
    """The corrections that were applied, the first of them with reason, by whom and until when; and how many expired."""
    active = [one.values for one in desk.data.corrections if one.values["state"] == "active"]
    expired = sum(one.values["state"] == "expired" for one in desk.data.corrections)
    more = f" +{len(active) - SHOWN_CORRECTIONS}" if len(active) > SHOWN_CORRECTIONS else ""
    told = desk.listed(tuple(_correction(desk, one) for one in active[:SHOWN_CORRECTIONS])) + more
    applied = desk.writer.sentence("box_corrections", n=str(len(active)), listed=told) if active else ()
    return (*applied, *(desk.writer.sentence("box_expired", n=str(expired)) if expired else ()))


def _correction(desk: Desk[ReportData], values: Mapping[str, Any]) -> str:
    until, word = values["valid_until"], desk.writer.word
    kind = values["kind"] if values["kind"] in ("exclude", "reassign", "adjust") else "name"
    return word(
        "box_correction",
        what=word(f"box_correction_{kind}", **{key: values[key] for key in ("record", "field", "value")}),
        reason=values["reason"],
        by=values["made_by"],
        until=word("box_until", day=until) if until else word("box_for_good"),
    )


def _origin(desk: Desk[ReportData]) -> Sentence:
    publication, writer = desk.data.publication, desk.writer
    return writer.sentence(
        "box_origin",
        snapshot=str(publication["snapshot_id"]),
        rulebook=str(publication["rulebook_version"] or "")[:12],
        as_of=writer.day(publication["as_of"]),
        sources=_sources(desk) + _late(desk),
    )


def _sources(desk: Desk[ReportData]) -> str:
    """Which sources are how fresh; many become a count and the oldest day."""
    listed = json.loads(desk.data.publication.get("sources") or "{}")
    known = [(name, entry) for name, entry in listed.items() if isinstance(entry, dict) and entry.get("extracted_on")]
    known.sort(key=lambda pair: (str(pair[1]["extracted_on"]), pair[0]))
    say = [desk.writer.word("box_source", name=name, day=str(entry["extracted_on"])[:10]) for name, entry in known]
    return " · " + desk.listed(tuple(say[:SHOWN_SOURCES])) if say else ""


def _late(desk: Desk[ReportData]) -> str:
    """Which sources were late at the end of the as-of date; of many the first few, and how many more."""
    listed = json.loads(desk.data.publication.get("sources") or "{}")
    late = tuple(sorted(name for name, entry in listed.items() if isinstance(entry, dict) and entry.get("late")))
    more = f" +{len(late) - SHOWN_SOURCES}" if len(late) > SHOWN_SOURCES else ""
    return desk.writer.word("box_late", names=desk.listed(late[:SHOWN_SOURCES]) + more) if late else ""
