"""What the data team should know of a run: one sentence in each language for every check that did not pass."""

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any

from orchestration.cli.messages import translate

if TYPE_CHECKING:
    from orchestration.ingest import IngestResult
    from salesops.errors import UserError

Notice = dict[str, str]
"""Language -> sentence."""
Outcome = dict[str, Any]
"""A check that did not pass, as a run records it."""


def of_checks(outcomes: Iterable[Outcome]) -> list[Notice]:
    """A sentence for every check of a table, however many of its files did not pass it."""

    def key(outcome: Outcome) -> tuple[str, str]:
        return outcome.get("table") or "", outcome["expectation"]

    return [notice(list(group)) for _, group in groupby(sorted(outcomes, key=key), key)]


def of_files(result: "IngestResult") -> list[Notice]:
    """A sentence for every file that was not read, or of which nothing counts."""
    told = [
        *(
            {"en": f"{name}: no mapping asks for this file.", "zh": f"{name}：没有映射使用此文件。"}
            for name in result.unmatched
        ),
        *(
            {"en": f"{name}: it cannot be opened, or is no plain file.", "zh": f"{name}：无法打开，或不是普通文件。"}
            for name in result.refused
        ),
        *of_notes(result.problems),
    ]
    for held in (one for one in result.held if not one.by_check):
        problem, place = held.problem, held.problem.where or held.file_name
        zh = " ".join(translate(part, "zh") for part in (problem.what, problem.mend) if part)
        en = " ".join(part for part in (problem.what, problem.mend) if part)
        one = {
            "en": f"{place}: held, so that none of its rows count: {en}",
            "zh": f"{place}：整份扣留，不计入任何一行：{zh}",
        }
        if one not in told:  # a file may feed several tables
            told.append(one)
    return told


def of_notes(notes: Iterable["UserError"]) -> list[Notice]:
    """A sentence for everything odd about files that were read all the same."""
    return [
        {
            "en": f"{note.where}: {note.what} {note.mend}".strip(),
            "zh": f"{note.where}：{translate(note.what, 'zh')}{translate(note.mend, 'zh')}",
        }
        for note in notes
    ]


def notice(outcomes: list[Outcome]) -> Notice:
    """What one check found in these files: table, file, rows, an example, why it matters, and the check's name."""
    first, rows = outcomes[0], _rows(outcomes)
    subject = [part for part in (first.get("table"), first.get("file")) if part]
    held = bool(first.get("file")) and first["severity"] == "blocking" and first["status"] == "failed"
    more = len(outcomes) - 1
    en = ", ".join(subject) + (f" and {more} more files" if more else "") + (": " if subject else "")
    zh = "，".join(subject) + (f" 等 {more + 1} 个文件" if more else "") + ("：" if subject else "")
    en += rows["en"] + _why(first, "en") + (" The file is held: none of its rows count." if held else "")
    zh += rows["zh"] + _why(first, "zh") + ("文件已扣留，不计入任何一行。" if held else "")
    return {"en": f"{en} (check {first['expectation']})", "zh": f"{zh}（检查 {first['expectation']}）"}


def _rows(outcomes: list[Outcome]) -> Notice:
    """How many rows, and the line of one of them; a check of the whole file counts no rows."""
    count = sum(one.get("unexpected_count") or 0 for one in outcomes)
    line = outcomes[0].get("line")
    if not count or (line is None and outcomes[0].get("file")):
        return {"en": "", "zh": ""}
    rows = f"{count} row" if count == 1 else f"{count} rows"
    if line is None:
        return {"en": f"{rows}: ", "zh": f"{count} 行："}
    return {"en": f"{rows}, such as line {line}: ", "zh": f"{count} 行，例如第 {line} 行："}


def _why(outcome: Outcome, language: str) -> str:
    if outcome["status"] == "error":
        return {
            "en": f"The check itself is broken: {outcome['message']}",
            "zh": f"检查本身有误：{outcome['message']}",
        }[language]
    return str(outcome[f"why_{language}"])
