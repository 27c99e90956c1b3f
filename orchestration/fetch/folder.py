"""The extracts of one source: files in fetched/NAME/, each with a hidden note of the rows to recognise later."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.ingest.disk import publish, sync
from orchestration.ingest.landing import FETCHED, sha256
from orchestration.ingest.ledger import Ledger
from orchestration.ingest.mapping import Source

if TYPE_CHECKING:
    from orchestration.fetch.extract import Extract


class Folder:
    """What the ledger has recorded counts; an extract that it has not, of a run that was killed, is fetched anew."""

    def __init__(self, fetched: Path, ledger: Ledger, source: Source) -> None:
        self.path, self.source = fetched / source.name, source
        rows = ledger.rows("select file_name, sha256 from files where source = ? order by file_number", source.name)
        prefix = f"{FETCHED}/{source.name}/"
        ours = [
            (row["file_name"].removeprefix(prefix), row["sha256"])
            for row in rows
            if row["file_name"].startswith(prefix)
        ]
        self.recorded = dict(ours)
        self.in_lake = self._in_lake(ledger, prefix)

    def _in_lake(self, ledger: Ledger, prefix: str) -> set[str]:
        """Extracts that ingest needs no more: none of their batches is held, and it keeps their rows and original."""
        rows = ledger.rows(
            "select file_name from files join batches using (file_number) where files.source = ?"
            " group by file_name having sum(state = 'held') = 0 and max(rows_read) > 0",
            self.source.name,
        )
        return {row["file_name"].removeprefix(prefix) for row in rows}

    def known(self) -> Path | None:
        """The note of the newest recorded extract, where the next fetch begins."""
        notes = [_note(self.path / name) for name in self.recorded]
        return next((note for note in reversed(notes) if note.exists()), None)

    def publish(self, at: datetime, extract: "Extract") -> None:
        """Puts the extract into the folder, unless it is the same dump as the last one, and clears what it replaces."""
        draft = self.path / ".draft"
        self.path.mkdir(parents=True, exist_ok=True)
        extract.write(draft)
        is_full = self.source.mapping.load == "full"
        newest, digest = next(reversed(self.recorded.items()), ("", "")), sha256(draft)
        brought = digest == newest[1] if is_full else digest in self.recorded.values()
        target = self.path / newest[0] if brought else self._free(at)
        if brought:
            draft.unlink()
        else:
            self._clear(self.known())
        if not is_full:
            publish(_note(target), extract.write_note)
        if not brought:
            sync(draft)
            draft.replace(target)
            sync(self.path)

    def _free(self, at: datetime) -> Path:
        path = self.path / f"{at:%Y-%m-%dT%H%M%S}.csv"
        return self._free(at + timedelta(seconds=1)) if path.name in self.recorded else path

    def _clear(self, known: Path | None) -> None:
        """Removes extracts that nobody recorded, and those that ingest needs no more; not the note that still counts."""
        for path in self.path.glob("[!.]*"):
            if path.name not in self.recorded or path.name in self.in_lake:
                path.unlink()
        for note in self.path.glob(".*.known"):
            if note != known:
                note.unlink()


def _note(extract: Path) -> Path:
    return extract.with_name(f".{extract.name}.known")
