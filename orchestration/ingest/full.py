"""Full dumps: what changed since the dump before, so that the lake grows by differences only."""

from pathlib import Path

import duckdb

from expectations.contract import Contract
from orchestration.ingest import sql
from orchestration.ingest.mapping import Mapping
from salesops.errors import UserError

MIN_SHARE = 0.5  # a dump that lost more than half of its rows is a broken export until a mapping says otherwise


def compare(
    con: duckdb.DuckDBPyConnection,
    contract: Contract,
    columns: list[str],
    mapping: Mapping,
    earlier: list[Path],
    file_name: str,
) -> UserError | None:
    """Makes table `compared` (rows to write, with `_op`) from view `typed`; why the dump must be held, if it must."""
    _make_state(con, contract, columns, earlier)
    scope = mapping.replaces.rows_with_same if mapping.replaces else []
    inside = _inside(scope)
    held = _shrunk(con, contract, mapping.min_share, inside, file_name)
    same_key = " and ".join(f"a.{sql.name(key)} is not distinct from b.{sql.name(key)}" for key in contract.key)
    packed = {side: f"row({', '.join(f'{side}.{sql.name(column)}' for column in columns)})" for side in "ab"}
    con.execute(f"""
        create or replace view newest as
        select *, row_number() over (
                partition by {sql.names(contract.key)} order by _version_at desc nulls last, _ordinal desc) = 1 as _wins
        from typed where _skip is null and not _bad""")
    con.execute(f"""
        create or replace table compared as
        with changed as (
            select {sql.names(contract.key)}, _was
            from (select a.*, b._version_at as _was, b._known, {packed["a"]} is distinct from {packed["b"]} as _differs
                from newest as a left join state as b on {same_key} where a._wins)
            where _known is null or _differs)
        select {", ".join(f"a.{sql.name(column)}" for column in columns)}, a._ordinal, 'upsert' as _op,
            case when a._wins then greatest(a._version_at, b._was) else a._version_at end as _version_at
        from newest as a join changed as b on {same_key}
        union all
        select {", ".join(f"a.{sql.name(column)}" for column in columns)}, null, 'delete', a._version_at
        from state as a
        where {inside} and not exists (select 1 from typed as b where b._skip is null and {same_key})""")
    return held


def _make_state(con: duckdb.DuckDBPyConnection, contract: Contract, columns: list[str], earlier: list[Path]) -> None:
    """Table `state`: the rows that the dumps before add up to. Always computed from the lake, kept nowhere."""
    if not earlier:
        types = {field.name: field.sql_type for field in contract.fields}
        empty = ", ".join(f"null::{types.get(column, 'varchar')} as {sql.name(column)}" for column in columns)
        nothing = f"select {empty}, null::timestamp as _version_at, true as _known limit 0"
        con.execute(f"create or replace table state as {nothing}")
        return
    con.execute(f"""
        create or replace table state as
        select {sql.names(columns)}, _version_at, true as _known
        from (select *, row_number() over (
                partition by {sql.names(contract.key)}
                order by _extracted_on desc, _sequence desc, _version_at desc nulls last, _line desc nulls last
            ) as _place
            from read_parquet([{sql.texts(earlier)}], hive_partitioning = false))
        where _place = 1 and _op <> 'delete'""")


def _inside(scope: list[str]) -> str:
    """Which rows of the state the dump speaks about."""
    if not scope:
        return "true"
    same = " and ".join(f"a.{sql.name(field)} is not distinct from s.{sql.name(field)}" for field in scope)
    return f"exists (select 1 from typed as s where s._skip is null and {same})"


def _shrunk(
    con: duckdb.DuckDBPyConnection, contract: Contract, min_share: float | None, inside: str, file_name: str
) -> UserError | None:
    share = MIN_SHARE if min_share is None else min_share
    before = sql.one(con, f"select count(*) from state as a where {inside}")[0]
    keys = f"select distinct {sql.names(contract.key)} from typed where _skip is null"
    now = sql.one(con, f"select count(*) from ({keys})")[0]
    if now >= share * before:
        return None
    return UserError(
        f"the dump of `{contract.name}` has {now} rows, the one before had {before}: "
        f"less than the share of {share:g} that `min_share` asks for.",
        where=file_name,
        mend="Export it again, or lower `min_share`.",
    )
