"""corrections/*.csv: what people decide about single names and records, with reason, by whom and until when."""

from orchestration.corrections.book import Corrections, load
from orchestration.corrections.compile import TABLES, compile_corrections

__all__ = ["TABLES", "Corrections", "compile_corrections", "load"]
