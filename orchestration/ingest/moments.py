"""How a cell becomes a date or a time, as SQL; null where it cannot be read, and nothing is guessed."""

from orchestration.ingest import sql

DATE = r"^((?:19|[2-9]\d)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}.*)?$"
SERIAL = r"[2-5]\d{4}(?:\.\d+)?"  # days of Excel's calendar, 1954 to 2064
OFFSET = r" ?(?:Z|UTC|GMT|[-+]\d\d(?::?\d\d)?)"
INSTANT = rf".*[ T]\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:\.\d+)?)?{OFFSET}"
MIDNIGHT = rf".*[ T]0?0:00(?::00(?:\.0+)?)?(?:{OFFSET})?"
FIRST, LAST = "1900-01-01", "9999-12-31"
EPOCHS = {"excel": "1899-12-30", "excel1904": "1904-01-01"}
"""Formats that are no pattern: the day from which Excel counts."""


def moment(
    column: str,
    formats: list[str],
    *,
    excel: bool,
    epoch: str = EPOCHS["excel"],
    zones: tuple[str, str | None] = ("UTC", None),
    is_date: bool = False,
) -> str:
    """A TIMESTAMP by the mapping's formats, else year, month, day in any usual writing.

    `zones`: the company's, into which a time with an offset is turned, and that of times without one (None: the same).
    A date (`is_date`) at midnight is a day of a calendar, never turned.
    """
    patterns = [form for form in formats if form not in EPOCHS]
    stated = [f"try_strptime({column}, [{sql.texts(patterns)}])"] if patterns else []
    stated += [_serial(column, EPOCHS[form]) for form in formats if form in EPOCHS]
    usual = [] if stated and not excel else [_usual(column, zones[0], epoch if excel else None, is_date)]
    found = ", ".join([*stated, *usual])
    rest = f"coalesce({found})" if len([*stated, *usual]) > 1 else found
    rest = f"try(case when {rest} >= timestamp '1900-01-01' then {rest} end)" if formats else rest
    return _turned(column, rest, *zones, is_date)


def quick_moment(column: str, formats: list[str], zones: tuple[str, str | None]) -> str | None:
    """What `moment` says of a cell that is plain, else null; the cell need not be trimmed. None: there is no quick way."""
    patterns = [form for form in formats if form not in EPOCHS]
    if not formats:
        day = f"try_cast({column} as date)"  # written back as it came, so it is read right; quicker than a pattern
        return f"case when {day}::varchar = {column} and {day} >= date '{FIRST}' and {day} <= date '{LAST}' then {day}::timestamp end"
    if not patterns or zones[1] not in (None, zones[0]):
        return None
    found = f"try_strptime({column}, [{sql.texts(patterns)}])"
    return f"try(case when {found} >= timestamp '1900-01-01' then {found} end)"


def _is_iso(column: str) -> str:
    return rf"regexp_full_match({column}, '(19|[2-9]\d)\d\d-\d\d-\d\d')"


def _turned(column: str, value: str, to: str, zone: str | None, is_date: bool) -> str:
    """The time of day in `zone` as that in the company's zone."""
    if zone is None or zone == to:
        return value
    has_time = f"contains({column}, ':') and not regexp_full_match({column}, '{INSTANT}')"
    has_time += f" and not regexp_full_match({column}, '{MIDNIGHT}')" if is_date else ""
    return f"case when {has_time} then ({value}) at time zone {sql.text(zone)} at time zone {sql.text(to)} else {value} end"


def _usual(column: str, zone: str, epoch: str | None, is_date: bool) -> str:
    evened = rf"regexp_replace({column}, '^(\d{{4}})[/.年](\d{{1,2}})[/.月](\d{{1,2}})日?', '\1-\2-\3')"
    local = (
        f"coalesce(try_cast({evened} as timestamp), "
        f"try_strptime(regexp_replace({column}, '{DATE}', '\\1-\\2-\\3'), '%Y-%m-%d'))"
    )
    instant = f"regexp_matches(right({column}, 6), '[-+ ZC]') and regexp_full_match({column}, '{INSTANT}')"
    whens = [
        f"when {_is_iso(column)} then try_cast({column} as timestamp)",
        rf"when regexp_full_match({column}, '(19|[2-9]\d)\d{{6}}') then try_strptime({column}, '%Y%m%d')",
        f"when regexp_full_match({column}, '{DATE}') then "
        f"case when {instant} then {_instant(column, evened, zone, is_date)} else {local} end",
    ]
    if epoch:
        whens.append(f"when regexp_full_match({column}, '{SERIAL}') then {_serial(column, epoch)}")
    return f"case {' '.join(whens)} end"


def _instant(column: str, evened: str, zone: str, is_date: bool) -> str:
    """A time with an offset, in the company's zone."""
    seconds = rf"regexp_replace({evened}, '([ T]\d{{1,2}}:\d{{2}})({OFFSET})$', '\1:00\2')"
    offset = rf"regexp_replace(regexp_replace({seconds}, ' ?(?:UTC|GMT)$', 'Z'), ' ?([-+]\d\d):?(\d\d)$', '\1:\2')"
    turned = f"try_cast({offset} as timestamptz) at time zone {sql.text(zone)}"
    if not is_date:
        return turned
    day = rf"try_strptime(regexp_replace({column}, '{DATE}', '\1-\2-\3'), '%Y-%m-%d')"
    return f"case when regexp_full_match({column}, '{MIDNIGHT}') then {day} else {turned} end"


def _serial(column: str, epoch: str) -> str:
    """Days since Excel's first; `epoch` is the day that it counts as 0."""
    seconds = f"cast(round(try_cast({column} as double) * 86400) as bigint)"
    return f"case when regexp_full_match({column}, '{SERIAL}') then timestamp '{epoch}' + to_seconds({seconds}) end"
