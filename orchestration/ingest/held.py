"""Files that are kept out whole, and why: the ledger keeps the reason in its parts, so that it can be said in any language."""

import json
from dataclasses import dataclass

from salesops.errors import UserError


@dataclass(frozen=True)
class Held:
    """A file (or one table of it) that is kept out whole; `by_check` if it was read and a check refused its rows."""

    source: str
    file_name: str
    table: str
    problem: UserError
    required: bool
    by_check: bool

    @property
    def reason(self) -> str:
        """Why, and how to mend it."""
        return str(self.problem)


def packed(problem: UserError) -> str:
    """The problem as the ledger keeps it."""
    return json.dumps([problem.what, problem.where, problem.mend], ensure_ascii=False)


def unpacked(reason: str) -> tuple[UserError, bool]:
    """The problem, and whether it is a check's, which leaves a plain sentence."""
    if not reason.startswith("["):
        return UserError(reason), True
    what, where, mend = json.loads(reason)
    return UserError(what, where=where, mend=mend), False
