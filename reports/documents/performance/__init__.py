"""The performance report: what was sold and collected against target, by unit, customer, line and person."""

from reports.documents.performance.build import build
from reports.documents.performance.load import PerformanceData, load

__all__ = ["PerformanceData", "build", "load"]
