"""Files looked at together: those of one kind become one proposal, and each helps to recognise the others' columns."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from glob import escape
from pathlib import Path

from expectations.contract import contracts
from orchestration.forms.source import recognised
from orchestration.ingest import sql
from orchestration.ingest.excel import SUFFIXES
from orchestration.ingest.landing import walk
from orchestration.ingest.load import connect
from orchestration.ingest.zipped import SUFFIX as ZIP
from orchestration.inspect.draft import TableDraft, date_pattern, draft_table, load_kind, stated_totals, total_row
from orchestration.inspect.known import as_known, known_as, shipped
from orchestration.inspect.match import HEADERS, Keys, TableFit, fed_by_lines, fed_by_people, fit_tables
from orchestration.inspect.mixed import Mixed, find_mixed, split, told_apart
from orchestration.inspect.profile import Profile, decimal_sign, number_of, profiles, read_sample
from orchestration.inspect.sample import Sample, take
from orchestration.inspect.synonyms import spelled
from salesops.errors import UserError

TEXTS = {".csv", ".txt", ".tsv", ".tab"}
STEM_END = re.compile(r"\d{4}|\d{2}[-_.]\d{2}")
SURE = 60


@dataclass(frozen=True)
class Looked:
    """One kind of file: the largest of them, as it reads."""

    names: tuple[str, ...]
    sizes: tuple[tuple[str, int], ...]
    glob: tuple[str, ...]
    path: Path
    sample: Sample
    header: tuple[str, ...]
    columns: tuple[Profile, ...]
    total: tuple[str, str] | None
    sums: dict[str, Decimal]
    decimal: str
    mixed: tuple[Mixed, ...]

    @property
    def hints(self) -> list[tuple[str, float]]:
        """What may name the table, and how much each counts."""
        stem = STEM_END.split(Path(self.names[0]).stem)[0] or Path(self.names[0]).stem
        return [(stem, 1.0), (self.sample.title, 0.8), (self.sample.sheet or "", 0.6)]


@dataclass(frozen=True)
class Proposal:
    """A mapping for one kind of file, and how sure it is."""

    looked: Looked
    tables: tuple[TableDraft, ...]
    load: str
    load_why: str
    date_pattern: str | None
    totals: tuple[str, ...] = ()
    guesses: tuple[TableFit, ...] = ()
    preset: str | None = None
    fill_down: tuple[str, ...] = ()
    skip_rows_where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    null_values: tuple[str, ...] = ()

    @property
    def sure(self) -> int:
        """How sure the least sure table is."""
        return min((table.sure for table in self.tables), default=0)

    @property
    def unused(self) -> list[str]:
        """Columns that feed nothing."""
        used = {name for table in self.tables for line in table.lines for name in (line.column, line.beside)}
        used |= {table.newest_by for table in self.tables} | {
            name for table in self.tables for name, _ in (*table.where, *table.deleted_where)
        }
        return [column.name for column in self.looked.columns if column.name not in used]

    @property
    def missing(self) -> list[str]:
        """Required fields that nothing feeds."""
        return [f"{table.table}.{name}" for table in self.tables for name in table.missing]


@dataclass
class Inspection:
    """All that was found: proposals, and files that cannot be read."""

    proposals: list[Proposal] = field(default_factory=list)
    problems: list[UserError] = field(default_factory=list)


def inspect_files(given: Iterable[Path], scratch: Path) -> Inspection:
    """Looks at files and folders: at the beginning of each file, and closely at one of each kind.

    `scratch` holds the samples for as long as the proposals are needed.
    """
    found = Inspection()
    looked = _looked(list(_files(given)), scratch, found.problems)
    keys: Keys = {}
    for _ in range(2):  # whose keys are known after the first look helps in the second
        fits = [fit_tables(list(one.columns), one.hints, keys) for one in looked]
        keys = _keys(fits)
    found.proposals = [_proposal(one, fit, keys) for one, fit in zip(looked, fits, strict=True)]
    found.proposals.sort(key=lambda one: (not one.tables, one.looked.glob))
    return found


def _files(given: Iterable[Path]) -> Iterable[tuple[Path, str]]:
    for path in given:
        if path.is_dir():
            for inside in walk(path, []):
                if inside.suffix.lower() in TEXTS | SUFFIXES | {ZIP} and not recognised(inside):
                    yield inside, inside.relative_to(path).as_posix()
        elif recognised(path):
            what = "this is a filled form, which needs no mapping."
            raise UserError(what, where=str(path), mend="Put it into landing/; the next load takes it.")
        elif path.is_file():
            yield path, path.name
        else:
            raise UserError("the file does not exist.", where=str(path), mend="Name files or folders that are there.")


Taken = tuple[Path, str, Sample]


def _looked(files: list[tuple[Path, str]], scratch: Path, problems: list[UserError]) -> list[Looked]:
    kinds: dict[tuple, list[Taken]] = defaultdict(list)
    for number, (path, name) in enumerate(files):
        try:
            place = scratch / str(number)
            place.mkdir()
            _refuse_archive(path, name)
            sample = take(path, name, place)
            kinds[(_prefix(name), path.suffix.lower(), sample.sheet, _names(sample))].append((path, name, sample))
        except UserError as problem:
            problems.append(problem)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for prefix, suffix, *_ in kinds:
        shared[prefix, suffix] += 1
    looked = []
    for (prefix, suffix, *_), members in kinds.items():
        try:
            looked.append(_look(members, _globs(members, prefix, suffix, shared[prefix, suffix] > 1), scratch))
        except UserError as problem:
            problems.append(problem)
    return looked


def _refuse_archive(path: Path, name: str) -> None:
    if path.suffix.lower() == ZIP:
        what = "this is an archive, and inspect looks into no archive."
        mend = "Unpack it into a folder and inspect that: the mappings read the archive as well."
        raise UserError(what, where=name, mend=mend)


def _prefix(name: str) -> str:
    """What files of one kind begin with: all before the day in their names."""
    return STEM_END.split(Path(name).stem)[0]


def _globs(members: list[Taken], prefix: str, suffix: str, shared: bool) -> tuple[str, ...]:
    bare = [Path(name).name for _, name, _ in members]
    if shared or not prefix or (len(bare) == 1 and Path(bare[0]).stem == prefix):
        return tuple(escape(name) for name in dict.fromkeys(bare))
    return (f"{escape(prefix)}*{Path(bare[0]).suffix}",)


def _names(sample: Sample) -> tuple[str, ...]:
    """The header, read as loading reads it."""
    from orchestration.ingest.header import read_header
    from orchestration.inspect.profile import as_source

    return tuple(read_header(sample.path, sample.name, as_source(sample, sample.name), merged=sample.excel))


def _look(members: list[Taken], globs: tuple[str, ...], scratch: Path) -> Looked:
    sizes = tuple((name, path.stat().st_size) for path, name, _ in members)
    path, _, sample = max(members, key=lambda taken: (taken[2].whole, taken[0].stat().st_size, taken[1]))
    with connect(scratch) as con:
        staged = read_sample(con, sample, path, scratch)
        total = total_row(staged.header, sample)
        columns = profiles(con, staged, total is not None and sample.whole)
        decimal = decimal_sign(con, staged)
        sums: dict[str, Decimal] = {}
        if total and sample.whole:
            for column in columns:
                if column.kind == "number":
                    number = number_of(f"c{column.place}", decimal)
                    sums[column.name] = sql.one(con, f"select sum({number}) from looked")[0]
        mixed = find_mixed(con, columns, decimal)
    names = tuple(name for _, name, _ in members)
    return Looked(names, sizes, globs, path, sample, tuple(staged.header), tuple(columns), total, sums, decimal, mixed)


def _keys(found: list[list[TableFit]]) -> Keys:
    """The key values of every table that was surely recognised."""
    keys: dict[str, frozenset[str]] = {}
    for fits in found:
        best = fits[0]
        key = best.fits.get(best.contract.key[0])
        if key and not best.missing and best.sure >= SURE:
            keys[best.table] = keys.get(best.table, frozenset()) | key.column.content
    return keys


def _proposal(looked: Looked, fits: list[TableFit], keys: Keys) -> Proposal:
    best = fits[0]
    pattern = date_pattern([Path(name).name for name in looked.names])
    if preset := known_as(list(looked.columns)):
        return _by_preset(looked, preset, pattern, fits)
    if best.sure < 40 or len(best.missing) * 2 > len([one for one in best.contract.fields if one.required]):
        return Proposal(looked, (), "upsert", "", pattern, guesses=tuple(fits[:3]))
    pair = fed_by_lines(best, fits)
    both = sorted(filter(None, [best, pair, fed_by_people(best, fits)]), key=lambda one: one.table in HEADERS)
    columns = list(looked.columns)
    ledger = told_apart(fits, looked.mixed)
    if ledger:
        both = [one for table in ("invoices", "receipts") for one in fits if one.table == table]
    tables = tuple(draft_table(one, columns, looked.sample, keys, pair is not None) for one in both)
    tables = tuple(split(table, ledger) for table in tables) if ledger else tables
    load, why = load_kind(best.table, list(looked.sizes))
    totals: tuple[str, ...] = ()
    if looked.total:
        for table in tables:
            said = stated_totals(
                list(looked.header), looked.sample, table, contracts()[table.table], looked.sums, looked.decimal
            )
            totals += tuple(one for one in said if one not in totals)
    return Proposal(looked, tables, load, why, pattern, totals, tuple(fits[1:3]))


def _by_preset(looked: Looked, preset: str, pattern: str | None, fits: list[TableFit]) -> Proposal:
    mapping = shipped(preset)
    tables = as_known(preset, list(looked.columns))
    filled = {spelled(name): name for name in reversed(looked.header)}

    def called(column: str) -> str:
        names = [column, *mapping.also_called.get(column, [])]
        return next((filled[spelled(one)] for one in names if spelled(one) in filled), "")

    fill_down = tuple(filter(None, map(called, mapping.read.fill_down)))
    skips = tuple(
        (called(column), tuple(cells)) for column, cells in mapping.read.skip_rows_where.items() if called(column)
    )
    why = f"the preset {preset} says so"
    nulls = tuple(mapping.null_values) if "null_values" in mapping.model_fields_set else ()
    return Proposal(looked, tables, mapping.load, why, pattern, (), tuple(fits[:2]), preset, fill_down, skips, nulls)
