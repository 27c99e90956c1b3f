"""Kinds of values in a mapping, and how a wrong one is told."""

import codecs
import re
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator


def _as_text(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError(f"write `{str(value).lower()}` in quotes: without them YAML reads a truth value")
    return str(value) if isinstance(value, int | float | date) else value


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _named(value: Any) -> Any:
    """A list of columns: each keeps its name."""
    return {str(one): one for one in value} if isinstance(value, list) else value


def _known_encoding(name: str) -> str:
    try:
        found = codecs.lookup(name).name
    except LookupError:
        near = get_close_matches(name.lower(), ["utf-8", "gb18030", "gbk", "big5", "utf-16", "cp1252"], n=1, cutoff=0.4)
        hint = f"; did you mean `{near[0]}`?" if near else "; write utf-8, gb18030 or utf-16"
        raise ValueError(f"`{name}` is not a known encoding{hint}") from None
    return "gb18030" if found in {"gbk", "gb2312", "cp936"} else found  # gb18030 reads everything that these write


def _one_group(pattern: str) -> str:
    try:
        groups = re.compile(pattern).groups
    except re.error as error:
        raise ValueError(f"`{pattern}` is not a regular expression ({error})") from None
    if groups != 1:
        raise ValueError('put the date in one pair of brackets, as "(\\\\d{8})"')
    return pattern


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"`{name}` is not a time zone; write one like Asia/Shanghai or Europe/Berlin") from None
    return name


Text = Annotated[str, BeforeValidator(_as_text)]
Texts = Annotated[list[Text], BeforeValidator(_as_list)]
Extra = Annotated[dict[Text, Text], BeforeValidator(_named)]
Encoding = Annotated[str, AfterValidator(_known_encoding)]
DatePattern = Annotated[str, AfterValidator(_one_group)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
