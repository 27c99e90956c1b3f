"""Why a database gave no rows, in one sentence that holds neither the password nor anything else of the address."""

import re
from typing import TYPE_CHECKING

from orchestration.ingest.origin import Database
from salesops.errors import UserError, meant

if TYPE_CHECKING:
    import sqlalchemy as sa

LOGIN = re.compile(
    r"password authentication failed|no password supplied|access denied|role \S+ does not exist|\(1045,", re.I
)
NO_DATABASE = re.compile(r"database \S+ does not exist|unknown database", re.I)
NO_RIGHT = re.compile(r"permission denied|command denied", re.I)


def told(error: Exception, database: Database, engine: "sa.Engine", where: str) -> UserError:
    """The sentence for what the database, its driver, or dlt said."""
    import sqlalchemy as sa
    from dlt.common.exceptions import DltException

    while isinstance(error, DltException) and isinstance(error.__cause__, Exception):
        error = error.__cause__
    text = str(getattr(error, "orig", None) or error)
    if isinstance(error, sa.exc.NoSuchTableError):
        return _no_table(database, engine, where)
    if database.cursor and database.cursor in text and isinstance(error, KeyError | ValueError):
        what = f"the cursor `{database.cursor}` is no column of what is fetched."
        return UserError(what, where=where, mend="Name a column that grows with every change.")
    if LOGIN.search(text):
        mend = f"Mend the value of {database.url}; nothing of it is shown here."
        return UserError("the database refuses the user or the password.", where=where, mend=mend)
    if NO_DATABASE.search(text):
        mend = f"Mend the value of {database.url}."
        return UserError("the server has no database of that name.", where=where, mend=mend)
    if NO_RIGHT.search(text):
        what = "the user may not read this table."
        return UserError(what, where=where, mend="Ask the administrator for the right to select from it.")
    if isinstance(error, sa.exc.ProgrammingError):
        what = f"the database refuses the query: {_first_line(text)}"
        return UserError(what, where=where, mend="Try it in the database's own client.")
    if isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError):
        what = "the database server does not answer, or the connection broke off."
        return UserError(what, where=where, mend="Is it up, and may this machine reach it? The next run asks again.")
    what = f"the database could not be read ({type(error).__name__})."
    return UserError(what, where=where, mend="Try it in the database's own client.")


def _no_table(database: Database, engine: "sa.Engine", where: str) -> UserError:
    """Names the nearest table that there is."""
    import sqlalchemy as sa

    schema, _, name = str(database.table).rpartition(".")
    found = sa.inspect(engine)
    known = [*found.get_table_names(schema or None), *found.get_view_names(schema or None)]
    mend = meant(name, known, "Write it as TABLE, or as SCHEMA.TABLE.")
    return UserError(f"the database has no table `{database.table}`.", where=where, mend=mend)


def _first_line(text: str) -> str:
    """What MySQL's driver says stands in the second place of a pair."""
    found = re.search(r"\(\d+, ['\"](.*)['\"]\)", text)
    return (found[1] if found else text).splitlines()[0].rstrip(".") + "."
