"""The small file that names the current publication."""

import json
from pathlib import Path

POINTER = "current.json"


def current(published: Path) -> dict[str, str] | None:
    """What the pointer says, or None if nothing is published."""
    try:
        pointer: dict[str, str] = json.loads((published / POINTER).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return pointer
