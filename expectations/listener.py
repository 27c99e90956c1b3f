"""Lets Great Expectations read its results from DuckDB."""

from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy

MOST_ROWS = 10_000
"""No expectation in use reads more rows of one query: they read aggregates, or the first 200 offenders."""


def buffer_rows(engine: Engine) -> None:
    """Fetch the rows of every query at once, since Great Expectations reads them after the cursor is closed."""

    @event.listens_for(engine, "after_cursor_execute")
    def _buffer(_connection: Any, cursor: Any, _sql: str, _values: Any, context: Any, _many: bool) -> None:
        if cursor.description:
            rows = cursor.fetchmany(MOST_ROWS)
            context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(cursor, initial_buffer=rows)
