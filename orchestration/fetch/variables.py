"""The environment variables that mappings name for their servers, for `salesops check`: no server is asked."""

from collections.abc import Callable, Iterator

from orchestration.fetch.ask import asked, where
from orchestration.ingest.mapping import Source
from orchestration.workspace import SETTINGS_FILE, Workspace

Check = Callable[[str, str], None]


def variables(workspace: Workspace) -> Iterator[tuple[str, str, Check]]:
    """Line, variable, and what looks at its value; a broken mapping is another check's matter."""
    place = workspace.settings.landing
    if place.startswith("$"):
        yield str(workspace.root / SETTINGS_FILE), place.partition("/")[0], _any_value
    for source in asked(workspace):
        yield from ((where(source), secret, check) for secret, check in _of_source(source))


def _of_source(source: Source) -> Iterator[tuple[str, Check]]:
    mapping = source.mapping
    if mapping.database:
        yield mapping.database.url, _check_database
    if mapping.api:
        named = (*mapping.api.headers.values(), *mapping.api.params.values())
        yield from ((text, _any_value) for text in named if text.startswith("$"))
    yield from ((pattern.partition("/")[0], _any_value) for pattern in mapping.files if pattern.startswith("$"))


def _check_database(url: str, at: str) -> None:
    from orchestration.fetch.database import engine

    engine(url, at).dispose()


def _any_value(value: str, at: str) -> None:
    """Only the server knows whether it is right."""
