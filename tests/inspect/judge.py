"""What inspection proposed for a folder, counted against mappings that people wrote for the same files."""

from dataclasses import dataclass, field
from pathlib import Path

from expectations.contract import contracts
from orchestration.ingest.landing import matches
from orchestration.ingest.sources import load_sources
from orchestration.inspect.folder import Inspection, inspect_files


@dataclass
class Count:
    """Tables and columns that were found, and those that were not."""

    tables: int = 0
    wrong_tables: list[str] = field(default_factory=list)
    columns: int = 0
    wrong_columns: list[str] = field(default_factory=list)
    wrong_required: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return 1 - len(self.wrong_columns) / self.columns


def counted(found: Inspection, sources: Path) -> Count:
    """Every column that a mapping names, with what inspection made of it: its field, its column, its unit."""
    count = Count()
    for source in load_sources(sources):
        mine = [one for one in found.proposals if any(matches(source, name) for name in one.looked.names)]
        for name, table in source.mapping.tables.items():
            count.tables += 1
            drafts = [draft for one in mine for draft in one.tables if draft.table == name]
            if not drafts:
                count.wrong_tables.append(f"{source.name}: {name}")
                continue
            lines = {line.field: line for line in drafts[0].lines}
            required = {one.name for one in contracts()[name].fields if one.required}
            for field_name, column in table.columns.items():
                line = lines.get(field_name)
                found_column = line.column if line else None
                right = line is not None and found_column == column.column
                if column.column is not None:
                    count.columns += 1
                    right = right and (line.times or 1) == (column.times or 1)  # type: ignore[union-attr]
                if not right:
                    what = f"{source.name}: {name}.{field_name} <- {found_column} instead of {column.column}"
                    if column.column is not None:
                        count.wrong_columns.append(what)
                    if field_name in required:
                        count.wrong_required.append(what)
    return count


def inspected(folder: Path, scratch: Path) -> Inspection:
    scratch.mkdir(exist_ok=True)
    return inspect_files([folder], scratch)
