"""What every part of the quarter review is written with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports.content import Cell, Column, Row, Section, Sentence, Table, Text
from reports.documents.quarter_review.load import ReviewData
from reports.documents.shared import desk as shared
from reports.documents.shared.tables import TOP, top, without_empty_columns
from reports.figures import Record


@dataclass(frozen=True)
class Desk(shared.Desk[ReviewData]):
    """Data and writer."""

    def named(self, code: object) -> str:
        """The name of a person or a unit by code, or the code."""
        known = self.data.names.get(str(code))
        return self.writer.name(known) if known else str(code or "")

    def said(self, record: Record, name: str) -> str:
        """A text that the mart has in both languages."""
        return str(record.values[f"{name}_{self.writer.language}"] or "")

    def section(
        self, name: str, mart: str, found: Sequence[Record], columns: tuple[Column, ...],
        cells: Callable[[Record], tuple[Cell, ...]], *, detail: bool = False,
    ) -> Section:  # fmt: skip
        """A table of the records; of many the first and how many more; one sentence where there are none."""
        title = self.writer.word(f"qr_{name}")
        if not found:
            return Section(name, title, (), (Text(self._nothing(name, mart)),), half=True, detail=detail)

        def others(left: Sequence[int]) -> tuple[Cell, ...]:
            return (self.others(len(left)), *(None for _ in columns[1:]))

        rows = [Row(cells(record)) for record in found]
        shown = tuple(rows) if detail else top(rows, others, TOP)
        return Section(name, title, (), (without_empty_columns(Table(name, columns, shown)),), detail=detail)

    def _nothing(self, name: str, mart: str) -> Sentence:
        title = self.writer.word(f"qr_{name}")
        return self.writer.sentence("qr_nothing" if mart in self.data.supplied else "not_supplied", names=title)
