"""How many people attained how much: a distribution by the rulebook's bands, with the number behind each."""

from dataclasses import replace
from decimal import Decimal
from statistics import median

from reports.content import BandChart, Inline, Section, Tone
from reports.documents.performance.desk import FULL, Desk
from reports.documents.shared.tables import filled
from reports.figures import Record, total

MINIMUM = 3


def people(desk: Desk) -> list[Section]:
    """People with a target for the whole period by band; new ones and those without target apart. Too few: nothing."""
    writer = desk.writer
    groups = {name: _of(desk, name) for name in ("full", "ramping", "no_target")}
    values = [rate for record in desk.data.people if (rate := desk.part(record).rate.value) is not None]
    if len(values) < MINIMUM or not groups["full"]:
        return []
    bands = [(str(record.values["band"]), record.count("people_count")) for record in groups["full"]]
    tones = [_tone(record) for record in groups["full"]]
    for name, word in (("ramping", "ramping_band"), ("no_target", "no_target_band")):
        if groups[name]:
            bands.append((writer.word(word), total(record.count("people_count") for record in groups[name])))
            tones.append("muted")
    items: list[Inline] = []
    for name, figure in bands:
        items += writer.sentence("people_alt_item", band=name, n=figure)
    alt = filled(writer.sentence("people_alt", items="\0"), tuple(items))
    number = replace(bands[0][1], value=Decimal(len(values)), measure="count(target_amount)")
    middle = replace(number, value=Decimal(median(values)), kind="rate", measure="median(sales_amount / target_amount)")
    note = writer.sentence("people_note", n=number, median=middle)
    chart = BandChart("people", alt, tuple(bands), tuple(tones))
    return [Section("people", writer.word("people"), note, (chart,), half=True)]


def _of(desk: Desk, group: str) -> list[Record]:
    return [record for record in desk.data.targets.bands if record.values["people_group"] == group]


def _tone(record: Record) -> Tone:
    """Good from the whole target on; the band right below it is neither good nor bad."""
    begins, ends = record.values["band_from"], record.values["band_to"]
    return "good" if begins is not None and begins >= FULL else "" if ends == FULL else "bad"
