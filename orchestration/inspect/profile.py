"""What the cells of each column look like, by the same typing that loading uses."""

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from orchestration.ingest import parsing, sql
from orchestration.ingest.mapping import NULL_VALUES, Column, Mapping, Read, Source, Table
from orchestration.ingest.moments import moment
from orchestration.ingest.staging import Staged, stage_all
from orchestration.inspect.sample import Sample

FORMATS = (
    "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d-%b-%y", "%d-%b-%Y", "%d/%m/%y", "%m/%d/%y", "%d.%m.%y",
    "%b %d, %Y", "%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%m/%d/%Y %I:%M %p", "%Y-%m-%d %H:%M:%S %z",
)  # fmt: skip
UNITS = {"亿元": 10**8, "亿": 10**8, "百万元": 10**6, "百万": 10**6, "万元": 10**4, "万": 10**4, "千元": 1000}
UNIT = re.compile(r"[(\[/_ ]\s*(亿元|亿|百万元|百万|万元|万|千元)\s*[)\]]?|(万元|亿元|千元)$")
DATE_LIKE = re.compile(r"(\d{1,4}|[A-Za-z]{3,9})[-/. ](\d{1,2}|[A-Za-z]{3,9}),?[-/. ]\d{2,4}.*")
COMMA = re.compile(r"[-+(]?\s?[¥$€£]?\s?(\d{1,3}(\.\d{3})+|\d+),\d{1,2}\s?[€]?[-)]?")
POINT = re.compile(r"[-+(]?\s?[¥$€£]?\s?(\d{1,3}(,\d{3})+|\d+)\.\d{1,4}\s?[€]?[-)]?")
FEW_ROWS = 2000
MOST_VALUES = 60
KEPT = 200_000


@dataclass(frozen=True)
class Profile:
    """One column: how many cells are filled, differ, are numbers, are dates; and its most frequent values."""

    name: str
    place: int
    rows: int
    filled: int
    distinct: int
    numbers: int
    negatives: int
    dates: int
    formats: tuple[str, ...]
    values: tuple[str, ...]
    content: frozenset[str]

    @property
    def unique(self) -> bool:
        """Whether it could identify a row."""
        return self.rows > 0 and self.filled == self.rows == self.distinct

    @property
    def times(self) -> int | None:
        """What the unit in the name multiplies by."""
        found = UNIT.search(self.name)
        return UNITS[found[1] or found[2]] if found else None

    def share(self, count: int) -> float:
        """`count` of the filled cells."""
        return count / self.filled if self.filled else 0.0

    @property
    def kind(self) -> str:
        """date, number, text or empty: what nearly all cells are."""
        if not self.filled:
            return "empty"
        if self.share(self.dates) >= 0.9 and not (self.share(self.numbers) >= 0.9 and not _eight_digits(self.values)):
            return "date"
        return "number" if self.share(self.numbers) >= 0.9 else "text"


def _eight_digits(values: tuple[str, ...]) -> bool:
    return all(re.fullmatch(r"(19|20)\d{6}", value) for value in values)


def as_source(sample: Sample, name: str) -> Source:
    """The sample as a source that maps nothing yet."""
    rows = list(sample.header_rows)
    levels: dict = {"header_rows": rows} if len(rows) > 1 else {"header_row": rows[0]}
    read = Read(delimiter=sample.delimiter, sheet=sample.sheet, **levels)
    nothing = Table(columns={"customer_id": Column(value="")})
    return Source(name, Path(f"{name}.yml"), Mapping(files=[name], read=read, load="upsert", tables={"": nothing}))


def read_sample(con: duckdb.DuckDBPyConnection, sample: Sample, original: Path, scratch: Path) -> Staged:
    """Stages the sample as loading would stage the file."""
    source = as_source(sample, sample.name)
    if sample.excel:
        return stage_all(con, original, sample.name, source, scratch)
    return stage_all(con, sample.path, "sample.csv", source, scratch)


