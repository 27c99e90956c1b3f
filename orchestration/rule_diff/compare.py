"""The marts of the copy against the published ones, row by row of their keys and figure by figure."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from orchestration.publish.snapshot import Key
from orchestration.rule_diff.base import Base

if TYPE_CHECKING:
    import duckdb

SUBJECTS = ("org_unit_id", "employee_id", "customer_id")
"""Those who gain or lose."""
PERIOD = ("period_type", "period_start", "period_label")
NO_FIGURES = ("_file", "_line", "bucket_order", "version")
DIFFERENCES = """
create table differences (
    mart varchar, org_unit_id varchar, employee_id varchar, customer_id varchar, rest varchar, period_type varchar,
    period_start date, period_label varchar, measure varchar, before decimal(38, 6), after decimal(38, 6))
"""


@dataclass(frozen=True)
class Mart:
    """A mart that was built anew: the columns of its key, and its figures."""

    name: str
    key: tuple[str, ...]
    columns: frozenset[str]
    figures: tuple[str, ...]

    @property
    def subjects(self) -> tuple[str, ...]:
        """Whose figures its rows are."""
        return tuple(name for name in SUBJECTS if name in self.key)

    @property
    def is_by_period(self) -> bool:
        """Whether its rows belong to periods of the calendar."""
        return self.columns.issuperset(PERIOD)

    @property
    def rest(self) -> tuple[str, ...]:
        """What tells its rows apart beside subject and period."""
        told = {*SUBJECTS, *PERIOD, *(("as_of_date",) if self.is_by_period else ())}
        return tuple(name for name in self.key if name not in told)


class Comparison:
    """Both states of the marts, open for reading; a context manager."""

    def __init__(self, base: Base, rebuilt: list[str], keys: dict[str, Key]) -> None:
        self.base, self.rebuilt, self.keys = base, rebuilt, keys

    @cached_property
    def connection(self) -> "duckdb.DuckDBPyConnection":
        """The published marts as `before`, the copy as `after`, and the table `differences`."""
        import duckdb

        connection = duckdb.connect()
        for name, file in (("before", self.base.marts), ("after", self.base.warehouse)):
            connection.execute(f"attach '{_quoted(file)}' as {name} (read_only)")
        connection.execute(DIFFERENCES)
        return connection

    @cached_property
    def marts(self) -> list[Mart]:
        """The marts that were built anew and are published, with something to compare."""
        found = (self._mart(name) for name in self.rebuilt if name in self.keys)
        return [mart for mart in found if mart.figures]

    def compare(self) -> None:
        """Fills `differences`."""
        for mart in self.marts:
            self.connection.execute(f"insert into differences {_query(mart)}")

    def rows(self, sql: str, *parameters: Any) -> list[dict[str, Any]]:
        """The answer to a question about both."""
        cursor = self.connection.execute(sql, list(parameters) or None)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]

    def _mart(self, name: str) -> Mart:
        columns = {side: self._columns(side, name) for side in ("before", "after")}
        key = self.keys[name].columns
        shared = [column for column in columns["before"] if column in columns["after"]]
        figures = [c for c in shared if _is_number(columns["before"][c]) and c not in (*key, *NO_FIGURES)]
        return Mart(name, key, frozenset(shared), tuple(figures))

    def _columns(self, side: str, mart: str) -> dict[str, str]:
        sql = (
            "select column_name, data_type from duckdb_columns()"
            " where database_name = ? and schema_name = 'marts' and table_name = ? order by column_index"
        )
        return dict(self.connection.execute(sql, [side, mart]).fetchall())

    def __enter__(self) -> "Comparison":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()


def _query(mart: Mart) -> str:
    """Rows of a mart that are not the same on both sides, and of these each figure that differs."""
    dated = [name for name in PERIOD if name in mart.columns and name not in mart.key]
    named = ", ".join(f'"{name}"' for name in (*mart.key, *dated))
    values = ", ".join(f'"{name}"::decimal(38, 6) as "{name}"' for name in mart.figures)
    sides = {side: f"select {named}, {values} from {side}.marts.{mart.name}" for side in ("before", "after")}
    figures = ", ".join(f'"{name}"' for name in mart.figures)
    long = " union all ".join(
        f"select *, '{side}' as side from (unpivot (({sides[side]}) except ({sides[other]})) on {figures}"
        " into name measure value figure)"
        for side, other in (("before", "after"), ("after", "before"))
    )
    subjects = ", ".join(name if name in mart.key else f"null::varchar as {name}" for name in SUBJECTS)
    rest = " || ', ' || ".join(f"'{name} ' || coalesce(\"{name}\"::varchar, '')" for name in mart.rest) or "null"
    period = ", ".join(
        name if name in mart.columns else f"null::{'date' if name == 'period_start' else 'varchar'} as {name}"
        for name in PERIOD
    )
    return f"""
        select '{mart.name}', {subjects}, {rest}, {period}, measure,
            any_value(figure) filter (side = 'before') as before, any_value(figure) filter (side = 'after') as after
        from ({long})
        group by measure, {named}
        having before is distinct from after
    """


def _is_number(kind: str) -> bool:
    return kind.startswith(("DECIMAL", "BIGINT", "INTEGER", "DOUBLE", "HUGEINT"))


def _quoted(file: Path) -> str:
    return str(file).replace("'", "''")
