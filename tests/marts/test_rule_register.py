"""The register of rules on a day, and feedback that is due by the rule in force when it came."""

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from tests.marts.harness import built, rows

WITHIN = {"acknowledge": "7d", "decide": "30d", "close": "45d"}
RULEBOOK = {
    "feedback_routing": [
        {"id": "slow", "effective": {"from": "2024-01-01", "to": "2025-02-28"}, "within": WITHIN},
        {
            "id": "fast",
            "effective": {"from": "2025-03-01"},
            "review_by": "2025-03-25",
            "owner": "E1",
            "within": WITHIN | {"acknowledge": "2d"},
        },
        {"id": "later", "effective": {"from": "2026-01-01"}, "status": "draft", "within": WITHIN},
    ],
    "forms": [{"id": "coming", "effective": {"from": "2025-06-01"}, "form": "targets"}],
}
FEEDBACK = [
    {"feedback_id": "F1", "received_on": "2025-02-28", "kind": "demand"},
    {"feedback_id": "F2", "received_on": "2025-03-01", "kind": "demand"},
    {"feedback_id": "F3", "received_on": "2025-03-01", "kind": "demand", "acknowledged_on": "2025-03-02"},
    {"feedback_id": "F4", "received_on": "2023-12-31", "kind": "demand"},
]


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    with built(
        {"feedback": FEEDBACK}, "2025-03-31", rulebook=RULEBOOK, select="mart_rule_register +int_feedback"
    ) as made:
        yield made


def test_the_register_tells_of_each_rule_how_it_stands_on_the_as_of_date(marts: duckdb.DuckDBPyConnection) -> None:
    query = "select rule_id, state, owner, days_to_review from marts.mart_rule_register where chapter in ('feedback_routing', 'forms')"
    assert sorted(tuple(row.values()) for row in rows(marts, query)) == [
        ("coming", "to_come", None, None),
        ("fast", "in_force", "E1", -6),
        ("later", "draft", None, None),
        ("slow", "ended", None, None),
    ]


def test_feedback_is_due_by_the_rule_in_force_on_the_day_it_came(marts: duckdb.DuckDBPyConnection) -> None:
    found = {row["feedback_id"]: row["due_on"] for row in rows(marts, "from intermediate.int_feedback")}
    assert found == {"F1": date(2025, 3, 7), "F2": date(2025, 3, 3), "F3": date(2025, 3, 31), "F4": None}
