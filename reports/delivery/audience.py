"""Who reads a report, compared with the last time it was sent: nobody new gets figures unseen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reports.delivery.ledger import Place, open_ledger
from reports.delivery.post import LEDGER
from reports.delivery.recipients import Reader


@dataclass(frozen=True)
class Change:
    """Units and addresses that came, and those that went."""

    gained: tuple[Place, ...]
    lost: tuple[Place, ...]


def change(state: Path, report: str, mode: str, chosen: Iterable[Reader], everybody: Iterable[Reader]) -> Change:
    """What is different from the last time this report was sent in this mode.

    New is only who is `chosen` for this send; gone is only who is not among `everybody` that the rulebook names.
    """
    now, named = _places(chosen), _places(everybody)
    with open_ledger(state / LEDGER) as ledger:
        before = ledger.audience(report, mode)
    return Change(tuple(sorted(now - before)), tuple(sorted(before - named)))


def accept(
    state: Path, report: str, mode: str, chosen: Iterable[Reader], everybody: Iterable[Reader], at: datetime
) -> None:
    """Those chosen are readers from now on, beside the earlier ones whom the rulebook still names."""
    now, named = _places(chosen), _places(everybody)
    with open_ledger(state / LEDGER) as ledger:
        ledger.set_audience(report, mode, (ledger.audience(report, mode) & named) | now, at)


def _places(readers: Iterable[Reader]) -> set[Place]:
    return {(reader.scope, reader.address.casefold()) for reader in readers}
