"""The other rules in the copied warehouse, and every model that reads what they changed built anew."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.rule_diff.base import Base
from rulebook import Rulebook
from rulebook.compile import TABLES, write_rules
from salesops.errors import UserError

if TYPE_CHECKING:
    import duckdb

OF_TEXT = ("version", "content")
"""Columns that change with the wording of a file, and so say nothing of its effect."""


@dataclass(frozen=True)
class Rebuilt:
    """A model that was built anew."""

    name: str
    seconds: float


def replace_rules(base: Base, after: Rulebook, files: dict[str, Path], version: str) -> list[str]:
    """Puts the tables of another rulebook into the copy; the names of those that hold something else now."""
    import duckdb

    folder = base.folder / "rulebook"
    write_rules(after, files, version, folder)
    changed = []
    with duckdb.connect(str(base.warehouse)) as connection:
        for table in TABLES:
            file = str(folder / f"{table}.parquet").replace("'", "''")
            if _differs(connection, table, file):
                changed.append(table)
            connection.execute(f"create or replace table rulebook.{table} as select * from read_parquet('{file}')")
    return changed


def _differs(connection: "duckdb.DuckDBPyConnection", table: str, file: str) -> bool:
    names = [name for name, *_ in connection.execute(f"describe rulebook.{table}").fetchall() if name not in OF_TEXT]
    columns = ", ".join(f'"{name}"' for name in names)
    old, new = f"select {columns} from rulebook.{table}", f"select {columns} from read_parquet('{file}')"
    sides = f"(({old}) except all ({new})) union all (({new}) except all ({old}))"
    return bool(connection.execute(f"select 1 from ({sides}) limit 1").fetchall())


def rebuild(base: Base, tables: list[str], target: Path, say: Callable[[str], None]) -> list[Rebuilt]:
    """Every model downstream of these tables of the rulebook, in the copy; nothing else is built, nothing tested."""
    from orchestration.transform import NodeResult, invoke

    built: list[Rebuilt] = []
    bad: list[NodeResult] = []

    def note(node: NodeResult) -> None:
        say(node.name)
        if node.status == "success":
            built.append(Rebuilt(node.name, node.seconds))
        else:
            bad.append(node)

    selection = [f"source:rulebook.{table}+" for table in tables]
    result = invoke(["run", "--select", *selection], base.warehouse, target, base.as_of, on_node=note)
    if bad or not result.success:
        where = bad[0].name if bad else "dbt"
        reason = " ".join((bad[0].message if bad else str(result.exception)).split())
        what = f"the models cannot be built by these rules: {reason}"
        raise UserError(what, where=where, mend="Mend the rule; nothing that is published has changed.", exit_code=1)
    return sorted(built, key=lambda model: model.name)
