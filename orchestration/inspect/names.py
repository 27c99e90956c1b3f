"""What the mapping of a proposal is called: after its table, with a number where several feed the same."""

from orchestration.inspect.folder import Proposal


def source_names(proposals: list[Proposal]) -> list[str]:
    """One name for each, no two alike."""
    names: list[str] = []
    for proposal in proposals:
        stem = proposal.tables[0].table if proposal.tables else "unknown"
        name, number = stem, 2
        while name in names:
            name, number = f"{stem}_{number}", number + 1
        names.append(name)
    return names
