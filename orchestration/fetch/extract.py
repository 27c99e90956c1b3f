"""From what a server gave to a file: all text, sorted, without the rows that an earlier extract brought already."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow.parquet as pq

from orchestration.ingest import sql
from orchestration.ingest.mapping import Mapping

if TYPE_CHECKING:
    import pyarrow as pa

CURSOR = "_cursor"
"""The column in which tables carry the value that tells new rows from old, in its own type; all others are text."""


class Extract:
    """One fetch of a source; `note` lists the rows near the end of the one before, by digest and cursor."""

    def __init__(self, mapping: Mapping, note: Path | None) -> None:
        assert mapping.origin
        self.origin = mapping.origin
        self.con = duckdb.connect(config={"threads": 2, "autoinstall_known_extensions": False})
        self.con.execute("set TimeZone = 'UTC'")
        usable = note is not None and self._one(f"select any_value(mark) from {_parquet(note)}") == self.origin.mark
        self.before = note if usable else None
        self.scratch = TemporaryDirectory(prefix="salesops-fetch-")
        self.con.execute(f"set temp_directory = {sql.text(self.scratch.name)}")
        self.names: list[str] = []

    def __enter__(self) -> "Extract":
        return self

    def __exit__(self, *_: object) -> None:
        self.con.close()
        self.scratch.cleanup()

    @property
    def since(self) -> Any:
        """Where to begin; None: from the first row."""
        last = self._last([_parquet(self.before)] if self.before else [])
        return None if last is None else self.origin.since(last)

    def take(self, tables: "Iterable[pa.Table]") -> None:
        """Keeps what the server gives on disk, and finds what is new of it."""
        for number, table in enumerate(tables):
            self.names += [name for name in table.column_names if name not in (*self.names, CURSOR)]
            pq.write_table(table, Path(self.scratch.name) / f"{number:06}.parquet")
        if not self.names:
            return
        given = f"read_parquet({sql.text(Path(self.scratch.name) / '*.parquet')}, union_by_name = true)"
        columns = sql.names(self.names)
        digest = f"md5(cast(to_json([{columns}]) as varchar))"
        present = [row[0] for row in self.con.execute(f"describe select * from {given}").fetchall()]
        cursor = "" if CURSOR in present else f", null::timestamp as {CURSOR}"
        self.con.execute(f"create view given as select *{cursor}, {digest} as digest from {given}")
        old = f"where digest not in (select digest from {_parquet(self.before)})" if self.before else ""
        self.con.execute(f"create table fresh as select * from given {old}")

    @property
    def anything_new(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.names) and bool(self._one("select count(*) from fresh"))

    def write(self, target: Path) -> None:
        """The file for ingest; the same rows give the same bytes."""
        columns = sql.names(self.names)
        first = f"{CURSOR} nulls first, " if self.origin.cursor else ""
        order = f"order by {first}{columns}"
        self.con.execute(f"copy (select {columns} from fresh {order}) to {sql.text(target)} (format csv, header)")

    def write_note(self, target: Path) -> None:
        """The rows that the next fetch will see again, because it looks back by the lag, and where it begins."""
        parts = ["fresh", *([_parquet(self.before)] if self.before else [])]
        last = self._last(parts)
        near = f"{CURSOR} is null" if last is None else f"{CURSOR} is null or {CURSOR} >= $1"
        rows = " union all ".join(f"select digest, {CURSOR} from {part}" for part in parts)
        query = f"select distinct *, {sql.text(self.origin.mark)} as mark from ({rows}) where {near} order by all"
        values = [] if last is None else [self.origin.since(last)]
        self.con.execute(f"copy ({query}) to {sql.text(target)} (format parquet)", values)

    def _last(self, parts: list[str]) -> Any:
        values = [self._one(f"select max({CURSOR}) from {part}") for part in parts]
        return max((value for value in values if value is not None), default=None)

    def _one(self, query: str) -> Any:
        return self.con.execute(query).to_arrow_table().column(0)[0].as_py()


def _parquet(path: Path) -> str:
    return f"read_parquet({sql.text(path)})"
