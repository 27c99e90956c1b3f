"""From the published files to the targets that follow them."""

from orchestration import targets
from orchestration.load import Load


def follow(load: Load) -> targets.Target | None:
    """PostgreSQL gets the current publication; if it cannot, the load is done all the same, and its record says so."""
    if load.run.known_at:
        return None
    with load.step(targets.POSTGRES):
        load.target = targets.follow(load.workspace)
        if load.target:
            load.run.targets[targets.POSTGRES] = load.target.record()
    return load.target
