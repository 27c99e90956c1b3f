"""How many people attained how much: a distribution, with the number behind each band."""

from dataclasses import replace
from decimal import Decimal
from statistics import median

from reports.content import BandChart, Figure, Inline, Section, Tone
from reports.documents.performance.desk import Desk
from reports.documents.shared.tables import filled

EDGES = (Decimal("0.8"), Decimal("0.9"), Decimal("1.0"), Decimal("1.1"))
BANDS = ("<80%", "80–90%", "90–100%", "100–110%", "≥110%")
TONES: tuple[Tone, ...] = ("bad", "bad", "", "good", "good")
MINIMUM = 3


def people(desk: Desk) -> list[Section]:
    """The distribution; too few people make no distribution."""
    data, writer = desk.data, desk.writer
    selling = (desk.part(record) for record in data.people)
    rates = [part.rate.value for part in selling if part.plan.value is not None or part.actual.value]
    values = [value for value in rates if value is not None]
    if len(values) < MINIMUM:
        return []
    counts = [sum(1 for value in values if _band(value) == band) for band in range(len(BANDS))]
    bands = [(name, _number(desk, name, n)) for name, n in zip(BANDS, counts, strict=True)]
    tones = list(TONES)
    without = len(rates) - len(values)
    if without:
        name = writer.word("no_target_band")
        bands.append((name, _number(desk, "no target", without)))
        tones.append("muted")
    items: list[Inline] = []
    for name, figure in bands:
        items += writer.sentence("people_alt_item", band=name, n=figure)
    alt = filled(writer.sentence("people_alt", items="\0"), tuple(items))
    middle = replace(_number(desk, "all", 0), value=Decimal(median(values)), kind="rate",
                     measure="median(sales_amount / target_amount)")  # fmt: skip
    note = writer.sentence("people_note", n=_number(desk, "with target", len(values)), median=middle)
    chart = BandChart("people", alt, tuple(bands), tuple(tones))
    return [Section("people", writer.word("people"), note, (chart,), half=True)]


def _band(rate: Decimal) -> int:
    return sum(rate >= edge for edge in EDGES)


def _number(desk: Desk, band: str, n: int) -> Figure:
    """A number of people, found again by scope, period and band."""
    keys = (("org_unit_id", desk.data.scope["org_unit_id"]), ("period_label", desk.data.period.label), ("band", band))
    return Figure(Decimal(n), "count", desk.data.people[0].mart, "count(*)", keys)
