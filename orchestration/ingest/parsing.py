"""How a cell becomes a number, as SQL; null where it cannot be read. Dates and times are in `moments`."""

from orchestration.ingest import sql

DIGITS = r"(?:(?:\d{1,3}(?:[,'' ]\d{3})+|\d+)(?:\.\d*)?|\.\d+)"
SIGN = "[¥$€£]?"
UNIT = " ?(?:百万|千万|[千万亿])?[元圆]?"
NUMBER = (
    rf"(?:(?:[-+]? ?{SIGN}|{SIGN} ?[-+]) ?{DIGITS} ?{SIGN}{UNIT}|{SIGN} ?{DIGITS} ?{SIGN}{UNIT}-|"
    rf"[-+]? ?\( ?{SIGN} ?{DIGITS} ?{SIGN}{UNIT}\)) ?%?"
)
BLANKS = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(12288)"
WIDE = "０１２３４５６７８９．，－＋（）％−–△▲￥　’" + "\u00a0\u202f\u2009"
NARROW = "0123456789.,-+()%----¥ '" + "   "
UNITS = {"百万": 1000000, "千万": 10000000, "千": 1000, "万": 10000, "亿": 100000000}


def trimmed(column: str, blanks: str = f"{BLANKS} || chr(65279)") -> str:
    """The cell without the blanks around it, wide and invisible ones too; most cells have none, and are passed by."""
    some = f"{maybe_blank(column)} or {maybe_blank(f'{column}[-1]')}"
    return f"case when {some} then trim({column}, {blanks}) else {column} end"


def maybe_blank(column: str) -> str:
    """Whether the text begins with what may be a blank, or is empty."""
    return f"(unicode({column}) <= 32 or list_contains([160, 12288, 65279], unicode({column})))"


def cell(column: str, null_values: list[str]) -> str:
    """The trimmed cell; null where it says nothing."""
    nothing = sql.among(column, ["", *null_values])
    return f"case when {column} is null then null when {nothing} then null else {column} end"


def pointed(column: str) -> str:
    """The cell of a file that writes 1.234,56, as 1,234.56."""
    return f"translate({column}, ',.', '.,')"


def quick_number(column: str, sql_type: str, times: str | None) -> str:
    """What `number` says of a cell of digits, with a point and thousands separators at most, else null."""
    if times:
        return f"case when {_is_plain(column)} then {_product(_exact(column), times, sql_type)} end"
    return f"case {_plain_ways(column, sql_type)} end"


def quick_whole_number(column: str) -> str:
    """What `whole_number` says of a cell of digits alone, else null."""
    return rf"case when regexp_full_match({column}, '-?\d+') then try_cast({column} as bigint) end"


def number(column: str, sql_type: str, times: str | None) -> str:
    """A number of `sql_type`; thousands separators, brackets for a minus, signs, percent, 万 and 亿, full-width digits.

    With `times` a unit or percent in the cell would count twice: such a cell is null.
    """
    if not times:
        return f"case {_plain_ways(column, sql_type)} else {_readable(column, sql_type)} end"
    # 12 digits before the point times at most 10 more: the product never leaves 38 digits
    bare = f"case when not regexp_matches({column}, '[%％千万亿元圆]') then {_readable(column, 'decimal(28, 10)')} end"
    return _product(f"case when {_is_plain(column)} then {_exact(column)} else {bare} end", times, sql_type)


def _is_plain(column: str) -> str:
    return rf"regexp_full_match({column}, '-?\d+(?:\.\d+)?')"


def _plain_ways(column: str, sql_type: str) -> str:
    thousands = rf"regexp_full_match({column}, '-?\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?')"
    quick = f"when {_is_plain(column)} then try_cast({column} as {sql_type})"
    return f"{quick} when {thousands} then try_cast(replace({column}, ',', '') as {sql_type})"


def _product(read: str, times: str, sql_type: str) -> str:
    return f"try_cast(try_cast({read} as decimal(20, 8)) * cast({times} as decimal(16, 6)) as {sql_type})"


def whole_number(column: str) -> str:
    """A BIGINT; null where the number has a fraction."""
    read = _readable(column, "decimal(28, 10)")
    fraction = f"case when trunc({read}) = {read} then try_cast({read} as bigint) end"
    plain = rf"regexp_full_match({column}, '-?\d+')"
    return f"case when {plain} then try_cast({column} as bigint) else {fraction} end"


def _readable(column: str, sql_type: str) -> str:
    narrow = f"translate({column}, {sql.text(WIDE)}, {sql.text(NARROW)})"
    bare = f"regexp_replace({narrow}, '[^0-9.]', '', 'g')"
    signed = f"(case when regexp_matches({narrow}, '[-(]') then '-' else '' end || {bare})"
    scaled = f"try_cast(try_cast({_exact(signed)} as decimal(20, 8)) * {_factor(narrow)} as {sql_type})"
    value = f"case when regexp_matches({narrow}, '[%千万亿]') then {scaled} else try_cast({signed} as {sql_type}) end"
    return f"case when regexp_full_match({narrow}, '{NUMBER}') then {value} end"


def _factor(narrow: str) -> str:
    """What the unit in the cell multiplies by; two units at once are no number."""
    whens = " ".join(f"when contains({narrow}, '{unit}') then {times}" for unit, times in UNITS.items())
    percent = f"when contains({narrow}, '%') and regexp_matches({narrow}, '[千万亿元圆]') then null"
    return f"cast(case {percent} when contains({narrow}, '%') then 0.01 {whens} end as decimal(14, 4))"


def _exact(text: str) -> str:
    """DECIMAL(28, 10), by way of one of 18 digits where that is enough: reading it is a hundred times quicker."""
    return f"coalesce(cast(try_cast({text} as decimal(18, 8)) as decimal(28, 10)), try_cast({text} as decimal(28, 10)))"
