"""What lies in the schema `marts` of the database now, and what of ours lies in `custom`."""

from dataclasses import dataclass, field

from orchestration.publish.postgres.server import Server
from orchestration.publish.postgres.tables import SCHEMA
from salesops.errors import UserError

CONTENTS_TABLE = "publication_marts"  # which tables are ours, and the fingerprint of what each holds
_TABLES = f"pg_class c where c.relnamespace = to_regnamespace('{SCHEMA}')"
_NAME = f"case when c.relnamespace = to_regnamespace('{SCHEMA}') then '' else 'custom.' end || c.relname"
OURS = (
    f"pg_class c where (c.relnamespace = to_regnamespace('{SCHEMA}') or c.relnamespace = to_regnamespace('custom')"
    f" and 'custom.' || c.relname in (select mart from {SCHEMA}.{CONTENTS_TABLE}))"
)


@dataclass
class Existing:
    """Tables of ours (others are never touched): columns with types, keys, comments, fingerprints; and all views."""

    fingerprints: dict[str, str] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    keys: dict[str, tuple[bool, tuple[str, ...]]] = field(default_factory=dict)
    comments: dict[tuple[str, str], str] = field(default_factory=dict)
    views: set[str] = field(default_factory=set)


def read_existing(server: Server) -> Existing:
    """Reads the catalog; makes the schema if there is none, and refuses one that is somebody else's."""
    schema, ours, occupied = server.rows(
        f"select to_regnamespace('{SCHEMA}') is not null, to_regclass('{SCHEMA}.{CONTENTS_TABLE}') is not null,"
        f" exists (select from {_TABLES})"
    )[0]
    if ours:
        return _read(server)
    if occupied:
        raise UserError(
            "the schema `marts` of this database holds tables that salesops did not make.",
            where="publish.postgres",
            mend="Name a database of its own, or rename that schema.",
            exit_code=1,
        )
    if not schema:
        server.do(f"create schema {SCHEMA}")
    server.do(f"create table {SCHEMA}.{CONTENTS_TABLE} (mart text primary key, row_count bigint, fingerprint text)")
    return Existing()


def _read(server: Server) -> Existing:
    found = Existing()
    found.fingerprints = dict(server.rows(f"select mart, fingerprint from {SCHEMA}.{CONTENTS_TABLE}"))
    rows = server.rows(
        "select c.name::text, coalesce(a.attname::text, ''), format_type(a.atttypid, a.atttypmod),"
        " coalesce(col_description(c.oid, a.attnum), '')"
        f" from pg_attribute a join (select c.oid, {_NAME} as name from {OURS} and c.relkind = 'r') c on c.oid = a.attrelid"
        " where a.attnum > 0 and not a.attisdropped order by c.name, a.attnum"
    )
    for table, column, sql_type, comment in rows:
        found.columns.setdefault(table, {})[column] = sql_type
        found.comments[table, column] = comment
    described = server.rows(f"select ({_NAME})::text, obj_description(c.oid, 'pg_class') from {OURS}")
    found.comments |= {(table, ""): comment or "" for table, comment in described}
    found.views = {view for (view,) in server.rows(f"select c.relname::text from {_TABLES} and c.relkind = 'v'")}
    found.keys = {table: (primary, tuple(names.split("\n"))) for table, primary, names in server.rows(_KEYS)}
    return found


_KEYS = f"""
    select t.relname::text, k.contype = 'p', string_agg(a.attname::text, e'\\n' order by p.position)
    from pg_constraint k
    join pg_class t on t.oid = k.conrelid
    cross join unnest(k.conkey) with ordinality p(number, position)
    join pg_attribute a on a.attrelid = t.oid and a.attnum = p.number
    where k.contype in ('p', 'u') and t.relnamespace = to_regnamespace('{SCHEMA}')
    group by 1, 2"""
