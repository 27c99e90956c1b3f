"""Forms made: one workbook for each person and period, and a note that it was made."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.forms.definition import lists
from orchestration.forms.made import note_made
from orchestration.forms.sheet import Choice, Content, write_form
from orchestration.forms.source import SUFFIX
from orchestration.forms.tasks import Task, answer
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from reports.marts import Marts


def make(workspace: Workspace, marts: "Marts", wanted: Sequence[Task], out: Path) -> list[Path]:
    """The workbooks, in the order of the tasks; the same marts and rules give the same bytes."""
    made = []
    for task in wanted:
        path = out / task.period.label / file_name(task)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_form(task, _content(workspace, marts, task), path)
        note_made(workspace.state, task.source, path)
        made.append(path)
    return made


def file_name(task: Task) -> str:
    """What the workbook is called; when it comes back, any name will do."""
    parts = (task.form.name.in_(task.language), task.period.label, task.person.id, task.person.called(task.language))
    return re.sub(r'[\\/:*?"<>|\s]+', "-", "_".join(parts)) + SUFFIX


def _content(workspace: Workspace, marts: "Marts", task: Task) -> Content:
    given = {
        "person": task.person.id,
        "period": task.period.label,
        "period_start": task.period.start,
        "period_end": task.period.end,
    }
    names = {column.choose for column in task.form.columns if isinstance(column.choose, str)}
    choices = {name: [Choice(**row) for row in answer(marts, lists()["choices"][name], given)] for name in names}
    rows = answer(marts, task.form.rows, given) if task.form.rows else []
    return Content(rows, choices, workspace.settings.mail.reply_to or "")
