"""A chapter's file as a tree that is written back byte for byte, but for what was changed in it."""

from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ruamel.yaml import YAML

INDENT = "  "
"""The library indents a list at the top of a file; so the text is indented for it, and outdented again."""


def load(path: Path) -> Any:
    """The rules of a file, with their comments."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return _yaml().load("".join(INDENT + line if line.strip() else line for line in lines))


def dump(rules: Any) -> str:
    """The file's text again."""
    out = StringIO()
    _yaml().dump(rules, out)
    return "".join(line.removeprefix(INDENT) for line in out.getvalue().splitlines(keepends=True))


def value(text: str) -> Any:
    """What a cell's text means: as the same text would in the file."""
    return _yaml().load(text)


def _yaml() -> "YAML":
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    return yaml
