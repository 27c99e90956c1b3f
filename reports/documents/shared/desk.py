"""What every part of a report is written with: the data, the writer, and the words for the period."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from reports.content import Cell
from reports.documents.shared.load import ReportData
from reports.text import Writer

Data = TypeVar("Data", bound=ReportData, covariant=True)


@dataclass(frozen=True)
class Desk(Generic[Data]):
    """Data and writer."""

    data: Data
    writer: Writer

    @property
    def before(self) -> str:
        """The period before, in words."""
        return self.writer.word(f"before_{self.data.period.kind}")

    @property
    def span(self) -> str:
        """The period itself, in words."""
        return self.writer.word(self.data.period.kind)

    @property
    def unit(self) -> str:
        """The scope, in words."""
        return self.writer.word("whole_company") if self.data.is_whole else self.writer.name(self.data.scope)

    def others(self, count: int) -> Cell:
        """`37 others`."""
        return (self.writer.word("others", n=count),)

    def listed(self, names: tuple[str, ...]) -> str:
        """Names in a row, as the language sets them apart."""
        return ("、" if self.writer.language == "zh" else ", ").join(names)
