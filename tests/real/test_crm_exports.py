"""Small extracts of Salesforce and HubSpot, written by a connector, load by the presets."""

import csv
import shutil

import duckdb
import pytest

from orchestration.ingest import ingest
from orchestration.workspace import Workspace
from tests.real.conftest import data_set

pytestmark = pytest.mark.real

SOURCES = {
    "sf_opportunity_data": """preset: salesforce/opportunities
tables: {opportunities: {deleted_where: , columns: {stage: StageName}}}   # all rows are marked as deleted, stages are hashed""",
    "sf_account_data": "preset: salesforce/accounts",
    "sf_user_data": "preset: salesforce/users",
    "deal_data": """preset: hubspot/deals
tables: {opportunities: {columns: {stage: {value: qualify}, status: {value: open}}}}   # the extract's stages are empty""",
    "company_data": "preset: hubspot/companies",
    "owner_data": "preset: hubspot/owners",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    data, home = data_set("crm_exports"), tmp_path_factory.mktemp("crm")
    (home / "salesops.yml").write_text("company: {name: {zh: 甲, en: A}}\n", encoding="utf-8")
    for folder in ("sources", "landing"):
        (home / folder).mkdir()
    for name, text in SOURCES.items():
        (path,) = data.glob(f"*/{name}.csv")
        shutil.copy(path, home / "landing")
        (home / "sources" / f"{name}.yml").write_text(f"files: {name}.csv\n{text}\n", encoding="utf-8")
    return Workspace.open(home)


def test_salesforce_opportunities_by_state_agree_with_the_answers(workspace: Workspace) -> None:
    accounts = {one.source: one.account for one in ingest(workspace).accounts}
    assert {name for name, account in accounts.items() if account.state != "live"} == set()
    batch = workspace.lake / "raw" / "opportunities" / f"batch={accounts['sf_opportunity_data'].batch_id}" / "*.parquet"
    answers = data_set("crm_exports") / "answers" / "salesforce_opportunities.csv"
    difference = duckdb.execute(
        """
        with ours as (
            select status, count(*) as n, sum(amount) as amount from read_parquet($1) group by all),
        theirs as (
            select case when is_won then 'won' when is_closed then 'lost' else 'open' end as status, n,
                cast(amount as decimal(18, 4)) as amount
            from read_csv($2))
        from ours full join theirs using (status) where ours.n is distinct from theirs.n
            or ours.amount is distinct from theirs.amount""",
        [str(batch), str(answers)],
    ).fetchall()
    assert difference == []


def test_every_row_of_the_extracts_loads_or_is_skipped_by_its_mark_of_deletion(workspace: Workspace) -> None:
    ingest(workspace)
    query = "select file_name, rows_read, rows_loaded, rows_quarantined, rows_skipped from read_parquet($1)"
    rows = duckdb.execute(query, [str(workspace.lake / "meta" / "accounting.parquet")]).fetchall()
    assert len(rows) == len(SOURCES)
    for name, read, loaded, quarantined, skipped in rows:
        with next(data_set("crm_exports").glob(f"*/{name}")).open(encoding="utf-8", newline="") as stream:
            records = list(csv.DictReader(stream))
        deleted = [one for one in records if one.get("is_deleted") == "true" and name == "sf_account_data.csv"]
        assert (read, quarantined, skipped) == (len(records), 0, len(deleted)), name
        assert loaded == read - skipped
