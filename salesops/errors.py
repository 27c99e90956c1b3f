"""The one error that a user is meant to read."""

from collections.abc import Iterable
from difflib import get_close_matches


class UserError(Exception):
    """Something the user can mend: what is wrong, where it is, and how to mend it, one clear sentence each.

    `where` names a file, line or key. `exit_code` is 2 for wrong usage or configuration, 1 for a run that failed.
    """

    def __init__(self, what: str, *, where: str = "", mend: str = "", exit_code: int = 2) -> None:
        self.what, self.where, self.mend, self.exit_code = what, where, mend, exit_code
        super().__init__(" ".join(part for part in (f"{where}: {what}" if where else what, mend) if part))


def meant(name: object, known: Iterable[str], otherwise: str = "", least: float = 0.7) -> str:
    """How to mend a name that is not known: the nearest one that is, if it is alike in `least` of its letters; else `otherwise`, else all of them."""
    names = list(known)
    near = get_close_matches(str(name), names, n=1, cutoff=least)
    return f"Did you mean `{near[0]}`?" if near else otherwise or f"Known are: {', '.join(names)}."
