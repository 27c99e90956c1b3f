"""The pipeline and process report: what moved the pipeline, how leads and deals go through the process, what stands still."""

from reports.documents.pipeline.build import build
from reports.documents.pipeline.data import PipelineData
from reports.documents.pipeline.load import load

__all__ = ["PipelineData", "build", "load"]
