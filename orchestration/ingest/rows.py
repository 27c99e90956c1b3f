"""Cells of one table become typed fields, and each row gets its fate: loaded, skipped by a rule, or kept out."""

from expectations.contract import Contract
from expectations.contract import Field as ContractField
from orchestration.ingest import parsing, sql
from orchestration.ingest.cells import NUMBERS, Cells, times, version_column
from orchestration.ingest.checks import Check, text_checks
from orchestration.ingest.header import present
from orchestration.ingest.mapping import Column, Mapping, Table
from orchestration.ingest.moments import moment
from orchestration.ingest.staging import Staged

SKIP = "skip"
EMPTY = ("blank row", "not filled in")
ROW, LINE = "{row}", "{line}"  # stand in a constant for the row's number, and for that within its document
A_DATE = "is not a date"
A_NUMBER = "is not a number"
A_PLAIN_NUMBER = "is not a plain number, as `times` needs one"
TOTALS = [
    *("合计", "小计", "总计", "合 计", "小 计", "总 计", "合计:", "合计：", "总合计", "本页合计", "本页小计", "本期合计"),
    *("Total", "TOTAL", "total", "Totals", "Subtotal", "SUBTOTAL", "Sub-total", "Grand Total", "Grand Totals"),
]  # fmt: skip
TOTAL_WORDS = r"(?i)\s*(本页|本期|总)?(合\s*计|小\s*计|总\s*计|(grand |sub)?total)s?\s*[:：]?\s*"


