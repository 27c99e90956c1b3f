"""The small workspace of the ingest tests, for inspection too."""

from tests.ingest.conftest import office

__all__ = ["office"]
