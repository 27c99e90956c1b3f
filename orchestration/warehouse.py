"""What dbt reads: views in the build warehouse over the live batches, the compiled rulebook, and the accounts."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.contract import BATCH_COLUMNS, Contract, contracts
from orchestration.closing import TABLES as CLOSING_TABLES
from orchestration.corrections import TABLES as CORRECTIONS_TABLES
from rulebook.compile import TABLES as RULEBOOK_TABLES

if TYPE_CHECKING:
    import duckdb

META_TABLES = ("company", "files", "batches", "accounting", "skips")


def raw_columns(contract: Contract) -> dict[str, str]:
    """Name → DuckDB type of every column of a raw table."""
    return {field.name: field.sql_type for field in contract.fields} | BATCH_COLUMNS


def attach_sources(connection: "duckdb.DuckDBPyConnection", lake: Path, known_at: date | None = None) -> None:
    """(Re)makes the schemas `raw`, `rulebook`, `corrections`, `closings` and `meta` as views over the lake; `known_at` leaves out later files."""
    for schema in ("raw", "rulebook", "corrections", "closings", "meta"):
        connection.execute(f"create schema if not exists {schema}")
    for name in META_TABLES:
        _view(connection, f"meta.{name}", _known(name, lake / "meta", known_at))
    for name in RULEBOOK_TABLES:
        _table(connection, f"rulebook.{name}", _parquet([lake / "rulebook" / f"{name}.parquet"]))
    for name in CORRECTIONS_TABLES:
        _view(connection, f"corrections.{name}", _parquet([lake / "corrections" / f"{name}.parquet"]))
    for name, columns in CLOSING_TABLES.items():
        _view(connection, f"closings.{name}", closings_query(lake / "closings" / name, columns))
    live = connection.execute(
        "select table_name, list(batch_id order by sequence, batch_id) from meta.batches where state = 'live' group by 1"
    ).fetchall()
    batches = dict(live)
    connection.execute("create or replace table meta.extra_columns (table_name varchar, name varchar)")
    for contract in contracts().values():
        folder = lake / "raw" / contract.name
        files = [folder / f"batch={batch}" / "part.parquet" for batch in batches.get(contract.name, [])]
        extra = _extra_columns(connection, contract, files)
        _view(connection, f"raw.{contract.name}", _typed(contract, extra, files))
        for name in extra:
            connection.execute("insert into meta.extra_columns values (?, ?)", [contract.name, name])


def _known(name: str, meta: Path, known_at: date | None) -> str:
    """A table of the accounts, as far as it speaks of files that had been extracted by then."""
    everything = _parquet([meta / f"{name}.parquet"])
    if known_at is None or name == "company":
        return everything
    files = _parquet([meta / "files.parquet"])
    return (
        f"{everything} where file_number in (select file_number from ({files}) where extracted_on <= date '{known_at}')"
    )


def closings_query(folder: Path, columns: dict[str, str]) -> str:
    """A table of the closings; they hold whatever is known of the data, so an old state of knowledge keeps them."""
    files = sorted(folder.glob("*.parquet"))
    nulls = ", ".join(f"cast(null as {kind}) as {name}" for name, kind in columns.items())
    return _parquet(files) if files else f"select {nulls} where false"


def _extra_columns(connection: "duckdb.DuckDBPyConnection", contract: Contract, files: list[Path]) -> list[str]:
    """What the live batches have beyond the contract, as their mappings name it."""
    if not files:
        return []
    found = connection.execute(f"{_parquet(files)} limit 0").description
    return sorted({name for name, *_ in found} - raw_columns(contract).keys())


def _typed(contract: Contract, extra: list[str], files: list[Path]) -> str:
    columns = raw_columns(contract)
    if files:
        named = [*columns, *(f'"{name}"' for name in extra)]
        return f"select {', '.join(named)} from ({_parquet(files)})"
    nulls = ", ".join(f"cast(null as {kind}) as {name}" for name, kind in columns.items())
    return f"select {nulls} where false"


def _parquet(files: list[Path]) -> str:
    paths = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
    return f"select * from read_parquet([{paths}], union_by_name = true, hive_partitioning = false)"


def _table(connection: "duckdb.DuckDBPyConnection", name: str, query: str) -> None:
    """A copy: rules are few, and the warehouse keeps those that its marts were built by."""
    connection.execute(f"create or replace table {name} as {query}")


def _view(connection: "duckdb.DuckDBPyConnection", name: str, query: str) -> None:
    connection.execute(f"create or replace view {name} as {query}")
