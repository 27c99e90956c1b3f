"""A proposal as the mapping that a person would write, with a comment wherever it is not sure."""

import json
from collections.abc import Callable

import yaml

from orchestration.inspect.draft import Line, TableDraft
from orchestration.inspect.folder import Proposal

SURE = 80
Say = Callable[..., str]


def mapping_text(proposal: Proposal, say: Say) -> str:
    """The YAML of one mapping, its comments in the reader's language."""
    looked = proposal.looked
    lines = [
        f"# {say('Proposed by `salesops inspect` from {name}; lines marked with ? deserve a look.', name=looked.sample.name)}",
        f"files: {_list(looked.glob)}",
    ]
    if proposal.preset:
        lines.append(
            f"# {say('It says what the preset {preset} says, for the columns that this export has.', preset=proposal.preset)}"
        )
    if read := _read(proposal):
        lines.append(f"read: {{{', '.join(read)}}}")
    lines.append(_noted(f"load: {proposal.load}", say(proposal.load_why)))
    if proposal.null_values:
        lines.append(f"null_values: {_list(proposal.null_values, always=True)}")
    lines.append("tables:")
    for table in proposal.tables:
        lines += _table(table, say)
    if proposal.totals:
        lines.append(f"totals: {{{', '.join(f'{name}: last_row' for name in proposal.totals)}}}")
    if proposal.unused:
        lines.append(f"# {say('Columns that feed nothing yet:')}")
        lines += [f"#   {name}" for name in proposal.unused]
    return "\n".join(lines) + "\n"


def _read(proposal: Proposal) -> list[str]:
    sample = proposal.looked.sample
    read = [] if sample.encoding == "utf-8" else [f"encoding: {sample.encoding}"]
    if sample.delimiter != ",":
        read.append(f"delimiter: {json.dumps(sample.delimiter)}")
    if proposal.looked.decimal == ",":
        read.append('decimal: ","')
    if len(sample.sheets) > 1:
        read.append(f"sheet: {scalar(sample.sheet or '')}")
    if len(sample.header_rows) > 1:
        read.append(f"header_rows: {list(sample.header_rows)}")
    elif sample.header_rows != (1,):
        read.append(f"header_row: {sample.header_rows[0]}")
    if proposal.fill_down:
        read.append(f"fill_down: {_list(proposal.fill_down, always=True)}")
    total = {column: (word,) for column, word in filter(None, [proposal.looked.total])}
    if skipped := total | dict(proposal.skip_rows_where):
        read.append(f"skip_rows_where: {{{_conditions(tuple(skipped.items()))}}}")
    if proposal.date_pattern:
        read.append(f"date_pattern: {json.dumps(proposal.date_pattern)}")
    return read


def _table(table: TableDraft, say: Say) -> list[str]:
    lines = [f"  {table.table}:"]
    if table.distinct:
        lines.append("    distinct: true")
    if table.newest_by:
        lines.append(f"    newest_by: {scalar(table.newest_by)}")
    if table.where:
        lines.append(_noted(f"    where: {{{_conditions(table.where)}}}", say("the others are skipped")))
    for column, cells in table.deleted_where:
        lines.append(f"    deleted_where: {{{scalar(column)}: {_list(cells, always=True)}}}")
    lines.append("    columns:")
    for line in table.lines:
        lines.append(_noted(f"      {line.field}: {_fed_by(line)}", _doubt(line, say)))
        if line.unknown and line.values:
            lines.append(f"        # ? {say('kept out until these values are mapped:')} {', '.join(line.unknown[:12])}")
    for name in table.missing:
        lines.append(f"      # {name}:   # ? {say('nothing feeds this field, and the table needs it')}")
    return lines


def _conditions(named: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    return ", ".join(f"{scalar(column)}: {_list(cells, always=True)}" for column, cells in named)


def _fed_by(line: Line) -> str:
    if line.column is None:
        return f"{{value: {scalar(line.value or '')}}}"
    parts = [f"column: {scalar(line.column)}"]
    if line.beside:
        parts.append(f"with: {scalar(line.beside)}")
    if line.formats:
        parts.append(f"format: {json.dumps(line.formats[0] if len(line.formats) == 1 else list(line.formats))}")
    if line.values:
        parts.append(f"values: {{{', '.join(f'{scalar(cell)}: {ours}' for cell, ours in line.values)}}}")
    if line.times is not None:
        parts.append(f"times: {line.times}")
    if line.negative_where:
        parts.append(f"negative_where: {{{_conditions(line.negative_where)}}}")
    return scalar(line.column) if len(parts) == 1 else f"{{{', '.join(parts)}}}"


def _doubt(line: Line, say: Say) -> str:
    """Why a line deserves a look, and what else it could be; nothing where it is sure."""
    if line.score >= SURE:
        return ""
    other = [f"format: {json.dumps(form)}" for form in line.also_formats] + list(line.others)
    tail = f"; {say('or')} {', '.join(other)}" if other else ""
    return f"? {line.score} %: {why(line.why, say)}{tail}"


def why(reasons: str, say: Say) -> str:
    """The reasons in the reader's language."""
    return "; ".join(say(reason) for reason in reasons.split("; "))


def _noted(text: str, note: str) -> str:
    return f"{text:<60}  # {note}" if note else text


def _list(values: tuple[str, ...], always: bool = False) -> str:
    if len(values) == 1 and not always:
        return scalar(values[0])
    return f"[{', '.join(map(scalar, values))}]"


def scalar(text: str) -> str:
    """The text as a YAML value that reads back as itself."""
    try:
        plain = yaml.safe_load(f"{{a: {text}}}") == {"a": text} and yaml.safe_load(f"{{{text}: a}}") == {text: "a"}
    except yaml.YAMLError:
        plain = False
    return text if plain and "\n" not in text else json.dumps(text, ensure_ascii=False)
