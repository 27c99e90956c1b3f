"""The Dagster code location of the workspace that $SALESOPS_WORKSPACE names; composes, and nothing else."""

from orchestration.defs.build import build
from orchestration.defs.instance import relax_sqlite
from orchestration.manifest import models, prepared
from orchestration.workspace import Workspace

relax_sqlite()
_workspace = Workspace.open()
defs = build(_workspace, models(prepared(_workspace.state, _workspace.default_as_of())))
