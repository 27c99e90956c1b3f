"""The target-setting pack: what a year's targets rest on, how they are split, and what their owners say to them."""

from reports.documents.target_setting.build import build
from reports.documents.target_setting.load import TargetData, load

__all__ = ["TargetData", "build", "load"]
