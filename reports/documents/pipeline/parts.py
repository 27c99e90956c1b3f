"""The parts of the pipeline report in the order of the page; each is a module that asks and writes for itself.

A part has `load(asked)`, which answers its questions, and `sections(desk)`, which writes them; `desk.found` gives it the
answers back under the module's own name.
"""

from types import ModuleType

from reports.documents.pipeline import (
    cash_cycle,
    compliance,
    contacts,
    contracts,
    coverage,
    deliveries,
    effectiveness,
    funnel,
    leads,
    quotes,
    service,
    stalled,
    walk,
    won_to_cash,
)

PARTS: tuple[ModuleType, ...] = (
    walk,
    coverage,
    stalled,
    funnel,
    compliance,
    leads,
    effectiveness,
    contacts,
    quotes,
    contracts,
    cash_cycle,
    deliveries,
    service,
    won_to_cash,
)


def name(part: ModuleType) -> str:
    """What the answers of a part are filed under."""
    return part.__name__.rpartition(".")[2]
