"""Exports in, typed batches in the lake out: read, map, type, account, quarantine. Knows nothing of Dagster."""

from orchestration.ingest.check import check_headers
from orchestration.ingest.held import Held
from orchestration.ingest.mapping import Source
from orchestration.ingest.meta import export_meta
from orchestration.ingest.run import Discovery, FileAccount, IngestResult, discover, ingest, settle_batch
from orchestration.ingest.sources import load_sources

__all__ = [
    "Discovery",
    "FileAccount",
    "Held",
    "IngestResult",
    "Source",
    "check_headers",
    "discover",
    "export_meta",
    "ingest",
    "load_sources",
    "settle_batch",
]
