"""An HTTP API of a real server process: pages, limits, cursor, and what is said if it gives nothing."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from orchestration.fetch import api
from orchestration.ingest import ingest
from tests.fetch.conftest import Night

DEALS = """
api:
  url: http://127.0.0.1:{port}/api
  path: {path}
  headers: {{Authorization: $CRM_TOKEN}}
  data: {data}
  paging: {{type: page_number, base_page: 1, total_path: pages}}
{more}
load: {load}
tables:
  opportunities:
    columns:
      stage: {{value: new}}
      status: {{column: archived, values: {{"true": lost, "false": open}}}}
      opportunity_id: id
      employee_id: owner.id
      amount: amount
      created_on: created_at
"""
CURSOR = "  cursor: {param: updated_since, field: updated_at}"
FIVE = [
    {
        "id": f"D{number}",
        "owner": {"id": f"E{number}", "name": "王"},
        "amount": 100 + number,
        "created_at": "2025-06-01",
        "archived": number == 5,
        "tags": ["a", "b"],
        "updated_at": f"2025-06-0{number}T10:00:00Z",
    }
    for number in range(1, 6)
]


@dataclass
class Crm:
    folder: Path
    port: int

    def has(self, deals: Any) -> None:
        (self.folder / "deals.json").write_text(deals if isinstance(deals, str) else json.dumps(deals))

    def troubles(self, *troubles: dict) -> None:
        (self.folder / "trouble.json").write_text(json.dumps(troubles))

    def asked(self) -> list[list]:
        lines = (self.folder / "asked.log").read_text().splitlines()
        (self.folder / "asked.log").unlink()
        return [json.loads(line) for line in lines]


@pytest.fixture
def crm(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Crm]:
    folder = tmp_path_factory.mktemp("crm")
    command = [sys.executable, str(Path(__file__).with_name("crm.py")), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        found = Crm(folder, int(process.stdout.readline()))
        found.has(FIVE)
        monkeypatch.setenv("CRM_TOKEN", "Bearer sesame")
        monkeypatch.setattr(api, "PAUSE", 0.01)
        yield found
        process.kill()


def deals(
    night: Night, crm: Crm, more: str = CURSOR, load: str = "upsert", path: str = "deals", data: str = "items"
) -> None:
    night.mapping("deals", DEALS.format(port=crm.port, more=more, load=load, path=path, data=data))


def test_all_pages_are_loaded_with_an_account_of_every_row(night: Night, crm: Crm) -> None:
    deals(night, crm)
    night.fetch()
    (one,) = ingest(night.workspace).accounts
    assert (one.account.rows_read, one.account.rows_loaded) == (5, 5)
    found = night.rows("opportunities", "opportunity_id, employee_id, amount::int, created_on::varchar, status")
    assert found == [(f"D{n}", f"E{n}", 100 + n, "2025-06-01", "lost" if n == 5 else "open") for n in range(1, 6)]
    assert [query["page"] for _, query in crm.asked()] == ["1", "2", "3"]


def test_numbers_arrive_as_the_api_writes_them(night: Night, crm: Crm) -> None:
    crm.has(
        '[{"id": "1", "amount": 12345678901234.5678, "updated_at": "2025-06-01T10:00:00Z", "created_at": "2025-06-01"}]'
    )
    deals(night, crm)
    night.fetch()
    (extract,) = night.workspace.fetched.glob("deals/*.csv")
    assert "12345678901234.5678" in extract.read_text()


def test_only_what_changed_since_is_asked_for_and_loaded(night: Night, crm: Crm) -> None:
    deals(night, crm)
    night.run()
    crm.asked()
    changed = {**FIVE[0], "amount": 999, "updated_at": "2025-06-05T10:30:00Z"}
    crm.has([*FIVE[1:], changed])
    assert night.run() == 1
    assert crm.asked()[0][1]["updated_since"] == "2025-06-05T09:00:00Z"  # an hour is looked back
    assert night.run() == 0
    assert ("D1", 999) in night.rows("opportunities", "opportunity_id, amount::int")


def test_without_a_cursor_a_record_that_is_gone_is_deleted(night: Night, crm: Crm) -> None:
    deals(night, crm, more="", load="full")
    night.run()
    assert night.run() == 0
    crm.has(FIVE[1:])
    night.run()
    assert [row[0] for row in night.current("opportunities", "opportunity_id", "opportunity_id")] == [
        "D2",
        "D3",
        "D4",
        "D5",
    ]


def test_no_rows_at_all_never_delete_everything(night: Night, crm: Crm) -> None:
    deals(night, crm, more="", load="full")
    night.run()
    crm.has([])
    assert night.run() == 0
    problem = night.problem("deals")
    assert problem and problem.what == "the server gave no row at all; the rows that it gave before stay."


def test_each_entry_of_a_list_inside_a_row_is_a_row_of_its_own(night: Night, crm: Crm) -> None:
    crm.has(
        [{**FIVE[0], "lines": [{"no": 1, "net": 5}, {"no": 2, "net": 7}]}, {**FIVE[1], "lines": [{"no": 1, "net": 9}]}]
    )
    text = DEALS.format(port=crm.port, more=CURSOR + "\n  each: lines", load="upsert", path="deals", data="items")
    head = text[: text.index("tables:")]
    night.mapping(
        "lines",
        head
        + "tables:\n  order_lines:\n    columns: {order_id: id, line_number: lines.no, quantity: lines.no, net_amount: lines.net}\n",
    )
    assert night.run() == 3
    assert night.rows("order_lines", "order_id, line_number::int, net_amount::int") == [
        ("D1", 1, 5),
        ("D1", 2, 7),
        ("D2", 1, 9),
    ]


def test_too_many_requests_wait_as_long_as_the_api_says(night: Night, crm: Crm) -> None:
    crm.troubles({"status": 429, "headers": {"Retry-After": "1"}}, {"status": 503})
    deals(night, crm)
    begun = time.monotonic()
    assert night.run() == 5
    assert time.monotonic() - begun >= 1


def test_an_api_that_fails_on_a_later_page_brings_nothing_and_the_next_run_everything(night: Night, crm: Crm) -> None:
    deals(night, crm)
    crm.troubles({"status": 418, "body": "SECRET"})
    assert night.run() == 0 and night.extracts == []
    assert night.run() == 5


@pytest.mark.parametrize(
    ("trouble", "what"),
    [
        ({"status": 401}, "the API refuses the login (401)."),
        ({"status": 500, "body": "SECRET"}, "the API answers with an error (500)."),
        ({"status": 429}, "the API says again and again that it is asked too often (429)."),
        ({"status": 200, "body": "<html>SECRET</html>"}, "the answer of the API is no JSON."),
        ({"status": 200, "body": '{"SECRET": []}'}, "the answer of the API has no `items`."),
        ({"status": 200, "body": '{"items": [1, 2], "pages": 1}'}, "the entries of `items` are no objects."),
        (
            {"status": 200, "body": '{"items": [{"id": 1}], "pages": 1}'},
            "the cursor `updated_at` is in no row of the answer.",
        ),
    ],
)
def test_an_api_that_gives_nothing_is_named_in_one_sentence_without_secrets(
    night: Night, crm: Crm, trouble: dict, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    deals(night, crm)
    monkeypatch.setenv("CRM_TOKEN", "Bearer SECRET")
    crm.troubles({**trouble, "always": True})
    assert night.run() == 0
    problem = night.problem("deals")
    assert problem and problem.what == what and problem.where.endswith("deals.yml:2") and problem.mend
    assert "SECRET" not in str(problem)


def test_a_wrong_token_and_a_wrong_path_say_what_to_mend(
    night: Night, crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    deals(night, crm, path="dealz")
    night.fetch()
    wrong_path = night.problem("deals")
    assert wrong_path and wrong_path.what == "the API has no such path (404)."
    monkeypatch.setenv("CRM_TOKEN", "Bearer wrong")
    night.fetch()
    wrong_token = night.problem("deals")
    assert wrong_token and wrong_token.what == "the API refuses the login (401)."
    monkeypatch.delenv("CRM_TOKEN")
    night.fetch()
    unset = night.problem("deals")
    assert unset and unset.what == "the environment variable $CRM_TOKEN is not set."


def test_an_api_that_is_not_there_is_named(night: Night, crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "TRIES", 2)
    night.mapping("deals", DEALS.format(port=1, more=CURSOR, load="upsert", path="deals", data="items"))
    night.fetch()
    problem = night.problem("deals")
    assert problem and problem.what == "the API does not answer, or the connection broke off."
