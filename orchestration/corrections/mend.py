"""The line to paste into corrections/ for a row that was kept out because of a name."""

from collections.abc import Iterator, Sequence

from expectations.contract import contracts
from orchestration.corrections.book import CROSSWALKS
from orchestration.corrections.fields import crosswalk
from orchestration.ingest.mend import Mend
from orchestration.ingest.quarantine import Row

NAMES = ("unknown_name", "ambiguous_name")
FILES = {entity: name for name, (entity, _) in CROSSWALKS.items()}


def mends(rows: Sequence[Row]) -> list[Mend]:
    """One line for each name, with the code where only one comes into question."""
    return list(dict.fromkeys(mend for row in rows for mend in _mends(row)))


def _mends(row: Row) -> Iterator[Mend]:
    for field, _, rule in (reason.partition(":") for reason in row.rules):
        if rule in NAMES:
            contract = contracts()[row.table]
            file = FILES[crosswalk(contract, contract.field(field)) or ""]
            candidates = str(row.cells["candidates"] or "")
            code = candidates.partition(" ")[0] if candidates and ";" not in candidates else "CODE"
            caution = f"These come into question: {candidates}." if candidates else ""
            yield Mend(f"corrections/{file}", f"{_cell(row.cells[field])},{code},,,REASON,WHO,", caution)


def _cell(text: str) -> str:
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if set(text) & set(',"') else text
