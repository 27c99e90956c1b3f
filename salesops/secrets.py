"""Secrets stay in the environment: a settings file says the name of a variable, as $SALESOPS_SMTP_URL."""

import os
import re
from typing import Annotated

from pydantic import BeforeValidator

from salesops.errors import UserError

_NAME = re.compile(r"\$[A-Za-z_][A-Za-z0-9_]*")


def _named(value: object) -> str:
    """Refuses anything else without repeating it: what stands there may be the secret itself."""
    if not (isinstance(value, str) and _NAME.fullmatch(value)):
        raise ValueError(
            "a secret never stands in a file; write the name of an environment variable, as $SALESOPS_SMTP_URL"
        )
    return value


Secret = Annotated[str, BeforeValidator(_named)]
"""`$NAME` in a settings file: a value that only the environment knows."""


def reveal(secret: Secret, where: str) -> str:
    """The value behind `$NAME`; UserError, naming `where` it was asked for, if the variable is not set."""
    if value := os.environ.get(secret.removeprefix("$")):
        return value
    raise UserError(
        f"the environment variable {secret} is not set.",
        where=where,
        mend="Set it for the process that runs salesops, or take the setting out.",
    )
