"""What every part of the pipeline report is written with: the data, the writer, and what is said where data is missing."""

from dataclasses import dataclass

from reports.content import Section, Text
from reports.documents.pipeline.data import PipelineData
from reports.documents.shared import desk as shared
from reports.figures import Record


@dataclass(frozen=True)
class Desk(shared.Desk[PipelineData]):
    """Data and writer."""

    def found(self, part: str, question: str) -> tuple[Record, ...]:
        """The records that answer a part's question."""
        return self.data.answers.get(part, {}).get(question, ())

    def one(self, part: str, question: str) -> Record | None:
        """The first of them, if any."""
        return next(iter(self.found(part, question)), None)

    def stage(self, record: Record) -> str:
        """The name of a record's stage."""
        values = record.values
        name = values.get("stage_name_zh") if self.writer.language == "zh" else values.get("stage_name_en")
        return name or str(values["stage"])

    def owner(self, record: Record) -> str:
        """The name of a record's owner, if it has one."""
        values = {"name": record.values["owner_name"], "name_en": record.values["owner_name_en"]}
        return self.writer.name(values) if values["name"] else ""

    def not_supplied(self, part: str, *, half: bool = False) -> list[Section]:
        """The part's heading over one sentence: its data was not supplied."""
        title = self.writer.word(f"{part}_title")
        return [Section(part, title, (), (Text(self.writer.sentence("not_supplied", names=title)),), half=half)]
