"""dbt's sources from the contracts: `python -m orchestration.dbt_sources` writes them, a test holds them current."""

from pathlib import Path

import yaml

from expectations.contract import Contract, Field, contracts
from orchestration.closing import TABLES as CLOSING_TABLES
from orchestration.corrections import TABLES as CORRECTIONS_TABLES
from orchestration.corrections.fields import action_on, crosswalk, dated_by
from rulebook.compile import TABLES as RULEBOOK_TABLES

DBT_PROJECT = Path(__file__).parents[1] / "dbt_project"
SOURCES_FILE = DBT_PROJECT / "models" / "staging" / "_sources.yml"
META_TABLES = {
    "company": "One row: the company's names, currency, time zone and calendar.",
    "files": "One row per file that was read.",
    "batches": "One row per batch of a file for a table.",
    "accounting": "One row per file and table: rows read, loaded, quarantined and skipped.",
    "skips": "One row per file, table and rule that skipped rows.",
}


def rendered() -> str:
    """The text of `_sources.yml`."""
    document = {
        "version": 2,
        "sources": [
            {"name": "raw", "schema": "raw", "tables": [_table(contract) for contract in contracts().values()]},
            {"name": "rulebook", "schema": "rulebook", "tables": [{"name": name} for name in RULEBOOK_TABLES]},
            {
                "name": "corrections",
                "schema": "corrections",
                "tables": [{"name": name} for name in CORRECTIONS_TABLES],
            },
            {"name": "closings", "schema": "closings", "tables": [{"name": name} for name in CLOSING_TABLES]},
            {
                "name": "meta",
                "schema": "meta",
                "tables": [{"name": name, "description": text} for name, text in META_TABLES.items()],
            },
        ],
    }
    head = "# Written from expectations/contracts by `python -m orchestration.dbt_sources`; do not edit.\n"
    return head + yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120)


def _table(contract: Contract) -> dict:
    return {
        "name": contract.name,
        "description": f"{contract.grain} {contract.name_zh}",
        "config": {"meta": {"key": list(contract.key), "dated_by": dated_by(contract)}},
        "columns": [_column(contract, field) for field in contract.fields],
    }


def _column(contract: Contract, field: Field) -> dict:
    """A column; its meta says what a correction may do to it."""
    meta = {"override": action_on(contract, field), "crosswalk": crosswalk(contract, field)}
    column = {
        "name": field.name,
        "description": f"{field.description_en} {field.description_zh}",
        "data_type": field.sql_type.lower(),
    }
    return column | ({"config": {"meta": meta}} if any(meta.values()) else {})


if __name__ == "__main__":
    SOURCES_FILE.write_text(rendered(), encoding="utf-8")
