"""The keys `database` and `api` of a mapping: rows that a server is asked for, instead of a file that somebody exports."""

import hashlib
import re
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

from orchestration.ingest.values import Text
from salesops.secrets import Secret

LAG = re.compile(r"(\d+)([mhd])")
UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def _plain_url(url: str) -> str:
    """Refuses credentials without repeating them."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or parts.query:
        raise ValueError("write the address as https://HOST/PATH, without user, password or query")
    return url


def is_remote(place: str) -> bool:
    """Whether a pattern or folder lies on a server: an address, or a variable that holds one."""
    return "://" in place or place.startswith("$")


def without_password(place: str) -> str:
    """Refuses a password without repeating it."""
    if "://" in place and ":" in urlsplit(place).netloc.rpartition("@")[0]:
        raise ValueError(
            "a password never stands in a file; write $NAME for an address with a password, as $EXPORTS_URL/*.csv"
        )
    return place


def _lag(value: int | str) -> int | str:
    if isinstance(value, str) and not LAG.fullmatch(value):
        raise ValueError(f"write how far to look back as 30m, 2h or 1d, or as a number; not `{value}`")
    return value


class Origin(BaseModel):
    """What tells new rows from those that were fetched before."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lag: Annotated[int | str, AfterValidator(_lag)] = "1h"

    @property
    def mark(self) -> str:
        """A hash of what is asked for: another question starts from the beginning."""
        return hashlib.sha256(self.model_dump_json(exclude={"lag"}).encode()).hexdigest()[:12]

    def since(self, cursor: Any) -> Any:
        """Where the next fetch begins: the last cursor less the lag, as late rows may be older than the newest."""
        if isinstance(cursor, str):
            return _earlier_text(cursor, self._time)
        if isinstance(cursor, date):
            return cursor - self._time
        return cursor if isinstance(self.lag, str) else cursor - self.lag

    @property
    def _time(self) -> timedelta:
        found = LAG.fullmatch(str(self.lag))
        return timedelta(**{UNITS[found[2]]: int(found[1])}) if found else timedelta(seconds=int(self.lag))


def _earlier_text(cursor: str, lag: timedelta) -> str:
    """A time in its own writing; any other text as it is."""
    try:
        found = datetime.fromisoformat(cursor)
    except ValueError:
        return cursor
    if len(cursor) == len("2025-06-30"):
        return (found.date() - lag).isoformat()
    earlier = (found - lag).isoformat(cursor[10], "milliseconds" if "." in cursor else "seconds")
    return earlier.replace("+00:00", "Z") if cursor.endswith("Z") else earlier


class Database(Origin):
    """A table, a view, or a query of a SQL database."""

    url: Secret
    table: Text | None = None
    query: Text | None = None
    cursor: Text | None = None

    @model_validator(mode="after")
    def _table_or_query(self) -> "Database":
        if (self.table is None) == (self.query is None):
            raise ValueError("name either a `table` (or view) or a `query`")
        return self


class Cursor(BaseModel):
    """The parameter by which an API gives only newer rows, and the field that says how new a row is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    param: Text
    field: Text


class Api(Origin):
    """A path of an HTTP API that answers with JSON; `data` is where the rows stand in it, `each` a list inside a row."""

    url: Annotated[str, AfterValidator(_plain_url)]
    path: Text
    data: Text
    paging: Literal["single_page", "json_link", "header_link"] | dict[str, Any]
    headers: dict[str, Secret] = {}
    params: dict[str, Text] = {}
    each: Text | None = None
    cursor: Cursor | None = None
