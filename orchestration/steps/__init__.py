"""The steps of the nightly load, in order. The Dagster assets call them, and so can a test, without Dagster."""

from orchestration.steps.exports import ingest
from orchestration.steps.models import Built, transform
from orchestration.steps.publication import publish
from orchestration.steps.release import check_release
from orchestration.steps.rules import compile_rulebook
from orchestration.steps.targets import follow

__all__ = ["Built", "check_release", "compile_rulebook", "follow", "ingest", "publish", "transform"]
