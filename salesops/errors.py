"""The one error that a user is meant to read."""


class UserError(Exception):
    """Something the user can mend: what is wrong, where it is, and how to mend it, one clear sentence each.

    `where` names a file, line or key. `exit_code` is 2 for wrong usage or configuration, 1 for a run that failed.
    """

    def __init__(self, what: str, *, where: str = "", mend: str = "", exit_code: int = 2) -> None:
        self.what, self.where, self.mend, self.exit_code = what, where, mend, exit_code
        super().__init__(" ".join(part for part in (f"{where}: {what}" if where else what, mend) if part))
