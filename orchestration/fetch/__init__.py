"""Rows that servers are asked for: what is new lands as files in fetched/, which ingest reads like any export."""

from orchestration.fetch.ask import fetch, fetched_version, needs_asking, refuse_required, unanswered

__all__ = ["fetch", "fetched_version", "needs_asking", "refuse_required", "unanswered"]
