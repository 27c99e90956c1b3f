"""Closed values and dated adjustments make the current figures, whatever is closed, reopened and corrected when."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.closing import Act, in_force, read, record
from orchestration.closing.register import TABLES
from orchestration.warehouse import closings_query
from tests.marts.harness import Living, living, rows

MONTHS = [f"2025-{month:02d}" for month in range(1, 7)]
MODELS = ("int_closings", "int_closed_spans", "int_known_results", "mart_period_adjustment", "mart_closed_result")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("change"), st.sampled_from(MONTHS), st.sampled_from("AB"), st.integers(-500, 500)),
        st.tuples(st.sampled_from(["close", "close", "reopen"])),
    ),
    max_size=14,
)


class Books:
    """The models of closings over results and a register that a test writes itself."""

    def __init__(self, models: Living, folder: Path) -> None:
        self.connection, self.closings = models.refill({}), folder / "closings"
        self.publication = folder / "publication"
        self.sql = [(name, text) for name, text in models.queries() if name.split('"')[-2] in MODELS]

    def start(self) -> None:
        for file in self.closings.rglob("*.parquet"):
            file.unlink()
        self.figures: dict[tuple[str, str], int] = {}

    def change(self, month: str, who: str, amount: int) -> None:
        self.figures[month, who] = amount

    def _results(self) -> None:
        self.connection.execute("delete from marts.mart_period_result")
        for (month, who), amount in self.figures.items():
            self.connection.execute(
                "insert into marts.mart_period_result values"
                " ('sales', 'employee', ?, 'month', ?, ?, 'preliminary', 'booked_amount', false, ?)",
                [who, f"{month}-01", month, amount],
            )

    def act(self, what: str) -> None:
        """Closes the next month, from February, or reopens the last that is closed, if there is one."""
        acts = read(self.closings)
        closed = in_force(acts)
        place = MONTHS.index(closed[-1].period_label) if closed else 0
        month = MONTHS[place + 1] if what == "close" else MONTHS[place]
        if month == MONTHS[-1] or (what == "reopen" and not closed):
            return
        self._results()
        (self.publication / "parquet").mkdir(parents=True, exist_ok=True)
        self.connection.execute(
            f"copy marts.mart_period_result to '{self.publication}/parquet/mart_period_result.parquet'"
        )
        start, after = (date.fromisoformat(f"{MONTHS[MONTHS.index(month) + n]}-01") for n in (0, 1))
        number = acts[-1].number + 1 if acts else 1
        named = (number, what, "sales", month, start, after, f"{after:%Y-%m}", datetime(2025, 7, 1), "Wang Fang", "")
        record(self.closings, [Act(*named, "snapshot", date(2025, 6, 30), "rules")], self.publication)

    def built(self) -> duckdb.DuckDBPyConnection:
        self._results()
        for name, columns in TABLES.items():
            query = closings_query(self.closings / name, columns)
            self.connection.execute(f"create or replace view closings.{name} as {query}")
        for relation, query in self.sql:
            self.connection.execute(f"create or replace table {relation} as {query}")
        return self.connection


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    with living("+mart_closed_result", "2025-06-30") as models:
        yield Books(models, tmp_path_factory.mktemp("books"))


def figures(books: Books) -> dict[str, tuple[Decimal | None, ...]]:
    names = ("as_closed_amount", "as_current_amount", "adjustment_amount", "reported_amount", "quarter_to_date_amount")
    found = rows(books.built(), "from marts.mart_closed_result where entity_id = 'A' order by period_start")
    return {row["period_label"]: tuple(row[name] for name in names) for row in found}


def test_a_change_after_the_close_stands_in_the_month_that_was_open_then(books: Books) -> None:
    books.start()
    books.change("2025-04", "A", 100)
    books.change("2025-05", "A", 200)
    for _ in range(4):  # February to May
        books.act("close")
    books.change("2025-04", "A", 130)
    books.change("2025-06", "A", 50)
    found = figures(books)
    assert found["2025-04"] == (100, 130, 0, 100, 100)
    assert found["2025-05"] == (200, 200, 0, 200, 300)
    assert found["2025-06"] == (None, 50, 30, 80, 380)  # 130 + 200 + 50


def test_what_a_later_closing_has_frozen_is_not_counted_again(books: Books) -> None:
    books.start()
    books.change("2025-02", "A", 100)
    books.act("close")  # February
    books.change("2025-02", "A", 90)
    books.act("close")  # March, with -10 of February
    books.change("2025-02", "A", 95)
    found = figures(books)
    assert [found[month][2:4] for month in ("2025-02", "2025-03", "2025-04")] == [(0, 100), (-10, -10), (5, 5)]


def test_a_month_closed_again_has_its_new_figures_and_no_adjustment(books: Books) -> None:
    books.start()
    books.change("2025-02", "A", 100)
    books.act("close")
    books.change("2025-02", "A", 90)
    books.act("reopen")
    books.act("close")
    assert figures(books)["2025-02"] == (90, 90, 0, 90, 90)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_closed_values_and_dated_adjustments_add_up_to_the_current_figures(books: Books, steps: list) -> None:
    books.start()
    for what, *values in steps:
        books.change(*values) if what == "change" else books.act(what)
    found = rows(
        books.built(),
        "select entity_id, sum(reported_amount) as reported, max_by(year_to_date_amount, period_start) as to_date"
        " from marts.mart_closed_result group by entity_id",
    )
    current: dict[str, int] = {}
    for (_, who), amount in books.figures.items():
        current[who] = current.get(who, 0) + amount
    if in_force(read(books.closings)):
        assert {row["entity_id"]: (row["reported"], row["to_date"]) for row in found} == {
            who: (amount, amount) for who, amount in current.items()
        }
    else:
        assert found == []
