"""A path of an HTTP API, by dlt: it turns the pages, waits where it is told to, and asks from the cursor on."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from orchestration.fetch.extract import CURSOR
from orchestration.ingest.origin import Api
from salesops.errors import UserError
from salesops.secrets import reveal

if TYPE_CHECKING:
    import pyarrow as pa
    from requests import Response

ROWS = 5_000
SECONDS = 60
TRIES = 5
LONGEST_WAIT = 300
PAUSE = 1.0
"""Seconds before the second try; each further one waits twice as long, or as long as the server says."""


def tables(api: Api, where: str, since: Any) -> "Iterator[pa.Table]":
    """The rows from `since` on, in pieces, every value as text; UserError where the API gives none."""
    from dlt.common.exceptions import DltException
    from requests import RequestException

    try:
        rows = (row for item in _resource(api, where, since) for row in _rows(item, api, where))
        while piece := list(islice(rows, ROWS)):
            yield _table(piece, api, where)
    except (DltException, RequestException, ValueError, TypeError) as error:
        raise _told(error, where) from None


def _resource(api: Api, where: str, since: Any) -> Iterable[Any]:
    from dlt.sources.helpers.requests.retry import Client
    from dlt.sources.rest_api import rest_api_source

    endpoint: dict[str, Any] = {
        "path": api.path,
        "params": {name: reveal(text, where) if text.startswith("$") else text for name, text in api.params.items()},
        "data_selector": api.data,
        "paginator": api.paging,
        "response_actions": [_exact(api, where)],
    }
    if api.cursor and since is not None:
        field = {
            "cursor_path": ".".join(f'"{part}"' for part in api.cursor.field.split(".")),
            "on_cursor_value_missing": "include",
        }
        endpoint["incremental"] = {"start_param": api.cursor.param, "initial_value": since, **field}
    client = {
        "base_url": api.url,
        "headers": {name: reveal(secret, where) for name, secret in api.headers.items()},
        "session": Client(
            request_timeout=SECONDS,
            raise_for_status=False,
            request_max_attempts=TRIES,
            request_backoff_factor=PAUSE,
            request_max_retry_delay=LONGEST_WAIT,
        ).session,
    }
    config: Any = {"client": client, "resources": [{"name": "rows", "endpoint": endpoint}]}
    return rest_api_source(config).resources["rows"]


def _exact(api: Api, where: str) -> Any:
    """Looks at each answer: it must be JSON with rows in it; numbers stay as they are written."""
    from dlt.common import jsonpath

    def look(response: "Response", *_: Any, **__: Any) -> "Response":
        if not response.ok:
            return response
        try:
            content = json.loads(response.content, parse_float=str)
        except ValueError:
            what = "the answer of the API is no JSON."
            raise UserError(what, where=where, mend="Is it the address of the API, or that of a web page?") from None
        if not jsonpath.find_values(api.data, content):
            what = f"the answer of the API has no `{api.data}`."
            raise UserError(what, where=where, mend="Name in `data` where the rows stand; `$` if the answer is a list.")
        response.json = lambda **_: content  # type: ignore[method-assign]
        return response

    return look


def _rows(item: Any, api: Api, where: str) -> Iterator[dict[str, Any]]:
    """An item as one row, or one for each entry of the list that `each` names."""
    if not isinstance(item, dict):
        what = f"the entries of `{api.data}` are no objects."
        raise UserError(what, where=where, mend="Name in `data` the list of objects.")
    entries = item.get(api.each) if api.each else None
    if not isinstance(entries, list) or not entries:
        yield dict(_flat(item))
    else:
        yield from (dict(_flat({**item, str(api.each): entry})) for entry in entries)


def _flat(value: dict[str, Any], within: str = "") -> Iterator[tuple[str, Any]]:
    """The values of an object, and of the objects in it as `owner.id`."""
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from _flat(inner, f"{within}{name}.")
        else:
            yield within + name, inner


def _table(rows: list[dict[str, Any]], api: Api, where: str) -> "pa.Table":
    """Text columns; the cursor stands beside them as JSON has it, a number or a text."""
    import pyarrow as pa

    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: pa.array([_written(row.get(name)) for row in rows], pa.string()) for name in names}
    if api.cursor:
        if api.cursor.field not in columns:
            what = f"the cursor `{api.cursor.field}` is in no row of the answer."
            raise UserError(what, where=where, mend="Name the field that says when a row was changed last.")
        columns[CURSOR] = pa.array([row.get(api.cursor.field) for row in rows])
    return pa.table(columns)


def _written(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _told(error: BaseException, where: str) -> UserError:
    """The sentence for what the server or dlt said; nothing of the address or of the answer is in it."""
    from requests import ConnectionError, HTTPError, Timeout

    while error.__cause__ and not isinstance(error, UserError | HTTPError):
        error = error.__cause__
    if isinstance(error, UserError):
        return error
    if isinstance(error, HTTPError) and error.response is not None:
        return _status(error.response.status_code, where)
    if isinstance(error, ConnectionError | Timeout | OSError):
        mend = "Is it up, and may this machine reach it? The next run asks again."
        return UserError("the API does not answer, or the connection broke off.", where=where, mend=mend)
    what = f"the API could not be read ({type(error).__name__})."
    return UserError(what, where=where, mend="Compare `paging` and `cursor` with the API's own description.")


def _status(code: int, where: str) -> UserError:
    if code in (401, 403):
        mend = "Mend the value of the variable that `headers` names."
        return UserError(f"the API refuses the login ({code}).", where=where, mend=mend)
    if code == 404:
        return UserError("the API has no such path (404).", where=where, mend="Mend `url` or `path`.")
    if code == 429:
        what = "the API says again and again that it is asked too often (429)."
        return UserError(what, where=where, mend="The next run asks again; ask its provider for a higher limit.")
    what = f"the API answers with an error ({code})."
    return UserError(what, where=where, mend="The next run asks again; if it stays, ask its provider.")
