"""Named points of a load where a test can have the process die, to prove that the next run mends everything."""

import os

KILL_VARIABLE = "SALESOPS_KILL_AT"
EXIT_CODE = 137  # what a process killed by SIGKILL leaves


def checkpoint(name: str) -> None:
    """Dies here without any clean-up if $SALESOPS_KILL_AT names this point; otherwise does nothing."""
    if os.environ.get(KILL_VARIABLE) == name:
        os._exit(EXIT_CODE)


def die_like(exit_code: int) -> None:
    """Dies too if that exit code is the one of a process that died at a named point; otherwise does nothing."""
    if exit_code == EXIT_CODE and KILL_VARIABLE in os.environ:
        os._exit(EXIT_CODE)
