"""What the generator knows of each file: how many rows should load, and which faults it planted where."""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass
class FileCount:
    """The rows of one file for one table: read = loaded + quarantined + skipped."""

    file: str
    source: str
    table: str
    rows_read: int
    rows_quarantined: int = 0
    rows_skipped: int = 0
    control_total: Decimal | None = None
    state: str = "live"  # or held, for an incomplete dump

    @property
    def rows_loaded(self) -> int:
        """What is neither quarantined nor skipped."""
        return self.rows_read - self.rows_quarantined - self.rows_skipped


@dataclass(frozen=True)
class Fault:
    """One planted fault; `line` is the row that a spreadsheet shows."""

    file: str
    line: int
    tables: tuple[str, ...]
    kind: str
    column: str
    value: str


@dataclass
class Accounts:
    """All files and faults."""

    files: list[FileCount] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def count(self, file: str, source: str, table: str, read: int, **rest: int | Decimal | str | None) -> None:
        """Note a file's rows for one table."""
        self.files.append(FileCount(file, source, table, read, **rest))  # type: ignore[arg-type]
