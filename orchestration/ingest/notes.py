"""What a person should know of a file that was read all the same."""

from typing import TYPE_CHECKING

from orchestration.ingest.landing import dated
from orchestration.ingest.mapping import Source
from salesops.errors import UserError

if TYPE_CHECKING:
    import duckdb

    from orchestration.ingest.rows import TableRows

CAPS = {2000, 10000, 50000, 65535, 65536, 1048575, 1048576}
"""Where programs cut exports off: query pages, lists, sheets of Excel with and without the header."""


def undated_note(source: Source, name: str) -> tuple[UserError, ...]:
    """The file's name has no date where the mapping's pattern looks for one."""
    pattern = source.mapping.read.date_pattern
    if pattern is None or dated(source, name):
        return ()
    what = f"`date_pattern: {pattern}` finds no date in this name, so the file counts as of the day it was saved."
    return (UserError(what, where=name, mend="Mend the pattern, or rename the file."),)


def lacking_note(rows: "TableRows") -> tuple[UserError, ...]:
    """Extra columns that the file does not have."""
    name, columns = rows.staged.name, rows.table.extra.values()
    return tuple(
        UserError(
            f"the file lacks the extra column `{column}`, so its rows have nothing there.",
            where=name,
            mend="If it has another name here, write `also_called`.",
        )
        for column in columns
        if column not in rows.staged.places
    )


def cap_note(name: str, rows: int) -> tuple[UserError, ...]:
    """The file has exactly as many rows as some program lets out at most."""
    if rows not in CAPS:
        return ()
    what = f"the file has exactly {rows} rows, where many programs stop: the export may be cut off."
    return (UserError(what, where=name, mend="Compare it with the program's own count, or export in parts."),)


def rounded_note(con: "duckdb.DuckDBPyConnection", name: str, fields: list[str]) -> tuple[UserError, ...]:
    """Codes of more than 15 digits that all end in zeros: Excel keeps 15 digits of a number."""
    if not fields:
        return ()
    counts = []
    for field in fields:
        long = f"case when strlen({field}) > 15 then regexp_full_match({field}, '[0-9]+') else false end"
        zeros = f"case when {long} then regexp_full_match({field}, '[0-9]{{15}}0+') else false end"
        counts += [f"count(*) filter ({long})", f"count(*) filter ({zeros})"]
    found = con.execute(f"select {', '.join(counts)} from typed where _skip is null").fetchall()[0]
    return tuple(
        UserError(
            f"all {long} values of {field} with more than 15 digits end in zeros: Excel has likely rounded them.",
            where=name,
            mend="Export again, and do not open the file in Excel before.",
        )
        for field, long, zeros in zip(fields, found[::2], found[1::2], strict=True)
        if long > 1 and long == zeros
    )
