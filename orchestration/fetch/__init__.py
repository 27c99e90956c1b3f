"""Rows that servers are asked for: what is new lands as files in fetched/, which ingest reads like any export."""

from orchestration.fetch.ask import asked, fetch, fetched_version, refuse_required, unanswered

__all__ = ["asked", "fetch", "fetched_version", "refuse_required", "unanswered"]