def profiles(con: duckdb.DuckDBPyConnection, staged: Staged, total_row: bool) -> list[Profile]:
    """The columns of the staged file, broken rows and the total row left out."""
    where = f"ragged is null and _ordinal <> {staged.last if total_row else -1}"
    trimmed = ", ".join(f"{parsing.trimmed(name)} as {name}" for name in _places(staged))
    nulls = f"[{sql.texts(['', *NULL_VALUES])}]"  # as `in (…)` each column would become a join: slow in wide files
    cells = ", ".join(f"if(list_contains({nulls}, {name}), null, {name}) as {name}" for name in _places(staged))
    con.execute(f"create or replace table trimmed as select {trimmed} from staged where {where}")
    con.execute(f"create or replace table looked as select {cells} from trimmed")
    decimal = decimal_sign(con, staged)
    return [_profile(con, staged, place, decimal) for place, name in enumerate(staged.header) if name]


def decimal_sign(con: duckdb.DuckDBPyConnection, staged: Staged) -> str:
    """A comma where some column has 1.234,56 and none of its numbers has 1,234.56; else a point."""
    columns = list(zip(*con.execute(f"select * from looked limit {FEW_ROWS}").fetchall(), strict=True))
    commas = [sum(1 for cell in cells if cell and COMMA.fullmatch(cell)) for cells in columns]
    points = [sum(1 for cell in cells if cell and POINT.fullmatch(cell)) for cells in columns]
    sure = [comma for comma, point in zip(commas, points, strict=True) if comma > 0 and point == 0]
    return "," if sure and max(sure) > max(points) and not staged.excel else "."


def number_of(cell: str, decimal: str) -> str:
    """The number in a cell, as loading reads it, as SQL."""
    return parsing.number(parsing.pointed(cell) if decimal == "," else cell, "decimal(28, 8)", None)


def _places(staged: Staged) -> list[str]:
    return [f"c{place}" for place in range(len(staged.header))]


def _profile(con: duckdb.DuckDBPyConnection, staged: Staged, place: int, decimal: str) -> Profile:
    cell = f"c{place}"
    number = number_of(cell, decimal)
    day = moment(cell, [], excel=staged.excel)
    rows, filled, distinct, numbers, negatives, dates = sql.one(
        con,
        f"""
        select count(*), count({cell}), count(distinct {cell}), count({number}), count(*) filter (({number}) < 0),
            count({day})
        from looked""",
    )
    values = con.execute(
        f"select {cell} from looked where {cell} is not null group by 1 order by count(*) desc, 1 limit {MOST_VALUES}"
    ).fetchall()
    content = con.execute(f"select distinct {cell} from looked where {cell} is not null limit {KEPT}").fetchall()
    formats: tuple[str, ...] = ()
    if max(dates, numbers) < filled * 0.9 and any(DATE_LIKE.fullmatch(value) for (value,) in values):
        formats, dates = _formats(con, cell, dates)
    return Profile(
        staged.header[place], place, rows, filled, distinct, numbers, negatives, dates, formats,
        tuple(value for (value,) in values), frozenset(value for (value,) in content),
    )  # fmt: skip


def _formats(con: duckdb.DuckDBPyConnection, cell: str, dates: int) -> tuple[tuple[str, ...], int]:
    """The formats that read most cells, if they read more than the usual ones do."""
    counts = [f"count(try_strptime({cell}, {sql.text(form)}))" for form in FORMATS]
    found = sql.one(con, f"select {', '.join(counts)} from looked")
    most = max(found)
    if most <= dates:
        return (), dates
    return tuple(form for form, count in zip(FORMATS, found, strict=True) if count == most), most


def plain_number(text: str, decimal: str) -> Decimal | None:
    """The number that a cell of a total row shows."""
    pointed = text.translate(str.maketrans(",.", ".,")) if decimal == "," else text
    bare = re.sub(r"[\s,¥￥$€£]", "", pointed)
    return Decimal(bare) if re.fullmatch(r"-?\d+(\.\d+)?", bare) else None
