"""`salesops inspect`: what lies in files that no mapping knows yet, and the mapping that would load them."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.cli.output import Session, session
from salesops.errors import UserError

if TYPE_CHECKING:
    from orchestration.inspect.folder import Proposal
    from orchestration.inspect.preview import Preview

SUFFIX = {True: ".yml", False: ".yml.draft"}


def inspect(
    context: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders; without any, landing/ of the workspace.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Save what is proposed as sources/NAME.yml.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over mappings that are there already.")] = False,
) -> None:
    """Look into exports that no mapping knows: how they read, which tables they feed, and how sure that is.

    Example: `salesops inspect ~/exports`, then `salesops inspect ~/exports --write`. Only the first megabytes of each
    file are read, and nothing is loaded.
    """
    from orchestration.inspect.folder import inspect_files
    from orchestration.inspect.names import source_names

    spoken = session(context)
    given = files or [spoken.workspace.landing]
    _own_language(spoken, write)
    with TemporaryDirectory() as folder, spoken.working("Looking into the files …"):
        scratch = Path(folder)
        found = inspect_files(given, scratch)
        named = dict(zip(source_names(found.proposals), found.proposals, strict=True))
        told = [_tell(spoken, name, proposal, scratch) for name, proposal in named.items()]
    for problem in found.problems:
        spoken.error(problem)
    written = [
        path for name, text, missing in _texts(told) if write and (path := _save(spoken, name, text, missing, force))
    ]
    if not write and any(text for _, text, _ in _texts(told)):
        spoken.say("Nothing was written. `--write` saves these mappings in sources/.")
    if written:
        spoken.say("Next: look at lines marked with ?, then `salesops check` and `salesops run`.")
    spoken.result(
        {
            "files": told,
            "problems": [{"what": one.what, "where": one.where, "mend": one.mend} for one in found.problems],
            "written": [str(path) for path in written],
        }
    )


def _own_language(spoken: Session, needed: bool) -> None:
    """Speak as the workspace does, where there is one; only writing needs it."""
    try:
        _ = spoken.workspace
    except UserError:
        if needed:
            raise


def _texts(told: list[dict[str, Any]]) -> list[tuple[str, str, list[str]]]:
    return [(one["source"], one["mapping"], one["missing"]) for one in told if one["mapping"]]


def _tell(spoken: Session, name: str, proposal: "Proposal", scratch: Path) -> dict[str, Any]:
    """One kind of file, said to a person; the same for a machine."""
    from orchestration.ingest.mapping import Mapping
    from orchestration.inspect.preview import preview
    from orchestration.inspect.write import mapping_text
    from salesops.yamlfile import parse

    _say_file(spoken, proposal)
    text, previews, problem = "", list["Preview"](), ""
    if proposal.tables:
        text = mapping_text(proposal, spoken.text)
        path = scratch / f"{name}.yml"
        path.write_text(text, encoding="utf-8")
        _say_tables(spoken, proposal)
        try:
            previews = preview(proposal, parse(path, Mapping))
        except UserError as error:
            problem = error.what
            spoken.error(error)
        for one in previews:
            _say_preview(spoken, one)
    else:
        _say_unknown(spoken, proposal)
    return {**_as_json(name, proposal, previews), "mapping": text, "problem": problem}


def _say_file(spoken: Session, proposal: "Proposal") -> None:
    looked, sample = proposal.looked, proposal.looked.sample
    more = spoken.text(", {count} files", count=len(looked.names)) if len(looked.names) > 1 else ""
    spoken.say("\n{files}{more}", style="bold", files=", ".join(looked.glob), more=more)
    parts = [sample.encoding + (" BOM" if sample.bom else "")] if not sample.excel else []
    if not sample.excel:
        parts.append(spoken.text("separated by {sign}", sign=repr(sample.delimiter)))
    else:
        parts.append(spoken.text("sheet {sheet}", sheet=sample.sheet))
    parts.append(spoken.text("header in row {rows}", rows=" + ".join(map(str, sample.header_rows))))
    if looked.total:
        parts.append(spoken.text("total row ({word})", word=looked.total[1]))
    unique = [column.name for column in looked.columns if column.unique]
    if unique:
        parts.append(spoken.text("each value once: {columns}", columns=", ".join(unique[:4])))
    if not sample.whole:
        parts.append(spoken.text("only the beginning was read"))
    spoken.say("  {parts}", style="dim", parts="; ".join(parts))


def _say_tables(spoken: Session, proposal: "Proposal") -> None:
    from orchestration.inspect.write import why

    load_why = spoken.text(proposal.load_why)
    for table in proposal.tables:
        spoken.say(
            "  → {table} ({sure} %), {load}: {why}",
            table=table.table,
            sure=table.sure,
            load=proposal.load,
            why=load_why,
        )
        rows = [
            (
                f"    {line.field}",
                line.column if line.column is not None else f"= {line.value}",
                f"{line.score} %",
                why(line.why, spoken.text) + (f"; × {line.times}" if line.times else ""),
            )
            for line in table.lines
        ]
        spoken.table(["    field", "column", "sure", "why"], rows)
        for name in table.missing:
            spoken.warn("  {table} needs `{field}`, and no column feeds it.", table=table.table, field=name)
    if proposal.unused:
        spoken.say("  Columns that feed nothing yet: {columns}", style="dim", columns=", ".join(proposal.unused))


def _say_unknown(spoken: Session, proposal: "Proposal") -> None:
    best = proposal.guesses[0]
    spoken.warn(
        "  No table fits. Nearest is {table}; it needs {missing}.", table=best.table, missing=", ".join(best.missing)
    )


def _say_preview(spoken: Session, one: "Preview") -> None:
    spoken.say(
        "  {table}: of the rows looked at, {loaded} would load, {kept_out} be kept out, {skipped} be skipped.",
        table=one.table, loaded=one.loaded, kept_out=one.kept_out, skipped=one.skipped,
    )  # fmt: skip
    if spoken.verbose or one.rows:
        spoken.table([f"    {one.fields[0]}", *one.fields[1:]], [(f"    {row[0]}", *row[1:]) for row in one.rows])
    for line, reasons in one.refused:
        spoken.warn("    row {line}: {reasons}", line=line, reasons=reasons)


def _as_json(name: str, proposal: "Proposal", previews: list["Preview"]) -> dict[str, Any]:
    looked, sample = proposal.looked, proposal.looked.sample
    return {
        "source": name,
        "files": list(looked.names),
        "encoding": None if sample.excel else sample.encoding,
        "delimiter": None if sample.excel else sample.delimiter,
        "sheet": sample.sheet,
        "header_rows": list(sample.header_rows),
        "total_row": list(looked.total) if looked.total else None,
        "date_pattern": proposal.date_pattern,
        "load": proposal.load,
        "sure": proposal.sure,
        "tables": {
            table.table: {
                "sure": table.sure,
                "columns": {
                    line.field: {"column": line.column, "value": line.value, "sure": line.score, "why": line.why}
                    for line in table.lines
                },
            }
            for table in proposal.tables
        },
        "missing": proposal.missing,
        "unused": proposal.unused,
        "nearest": [{"table": one.table, "sure": one.sure, "missing": one.missing} for one in proposal.guesses],
        "preview": [
            {"table": one.table, "would_load": one.loaded, "kept_out": one.kept_out, "skipped": one.skipped,
             "rows": [dict(zip(one.fields, row, strict=True)) for row in one.rows],
             "refused": [{"row": line, "reasons": reasons} for line, reasons in one.refused]}
            for one in previews
        ],
    }  # fmt: skip


def _save(spoken: Session, name: str, text: str, missing: list[str], force: bool) -> Path | None:
    """Writes one mapping; one that a table's required field is missing in is no mapping yet, and no run reads it."""
    path = spoken.workspace.sources / f"{name}{SUFFIX[not missing]}"
    if path.exists() and not force:
        spoken.warn("{path} is there already, and was left as it is; --force writes over it.", path=path)
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    if missing:
        spoken.warn("{path} is a draft: nothing feeds {missing}. Name a column, then rename it to .yml.",
                    path=path, missing=", ".join(missing))  # fmt: skip
    else:
        spoken.say("Written: {path}", path=path)
    return path
