"""How a filled form loads: a mapping derived from its definition, a source of its own for each person and period.

A full load of a source of its own is what makes a second version replace the first one's rows, and never another's.
"""

import re
from functools import cache
from pathlib import Path

from orchestration.forms.definition import DEFINITIONS, Column, Form, forms
from orchestration.forms.marks import ENTRY_SHEET, KEYS_ROW, Marks, read_marks
from orchestration.ingest.mapping import Mapping, Source
from salesops.errors import UserError

NAME = re.compile(r"forms/([a-z_]+)/(\d{4}(?:-[A-Z0-9]{2})?)/([^/\\\s]+)")
SUFFIX = ".xlsx"
BESIDE = " · "
"""Between a code and its name, in what people choose from."""


def source_name(form: str, period: str, person: str) -> str:
    """The name of the source."""
    return f"forms/{form}/{period}/{person}"


def recognised(path: Path) -> Source | None:
    """The source of the form that lies at `path`, if it is one; whether its version fits is seen when it is read."""
    marks = read_marks(path) if path.suffix.lower() == SUFFIX else None
    return source_called(source_name(marks.form, marks.period, marks.person)) if marks else None


def source_called(name: str) -> Source | None:
    """The source of that name; None where it is not one of a form."""
    found = NAME.fullmatch(name)
    form = forms().get(found[1]) if found else None
    if found is None or form is None:
        return None
    return Source(name, DEFINITIONS / f"{form.id}.yml", mapping(form, found[2], found[3]))


@cache
def _mapping_columns(form_id: str) -> dict[str, dict]:
    form = forms()[form_id]
    return {column.field: _mapped(column) for column in form.fields}


def mapping(form: Form, period: str, person: str) -> Mapping:
    """Columns by the hidden row of keys, so that neither language nor order matters."""
    given = {"{period}": period, "{person}": person}
    constants = {field: {"value": _filled_in(value, given)} for field, value in form.set.items()}
    return Mapping.model_validate(
        {
            "files": ["*"],
            "read": {"sheet": ENTRY_SHEET, "header_row": KEYS_ROW, "answers": list(form.answers)},
            "load": "full",
            "min_share": 0,
            "tables": {form.table: {"columns": _mapping_columns(form.id) | constants}},
        }
    )


def _filled_in(value: str, given: dict[str, str]) -> str:
    for place, known in given.items():
        value = value.replace(place, known)
    return value


def _mapped(column: Column) -> dict:
    if isinstance(column.choose, str):
        return {"column": column.field, "until": BESIDE}
    if column.choose:
        values = {spelling: code for code, called in column.choose.items() for spelling in (called.zh, called.en, code)}
        return {"column": column.field, "values": values}
    return {"column": column.field}


def refuse_other_version(source: Source, path: Path, name: str) -> None:
    """UserError if the form at `path`, called `name`, was made from another version of its definition."""
    found = NAME.fullmatch(source.name)
    marks: Marks | None = read_marks(path) if found else None
    if marks is None or found is None:
        return
    form = forms()[found[1]]
    if marks.version != str(form.version):
        raise UserError(
            f"this is version {marks.version} of the form `{form.id}`, and only version {form.version} is read.",
            where=name,
            mend=f"Make it anew with `salesops forms make {form.id}` and copy the answers over.",
        )
