"""Files that appear whole or not at all: written beside, synced, renamed."""

import os
from collections.abc import Callable
from pathlib import Path


def publish(target: Path, write: Callable[[Path], None]) -> None:
    """Lets `write` fill a temporary file and moves it to `target` in one step."""
    target.parent.mkdir(parents=True, exist_ok=True)
    waiting = target.with_name(f".{target.name}.tmp")
    write(waiting)
    sync(waiting)
    waiting.replace(target)
    sync(target.parent)


def sync(path: Path) -> None:
    """Makes the file or folder survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
