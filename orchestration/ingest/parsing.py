"""How a cell becomes a number, a date or a time, as SQL; null where it cannot be read."""

from orchestration.ingest import sql

DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+"
NUMBER = rf"(?:[-+△]?(?:{DIGITS})|\((?:{DIGITS})\)|(?:{DIGITS})-)%?"
WIDE = "０１２３４５６７８９．，－＋（）％−"
NARROW = "0123456789.,-+()%-"
DATE = r"^((?:19|[2-9]\d)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}.*)?$"
SERIAL = r"[2-5]\d{4}(?:\.\d+)?"  # days of Excel's calendar, 1954 to 2064


def trimmed(column: str) -> str:
    """The cell without the blanks around it, wide and invisible ones too; most cells have none, and are passed by."""
    blanks = "chr(9) || chr(10) || chr(13) || ' ' || chr(160) || chr(12288) || chr(65279)"
    return f"case when regexp_full_match({column}, '[!-~](?:[ -~]*[!-~])?') then {column} else trim({column}, {blanks}) end"


def cell(column: str, null_values: list[str]) -> str:
    """The trimmed cell; null where it says nothing."""
    return f"case when {column} in ({sql.texts(['', *null_values])}) then null else {column} end"


def number(column: str, sql_type: str, times: str | None) -> str:
    """A number of `sql_type`; thousands separators, brackets for a minus, currency signs, percent, full-width digits."""
    plain = rf"regexp_full_match({column}, '-?\d+(?:\.\d+)?')"
    if not times:
        thousands = rf"regexp_full_match({column}, '-?\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?')"
        quick = f"when {plain} then try_cast({column} as {sql_type})"
        quick += f" when {thousands} then try_cast(replace({column}, ',', '') as {sql_type})"
        return f"case {quick} else {_readable(column, sql_type)} end"
    # 12 digits before the point times at most 10 more: the product never leaves 38 digits
    read = f"case when {plain} then {_exact(column)} else {_readable(column, 'decimal(28, 10)')} end"
    return f"try_cast(try_cast({read} as decimal(20, 8)) * cast({times} as decimal(16, 6)) as {sql_type})"


def whole_number(column: str) -> str:
    """A BIGINT; null where the number has a fraction."""
    read = _readable(column, "decimal(28, 10)")
    fraction = f"case when trunc({read}) = {read} then try_cast({read} as bigint) end"
    plain = rf"regexp_full_match({column}, '-?\d+')"
    return f"case when {plain} then try_cast({column} as bigint) else {fraction} end"


def _readable(column: str, sql_type: str) -> str:
    narrow = rf"regexp_replace(translate({column}, '{WIDE}', '{NARROW}'), '[\s¥￥$€£]', '', 'g')"
    bare = f"regexp_replace({narrow}, '[-+△(),%]', '', 'g')"
    signed = f"(case when regexp_matches({narrow}, '[-△(]') then '-' else '' end || {bare})"
    percent = f"try_cast({_exact(signed)} * 0.01 as {sql_type})"
    value = f"case when contains({narrow}, '%') then {percent} else try_cast({signed} as {sql_type}) end"
    return f"case when regexp_full_match({narrow}, '{NUMBER}') then {value} end"


def _exact(text: str) -> str:
    """DECIMAL(28, 10), by way of one of 18 digits where that is enough: reading it is a hundred times quicker."""
    return f"coalesce(cast(try_cast({text} as decimal(18, 8)) as decimal(28, 10)), try_cast({text} as decimal(28, 10)))"


def moment(column: str, formats: list[str], *, excel: bool) -> str:
    """A TIMESTAMP by the mapping's formats, else year, month, day in any usual writing; nothing is guessed."""
    stated = f"try_strptime({column}, [{sql.texts(formats)}])" if formats else ""
    rest = f"coalesce({stated}, {_usual(column, excel)})" if stated and excel else stated or _usual(column, excel)
    return f"try(case when {rest} >= timestamp '1900-01-01' then {rest} end)" if formats else rest


def _usual(column: str, excel: bool) -> str:
    evened = rf"regexp_replace({column}, '^(\d{{4}})[/.年](\d{{1,2}})[/.月](\d{{1,2}})日?', '\1-\2-\3')"
    iso = rf"regexp_full_match({column}, '(19|[2-9]\d)\d\d-\d\d-\d\d')"
    whens = [
        f"when {iso} then try_cast({column} as timestamp)",
        rf"when regexp_full_match({column}, '(19|[2-9]\d)\d{{6}}') then try_strptime({column}, '%Y%m%d')",
        f"when regexp_full_match({column}, '{DATE}') then coalesce(try_cast({evened} as timestamp), "
        f"try_strptime(regexp_replace({column}, '{DATE}', '\\1-\\2-\\3'), '%Y-%m-%d'))",
    ]
    if excel:
        seconds = f"cast(round(cast({column} as double) * 86400) as bigint)"
        serial = f"timestamp '1899-12-30' + to_seconds({seconds})"
        whens.append(f"when regexp_full_match({column}, '{SERIAL}') then {serial}")
    return f"case {' '.join(whens)} end"
