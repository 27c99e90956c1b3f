"""The organisation's rules as typed, versioned, dated YAML, compiled to tables.

One module per chapter; `load` reads a workspace's `rulebook/`, `compile_rules` writes it for the models,
`version` names its content.
"""

from rulebook.book import Rulebook, load, version
from rulebook.compile import compile_rules

__all__ = ["Rulebook", "compile_rules", "load", "version"]
