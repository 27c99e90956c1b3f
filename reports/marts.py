"""The current publication, read-only: the one place where reports ask for data."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from reports.figures import Record
from salesops.errors import UserError

if TYPE_CHECKING:
    import duckdb

# Every row of a scope: the unit itself and all below it, as they stood on the last day of the period.
SUBTREE = "select descendant_id from dim_org_unit_closure where ancestor_id = $scope"


class Marts:
    """A publication that is open for reading; a context manager."""

    def __init__(self, published: Path) -> None:
        self.published = published
        self._current = self._read_pointer()
        self._connection: duckdb.DuckDBPyConnection | None = None

    def _read_pointer(self) -> dict[str, str]:
        try:
            return json.loads((self.published / "current.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise UserError(
                "nothing has been published yet.",
                where=str(self.published),
                mend="Run `salesops run` first.",
                exit_code=1,
            ) from None

    @property
    def snapshot(self) -> str:
        """The publication's id."""
        return self._current["snapshot"]

    @property
    def identity(self) -> tuple[str, int, int]:
        """The publication, and its file as it is now: whoever repairs it by hand changes what reports say."""
        file = (self.published.parent / self._current["duckdb"]).stat()
        return self.snapshot, file.st_size, file.st_mtime_ns

    @property
    def as_of(self) -> date:
        """The last day that counts in this publication."""
        return date.fromisoformat(self._current["as_of"])

    @property
    def built_at(self) -> datetime:
        """When the publication was built (UTC)."""
        return self.row("select built_at from publication")["built_at"]

    @property
    def connection(self) -> "duckdb.DuckDBPyConnection":
        """The read-only connection, opened at the first question."""
        if self._connection is None:
            import duckdb

            file = self.published.parent / self._current["duckdb"]
            self._connection = duckdb.connect(str(file), read_only=True)
            self._connection.execute("set schema = 'marts'")
        return self._connection

    @cached_property
    def tables(self) -> set[str]:
        """The marts that this publication holds."""
        names = self.connection.execute("select table_name from information_schema.tables where table_schema = 'marts'")
        return {name for (name,) in names.fetchall()}

    def rows(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        """The answer as a list of dictionaries; money stays DECIMAL."""
        cursor = self.connection.execute(sql, parameters or None)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]

    def row(self, sql: str, **parameters: Any) -> dict[str, Any]:
        """The first row of the answer, empty where there is none."""
        return next(iter(self.rows(sql, **parameters)), {})

    def records(self, mart: str, keys: Sequence[str], sql: str, **parameters: Any) -> list[Record]:
        """The answer as records of a mart, found again by `keys`; none where the publication lacks the mart."""
        if mart not in self.tables:
            return []
        return [
            Record(mart, tuple((key, str(values[key])) for key in keys), values)
            for values in self.rows(sql, **parameters)
        ]

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> "Marts":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
