"""Makes PostgreSQL hold the publication that the pointer names; nothing is done where it holds it already."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.publish.pointer import current
from orchestration.publish.postgres.bring import bring
from orchestration.publish.postgres.existing import OURS, read_existing
from orchestration.publish.postgres.server import Server, connect
from orchestration.publish.postgres.tables import SCHEMA, read_tables
from salesops.errors import UserError

READER = "salesops_reader"
OLDEST = 15  # the first PostgreSQL whose views can ask for the rights of their reader
LOCK = 7_240_553_818  # any number; publishers of this database take turns by it


@dataclass(frozen=True)
class Followed:
    """Which publication PostgreSQL has now, whether it came just now, and whether the role for readers exists."""

    snapshot_id: str
    is_new: bool
    has_reader: bool


def follow(published: Path, url: str, where: str, checkpoint: Callable[[str], None]) -> Followed:
    """Brings the database at `url` to the current publication in one transaction; UserError if that fails."""
    with connect(url, where) as server:
        _refuse_old(server, where)
        server.do(
            "set local lock_timeout = '60s'", "set local work_mem = '64MB'", f"perform pg_advisory_xact_lock({LOCK})"
        )
        snapshot = (current(published) or {})["snapshot"]  # read under the lock: the later publisher brings the newer
        is_new = _held(server) != snapshot
        if is_new:
            with duckdb.connect() as connection:
                bring(
                    server, read_tables(connection, published / snapshot), read_existing(server), connection, checkpoint
                )
        has_reader = _open_to_reader(server, is_new)
        checkpoint("postgres.before_commit")
        server.commit()
    checkpoint("postgres.committed")
    return Followed(snapshot, is_new, has_reader)


def _refuse_old(server: Server, where: str) -> None:
    version = int(server.rows("select current_setting('server_version_num')")[0][0]) // 10_000
    if version < OLDEST:
        raise UserError(f"PostgreSQL {version} is too old.", where=where, mend=f"Use PostgreSQL {OLDEST} or newer.")


def _held(server: Server) -> str | None:
    """The publication that the database holds."""
    there = server.rows(f"select to_regclass('{SCHEMA}.publication') is not null")[0][0]
    return server.rows(f"select snapshot_id from {SCHEMA}.publication")[0][0] if there else None


def _open_to_reader(server: Server, is_new: bool) -> bool:
    """Lets the role for readers, and nobody else, read; makes the role where this user may, else False if it is missing."""
    exists, may, reads = server.rows(
        "select reader.oid is not null, me.rolsuper or me.rolcreaterole,"
        f" reader.oid is not null and has_schema_privilege(reader.oid, '{SCHEMA}', 'usage')"
        f" from pg_roles me left join pg_roles reader on reader.rolname = '{READER}' where me.rolname = current_user"
    )[0]
    if not exists and not may:
        return False
    if is_new or not reads:
        relations, schemas = server.rows(
            "select string_agg(c.oid::regclass::text, ', '), string_agg(distinct c.relnamespace::regnamespace::text, ', ')"
            f" from {OURS} and c.relkind in ('r', 'v') and pg_has_role(c.relowner, 'usage')"
        )[0]
        server.do(
            *([] if exists else [f"create role {READER} nologin"]),
            f"revoke all on schema {SCHEMA} from public",
            f"grant usage on schema {schemas} to {READER}",
            f"grant select on {relations} to {READER}",
        )
    return True
