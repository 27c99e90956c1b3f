"""Exports of well-known systems: recognised by their headers, proposed as the preset says."""

from expectations.contract import contracts
from orchestration.ingest.mapping import Column, Mapping, Table
from orchestration.ingest.preset import NOT_IN_MAPPINGS, preset, preset_names
from orchestration.inspect.draft import Line, TableDraft
from orchestration.inspect.profile import Profile
from orchestration.inspect.synonyms import spelled

SURE = 97


def known_as(columns: list[Profile]) -> str | None:
    """The preset whose telling columns the header has, the one with most of them; None where none fits."""
    have = {spelled(column.name) for column in columns}
    found = []
    for name in preset_names():
        also = preset(name).get("also_called", {})
        telling = [{spelled(one) for one in (column, *also.get(column, []))} for column in preset(name)["known_by"]]
        if all(spellings & have for spellings in telling):
            found.append((-len(telling), name))
    return min(found)[1] if found else None


def shipped(name: str) -> Mapping:
    """The preset as a mapping."""
    parts = {key: value for key, value in preset(name).items() if key not in NOT_IN_MAPPINGS}
    return Mapping.model_validate(parts | {"files": [name]})


def as_known(name: str, columns: list[Profile]) -> tuple[TableDraft, ...]:
    """The preset's tables, with the columns as this header calls them and without those that it lacks."""
    mapping = shipped(name)
    by_name = {spelled(column.name): column for column in reversed(columns)}

    def called(column: str | None) -> Profile | None:
        spellings = [column or "", *mapping.also_called.get(column or "", [])]
        return next((by_name[spelled(one)] for one in spellings if spelled(one) in by_name), None)

    drafts = []
    for table_name, table in mapping.tables.items():
        contract = contracts()[table_name]
        lines = [
            line
            for field in contract.fields
            if (one := table.columns.get(field.name)) and (line := _line(field.name, one, called, name))
        ]
        fed = {line.field for line in lines}
        missing = tuple(field.name for field in contract.fields if field.required and field.name not in fed)
        drafts.append(_draft(table_name, table, tuple(lines), missing, called))
    return tuple(drafts)


def _draft(name: str, table: Table, lines: tuple[Line, ...], missing: tuple[str, ...], called) -> TableDraft:  # type: ignore[no-untyped-def]
    newest = called(table.newest_by) if table.newest_by else None
    conditions = [_as_called(named, called) for named in (table.where, table.deleted_where)]
    newest_by = newest.name if newest else None
    return TableDraft(name, SURE if not missing else 50, lines, missing, newest_by, table.distinct, *conditions)


def _as_called(named: dict[str, list[str]], called) -> tuple[tuple[str, tuple[str, ...]], ...]:  # type: ignore[no-untyped-def]
    return tuple((found.name, tuple(values)) for column, values in named.items() if (found := called(column)))


def _line(field: str, one: Column, called, name: str) -> Line | None:  # type: ignore[no-untyped-def]
    why = f"the preset {name} says so"
    if one.column is None:
        return Line(field, None, SURE, why, value=one.value)
    column, beside = called(one.column), called(one.beside) if one.beside else None
    if column is None or (one.beside and beside is None):
        return None
    unknown = tuple(cell for cell in column.values if cell not in one.values) if one.values and not beside else ()
    usual = column.kind == "date" and not column.formats
    return Line(
        field,
        column.name,
        SURE,
        why,
        formats=() if usual else tuple(one.format),
        values=tuple(one.values.items()),
        unknown=unknown,
        times=one.times,
        beside=beside.name if beside else None,
        negative_where=_as_called(one.negative_where, called),
    )
