"""Asset keys: those of a table are its schema and its name, as dbt writes them."""

from dagster import AssetKey

RULEBOOK = AssetKey(["rulebook"])
ACCOUNTS = AssetKey(["accounts"])
PUBLICATION = AssetKey(["publication"])
POSTGRES = AssetKey(["postgres"])
SENT_REPORTS = AssetKey(["reports", "sent"])
REPORT_TAG = "salesops/report"
RULE_TAG = "salesops/rule"
POOL = "warehouse"  # one slot: runs queue instead of meeting at the lock


def table_key(schema: str, name: str) -> AssetKey:
    """The asset that a table belongs to: rulebook, corrections and closings are one asset, and so are the accounts of the loads."""
    if schema in ("rulebook", "corrections", "closings") or (schema, name) == ("meta", "company"):
        return RULEBOOK
    return ACCOUNTS if schema == "meta" else AssetKey([schema, name])
