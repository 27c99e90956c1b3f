"""Tables inside rules as a workbook, for those who decide them and do not write YAML; and back, comments and order kept."""

from rulebook.sheets.read import Change, read
from rulebook.sheets.write import write

__all__ = ["Change", "read", "write"]
