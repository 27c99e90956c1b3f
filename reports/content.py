"""What a report says, apart from how it looks: figures that know where they come from, sentences, tables, charts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from pyarrow import RecordBatch

Kind = Literal["amount", "exact", "rate", "count", "points", "days", "ratio"]
Tone = Literal["", "good", "bad", "muted"]
Language = Literal["zh", "en"]


@dataclass(frozen=True)
class Figure:
    """A number as the mart has it: rates and points are 0-1, `exact` is money to the cent; None carries a reason."""

    value: Decimal | None
    kind: Kind
    mart: str
    measure: str
    keys: tuple[tuple[str, str], ...] = ()
    signed: bool = False
    tone: Tone = ""
    reason: str = "no_data"

    @property
    def number(self) -> Decimal:
        """The value for ordering and drawing, where nothing counts as zero."""
        return Decimal(0) if self.value is None else self.value


@dataclass(frozen=True)
class Words:
    """A piece of text with a tone or weight of its own."""

    text: str
    tone: Tone = ""
    strong: bool = False


Inline = str | Words | Figure
Sentence = tuple[Inline, ...]
Cell = Sentence | None  # None: the question does not arise here


@dataclass(frozen=True)
class Column:
    """A table column; `weight` is its share of the width, 0 for no more than its content needs.

    Columns with `heat` are shaded by the size of each cell's first figure, on one scale.
    """

    title: str
    numeric: bool = True
    weight: float = 1.0
    heat: bool = False


@dataclass(frozen=True)
class Row:
    """A table row: an ordinary one, a lesser one, or the one that adds up the rest."""

    cells: tuple[Cell, ...]
    role: Literal["", "minor", "others", "total"] = ""


@dataclass(frozen=True)
class Table:
    """A table; it is at most ten rows and the others, except on detail pages."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    sentence: Sentence


@dataclass(frozen=True)
class Line:
    """One line of a line chart: a figure, or None, for each label of the chart's axis."""

    name: str
    role: Literal["actual", "plan", "before"]
    points: tuple[Figure | None, ...]


@dataclass(frozen=True)
class LineChart:
    """Lines over the same labels."""

    name: str
    alt: Sentence
    labels: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class BridgeChart:
    """From a first total over signed steps to a last total."""

    name: str
    alt: Sentence
    first: tuple[str, Figure]
    steps: tuple[tuple[str, Figure], ...]
    last: tuple[str, Figure]


@dataclass(frozen=True)
class Bullet:
    """Actual against plan and the year before, with rate and gap in figures."""

    name: str
    actual: Figure
    plan: Figure
    before: Figure
    rate: Figure
    gap: Figure


@dataclass(frozen=True)
class BulletChart:
    """Bullets on one scale; `top` is the scale's end, so that neighbours can share it."""

    name: str
    alt: Sentence
    bullets: tuple[Bullet, ...]


@dataclass(frozen=True)
class StackedChart:
    """Bars of the same parts, coloured from calm to alarming."""

    name: str
    alt: Sentence
    parts: tuple[str, ...]
    bars: tuple[tuple[str, tuple[Figure, ...]], ...]


@dataclass(frozen=True)
class BandChart:
    """How many fall into each band; `tones` colours the bands."""

    name: str
    alt: Sentence
    bands: tuple[tuple[str, Figure], ...]
    tones: tuple[Tone, ...]


@dataclass(frozen=True)
class Dumbbell:
    """One's own rate and the rate it is measured against, with the gap in points."""

    name: str
    own: Figure
    other: Figure
    gap: Figure


@dataclass(frozen=True)
class DumbbellChart:
    """Pairs of rates on one scale; `sides` names the own one and the other."""

    name: str
    alt: Sentence
    sides: tuple[str, str]
    pairs: tuple[Dumbbell, ...]


@dataclass(frozen=True)
class Range:
    """A proposal from low to high with its middle, the target beside it, and how far that lies from the middle."""

    name: str
    low: Figure
    middle: Figure
    high: Figure
    target: Figure
    gap: Figure


@dataclass(frozen=True)
class RangeChart:
    """Ranges on one scale, each with the target marked; `mark` says what the mark is called."""

    name: str
    alt: Sentence
    mark: str
    ranges: tuple[Range, ...]


Chart = RangeChart | LineChart | BridgeChart | BulletChart | StackedChart | BandChart | DumbbellChart
Block = Table | Text | Chart


@dataclass(frozen=True)
class Section:
    """A headed part of the page; two halves that follow each other stand side by side; the mail holds what is `mailed`."""

    name: str
    title: str
    note: Sentence
    blocks: tuple[Block, ...]
    half: bool = False
    detail: bool = False
    mailed: bool = False


@dataclass(frozen=True)
class DataBox:
    """What the numbers rest on, in two lines."""

    accounts: Sentence
    origin: Sentence


DetailKind = Literal["text", "date", "number", "amount"]


@dataclass(frozen=True)
class DetailColumn:
    """A column of detail rows; what its values are is declared, never guessed from a value."""

    title: str
    kind: DetailKind


@dataclass(frozen=True)
class DetailTable:
    """The rows behind figures of the report, in full; they are asked for when they are read, not before.

    A batch has the declared columns, numbers as doubles, and after them each amount once more as an exact DECIMAL.
    """

    name: str
    title: str
    note: str
    columns: tuple[DetailColumn, ...]
    rows: "Iterable[RecordBatch]"


@dataclass(frozen=True)
class Document:
    """A whole report in one language."""

    name: str
    language: Language
    title: str
    subtitle: str
    status: str
    is_final: bool
    facts: tuple[str, ...]
    subject: Sentence
    lead: Sentence
    verdict: Sentence
    sections: tuple[Section, ...]
    data_box: DataBox
    money: str
    show_money_in: str
    currency: str
    scope_id: str
    period_label: str
    cutoff: date
    snapshot: str
    built_at: datetime
    detail: tuple[DetailTable, ...] = ()


class _Names(Protocol):
    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


class Company(Protocol):
    """What a report needs to know of the company; the workspace's settings have it."""

    @property
    def name(self) -> _Names: ...
    @property
    def currency(self) -> str: ...
    @property
    def show_money_in(self) -> _Names: ...


def figures(part: Any) -> Iterator[Figure]:
    """Every figure in a document or a part of it, in reading order."""
    if isinstance(part, Figure):
        yield part
    elif isinstance(part, tuple | list):
        for item in part:
            yield from figures(item)
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            yield from figures(getattr(part, field.name))


def charts(document: Document) -> Iterator[Chart]:
    """The document's charts, in reading order."""
    for section in document.sections:
        for block in section.blocks:
            if not isinstance(block, Table | Text):
                yield block