class TableRows:
    """The SQL of one table of one file."""

    def __init__(
        self,
        staged: Staged,
        mapping: Mapping,
        table: Table,
        contract: Contract,
        total: int | None,
        time_zone: str = "UTC",
    ) -> None:
        self.staged, self.mapping, self.contract, self.total = staged, mapping, contract, total
        self.table = present(table, staged.places)
        self.zones = (time_zone, mapping.read.time_zone)
        self.cells = Cells(staged, mapping, self.table, contract, self.zones)
        self.checks = [check for field in contract.fields for check in self._checks(field)]
        if newest_by := self.table.newest_by:
            cell = self._cell(newest_by)
            fails = f"{cell} is not null and _version_at is null"
            self.checks.append(Check("newest_by", "date", fails, cell, "is not a date or time", newest_by))

    def parsed(self, cells: str) -> str:
        """One row per record of a relation of cells: the fields, `_version_at`, `_ordinal`, `_skip` (the rule, or null), `_bad`, `_gone`.

        Of a bad one also why, in words and as field:rule, and its original cells.
        """
        bad = " or ".join(["ragged is not null", *(f"({check.fails})" for check in self.checks)])
        return f"""
            select {sql.names(self.columns)}, _version_at, _ordinal, _skip, _bad, _gone, case when _bad then {self._reasons()} end as _reasons,
                case when _bad then {self._rules()} end as _rules, case when _bad then {self._raw()} end as _raw
            from (select *, {self._skip()} as _skip, coalesce({bad}, false) as _bad, {self._gone()} as _gone
                from (select *, {self._version_at()} as _version_at, {", ".join(self._values())}
                    from ({self.cells.looked_at(cells)})))"""

    @property
    def columns(self) -> list[str]:
        """The fields of the contract, then the extra columns."""
        return [*(field.name for field in self.contract.fields), *self.table.extra]

    def _values(self) -> list[str]:
        places = self.staged.places
        extra = [
            f"{self._cell(column) if column in places else 'null::varchar'} as {sql.name(name)}"
            for name, column in self.table.extra.items()
        ]
        return [*map(self._field, self.contract.fields), *extra]

    def settled(self, view: str) -> str:
        """The rows of `parsed` once their numbers are known: without total row and footer, with numbers in constants."""
        whens = f"when _ordinal = {self.total} then 'total row'" if self.total is not None else ""
        if self.staged.footer is not None:
            whens += f" when _ordinal >= {self.staged.footer} then 'footer'"
        replaced = [
            f"case when {' or '.join(f'_skip = {sql.text(rule)}' for rule in EMPTY)} then _skip {whens} else _skip end as _skip"
        ]
        replaced += [
            self._field(field)
            for field in self.contract.fields
            if field.name in self.table.columns and ROW in (self.table.columns[field.name].value or "")
        ]
        return f"select * replace ({', '.join(replaced)}) from {view}"

    def _reasons(self) -> str:
        """Why the row is kept out, one sentence after another; of a broken row nothing else is worth telling."""
        cases = [f"case when {check.fails} then {check.reason} end" for check in self.checks]
        return f"coalesce(ragged, array_to_string({_present(cases)}, '; '))"

    def _rules(self) -> str:
        """The same as field:rule, for counting."""
        cases = [f"case when {check.fails} then {sql.text(f'{check.field}:{check.rule}')} end" for check in self.checks]
        return f"case when ragged is not null then ['row:cells'] else {_present(cases)} end"

    def _raw(self) -> str:
        """The original cells as a JSON object."""
        pairs = ", ".join(f"{sql.text(name or f'cell {n}')}, c{n - 1}" for n, name in enumerate(self.staged.header, 1))
        return f"coalesce(raw, json_object({pairs})::varchar)"

    def _cell(self, column: str) -> str:
        return f"t{self.staged.places[column]}"

    def _cells_of(self, mapped: Column) -> str:
        """The cell that feeds a field; two of them are joined."""
        cell = self._cell(mapped.column or "")
        if mapped.until:
            cell = f"trim(split_part({cell}, {sql.text(mapped.until)}, 1))"
        return f"(coalesce({cell}, '') || '/' || coalesce({self._cell(mapped.beside)}, ''))" if mapped.beside else cell

    def _version_at(self) -> str:
        if not (column := version_column(self.table)):
            return "null::timestamp"
        return self.cells.or_quick("_version_at", self._moment(column, is_date=False))

    def _moment(self, column: Column, *, is_date: bool) -> str:
        epoch, excel = self.staged.epoch, self.staged.excel
        return moment(
            self._cells_of(column), column.format, excel=excel, epoch=epoch, zones=self.zones, is_date=is_date
        )

    def _field(self, field: ContractField) -> str:
        return f"{self._value(field)} as {sql.name(field.name)}"

    def _value(self, field: ContractField) -> str:
        column = self.table.columns.get(field.name)
        if column is None:
            return f"null::{field.sql_type}"
        if column.column is None:
            return f"cast({_constant(column.value or '')} as {field.sql_type})"
        cell = self._cells_of(column)
        if column.values:
            whens = " ".join(f"when {sql.text(key)} then {sql.text(value)}" for key, value in column.values.items())
            return f"try_cast(case coalesce({cell}, '') {whens} end as {field.sql_type})"
        return self._typed(field, column, cell)

    def _typed(self, field: ContractField, column: Column, cell: str) -> str:
        if field.kind in NUMBERS:
            return self._signed(self.cells.or_quick(field.name, self._number(field, column, cell)), column)
        if field.kind in {"date", "timestamp"}:
            found = self._moment(column, is_date=field.kind == "date")
            return f"try_cast({self.cells.or_quick(field.name, found)} as {field.sql_type})"
        if column.pad:
            short = f"length({cell}) < {column.pad} and regexp_full_match({cell}, '[0-9]+')"
            return f"case when {short} then lpad({cell}, {column.pad}, '0') else {cell} end"
        return cell

    def _number(self, field: ContractField, column: Column, cell: str) -> str:
        if self.mapping.read.decimal == ",":
            cell = parsing.pointed(cell)
        whole = field.kind == "integer" and not times(column)
        return parsing.whole_number(cell) if whole else parsing.number(cell, field.sql_type, times(column))

    def _signed(self, value: str, column: Column) -> str:
        """Negative in the rows that `negative_where` names, whatever sign the export gives them."""
        if not column.negative_where:
            return value
        return f"case when {self._any(column.negative_where)} then -abs({value}) else {value} end"

    def _any(self, conditions: dict[str, list[str]]) -> str:
        """Whether one of the columns has one of its values."""
        present_in = {column: values for column, values in conditions.items() if column in self.staged.places}
        pairs = ((_trimmed(self.staged.column(column)), values) for column, values in present_in.items())
        return " or ".join(sql.among(cell, values) for cell, values in pairs) or "false"

    def _gone(self) -> str:
        """Whether the row says that its record was deleted."""
        return f"({self._any(self.table.deleted_where)})" if self.mapping.load == "upsert" else "false"

    def _checks(self, field: ContractField) -> list[Check]:
        column, checks = self.table.columns.get(field.name), list[Check]()
        value = sql.name(field.name)
        if column is None or column.column is None:
            return checks
        cell = self._cells_of(column)
        if column.values:
            fails, says = (
                f"{cell} is not null and not {sql.among(cell, column.values)}",
                "is not among the mapped values",
            )
            checks.append(Check(field.name, "unknown_value", fails, cell, says, column.column))
        elif field.kind != "text":
            whats = {"integer": "is not a whole number", "date": A_DATE, "timestamp": A_DATE}
            fails = f"{cell} is not null and {value} is null"
            says = whats.get(field.kind, A_NUMBER if column.times in (None, 1) else A_PLAIN_NUMBER)
            checks.append(Check(field.name, field.kind, fails, cell, says, column.column))
        else:
            checks += text_checks(self.staged.marks, self.contract, field, cell, column.column)
        if field.required:
            blank = f"{cell} is null and {value} is null"
            checks.append(Check(field.name, "required", blank, "", "is empty", column.column))
        return checks

    def _skip(self) -> str:
        """The first rule that leaves the row out; a broken record only where the rule is sure of its cell."""
        every = ", ".join(f"c{place}" for place in range(len(self.staged.header)))
        blank = _blank(f"concat({every})")
        whens = [
            f"when case when not {parsing.maybe_blank(self._first_key())} then false else {blank} end then 'blank row'"
        ]
        if self.mapping.read.answers:
            answers = ", ".join(self.staged.column(column) for column in self.mapping.read.answers)
            whens.append(f"when {_blank(f'concat({answers})')} then 'not filled in'")
        for column, values in self.mapping.read.skip_rows_where.items():
            if column not in self.staged.places:
                continue
            cell = _trimmed(self.staged.column(column))
            whens.append(f"when {sql.among(cell, values)} then {sql.text(f'skip_rows_where {column}')}")
        for column, values in self.table.where.items():
            cell = _trimmed(self.staged.column(column))
            sure = f"(ragged is null or {cell} <> '')"
            whens.append(f"when not {sql.among(cell, values)} and {sure} then {sql.text(f'where {column}')}")
        if self.table.deleted_where and self.mapping.load != "upsert":
            whens.append(f"when {self._any(self.table.deleted_where)} then 'deleted_where'")
        whens += [f"when {sql.among(cell, TOTALS)} then 'total row'" for cell in self._keys()]
        for mapped in self.table.columns.values():
            skipped = [key for key, value in mapped.values.items() if value == SKIP]
            if skipped and mapped.column:
                cell = f"coalesce({self._cells_of(mapped)}, '')"
                rule = f"{sql.text(f'values {mapped.column} = ')} || {cell}"
                whens.append(f"when ragged is null and {sql.among(cell, skipped)} then {rule}")
        return f"case {' '.join(whens)} end"

    def _first_key(self) -> str:
        """The cell that is hardly ever empty: one look at it tells that the row is not blank."""
        keys = (self.table.columns.get(name) for name in self.contract.key)
        named = [one.column for one in keys if one and one.column]
        return self.staged.column(named[0]) if named else "c0"

    def _keys(self) -> list[str]:
        """The cells that identify a row: a row whose key is the word for a total is one."""
        fields = [field for field in self.contract.fields if field.name in self.contract.key and field.kind == "text"]
        mapped = [self.table.columns[field.name] for field in fields if field.name in self.table.columns]
        return [self._cell(one.column) for one in mapped if one.column and not one.values]


def _constant(value: str) -> str:
    text = sql.text(value)
    if LINE in value:
        return f"replace({text}, {sql.text(LINE)}, _within::varchar)"
    return f"replace({text}, {sql.text(ROW)}, (_ordinal + 1)::varchar)" if ROW in value else text


def _blank(text: str) -> str:
    return f"trim({text}, {parsing.BLANKS}) = ''"


def _trimmed(cell: str) -> str:
    return f"coalesce({parsing.trimmed(cell, parsing.BLANKS)}, '')"


def _present(cases: list[str]) -> str:
    return f"list_filter([{', '.join(cases)}]::varchar[], lambda x: x is not null)"
