"""The quarter review pack: how the organisation is staffed and run, what was agreed, and what is to be mended."""

from reports.documents.quarter_review.build import build
from reports.documents.quarter_review.load import ReviewData, load

__all__ = ["ReviewData", "build", "load"]
