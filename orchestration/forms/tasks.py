"""Who has to fill in which form, for which period, by when: the rulebook's forms, resolved in the published marts."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import rulebook
from orchestration.forms.definition import Form, Language, form_called, forms, lists
from orchestration.forms.periods import LABELS, Period, around, due_at, named
from orchestration.forms.source import source_name
from orchestration.work_calendar import WorkCalendar, work_calendar
from orchestration.workspace import Workspace
from rulebook.chapters.forms import FormRule

if TYPE_CHECKING:
    from reports.marts import Marts

RULES = "rulebook/forms.yml"


@dataclass(frozen=True)
class Person:
    """Who fills a form in."""

    id: str
    name: str
    name_en: str
    email: str

    def called(self, language: Language) -> str:
        """The name, or the code of somebody whose name is not known."""
        return (self.name_en if language == "en" else "") or self.name or self.id


@dataclass(frozen=True)
class Task:
    """One form for one person and period."""

    form: Form
    period: Period
    person: Person
    due_at: datetime
    language: Language
    remind_days_before: int

    @property
    def source(self) -> str:
        """The name of the source as which the filled form loads."""
        return source_name(self.form.id, self.period.label, self.person.id)


@dataclass(frozen=True)
class Ask:
    """A form as a rule of the rulebook asks for it, or, without a rule, as it proposes itself."""

    form: Form
    filled_by: str | tuple[str, ...]
    every: str
    due: str
    remind_days_before: int
    language: Language
    since: date | None = None

    def period_due(self, period: Period, calendar: WorkCalendar) -> datetime:
        """When the form for that period is due."""
        return due_at(period, self.due, self.form.due_counts_from, calendar)


def tasks(
    workspace: Workspace,
    marts: "Marts",
    at: datetime,
    wanted: Sequence[str] = (),
    period: str | None = None,
    *,
    last_too: bool = False,
    also: Collection[str] = (),
) -> list[Task]:
    """Every form that is `wanted` (without names: all that a rule asks for, and `also` these), for that period.

    Without a period it is the one that is due next, with `last_too` also the one that was due last.
    """
    book = rulebook.load(workspace.rulebook)
    calendar = work_calendar(workspace, book)
    found = []
    for ask in _asks(workspace, book.of(FormRule), at, wanted, also):
        for one in _periods(ask, period, calendar, at, last_too=last_too, alone=bool(wanted)):
            due = ask.period_due(one, calendar)
            if ask.since and due.date() < ask.since:
                continue
            for person in _people(marts, ask.filled_by, one):
                found.append(Task(ask.form, one, person, due, ask.language, ask.remind_days_before))
    return sorted(found, key=lambda task: (task.due_at, task.form.id, task.period, task.person.id))


def _asks(
    workspace: Workspace, rules: Iterable[FormRule], at: datetime, wanted: Sequence[str], also: Collection[str]
) -> list[Ask]:
    home = workspace.settings.company.language
    in_force = [rule for rule in rules if rule.is_in_force(at.date())]
    for name in wanted:
        form_called(name, "FORM")
    asks = [_ask(rule, home) for rule in in_force if not wanted or rule.form in wanted]
    ruled = {ask.form.id for ask in asks}
    unruled = [name for name in wanted or sorted(also) if name not in ruled and name in forms()]
    return asks + [_proposed(forms()[name], home) for name in unruled]


def _ask(rule: FormRule, home: Language) -> Ask:
    form = form_called(rule.form, RULES)
    stated = (rule.filled_by or form.filled_by, rule.every or form.every, rule.due or form.due)
    return Ask(form, *stated, rule.remind_days_before, rule.language or home, rule.effective.from_)


def _proposed(form: Form, home: Language) -> Ask:
    return Ask(form, form.filled_by, form.every, form.due, 2, home)


def _periods(
    ask: Ask, label: str | None, calendar: WorkCalendar, at: datetime, *, last_too: bool, alone: bool
) -> list[Period]:
    if label is None:
        near = around(ask.every, ask.due, ask.form.due_counts_from, calendar, at)
        return near if last_too else near[-1:]
    if not alone and not re.fullmatch(LABELS[ask.every], label):
        return []  # of all forms, those that have such a period
    return [named(ask.every, label, calendar)]


def _people(marts: "Marts", filled_by: str | tuple[str, ...], period: Period) -> list[Person]:
    if isinstance(filled_by, str):
        rows = answer(marts, lists()["people"][filled_by], {"period_start": period.start, "period_end": period.end})
        ids = [row["employee_id"] for row in rows]
    else:
        ids = list(filled_by)
    sql = "select employee_id, name, name_en, email from dim_employee where employee_id in (select unnest($ids))"
    known = {row["employee_id"]: row for row in marts.rows(sql, ids=ids)}
    return [_person(one, known.get(one, {})) for one in sorted(set(ids))]


def _person(id_: str, row: dict[str, Any]) -> Person:
    return Person(id_, row.get("name") or "", row.get("name_en") or "", row.get("email") or "")


def answer(marts: "Marts", sql: str, given: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a definition's SQL; it names of `given` what it needs."""
    named_there = set(re.findall(r"\$(\w+)", sql))
    return marts.rows(sql, **{key: value for key, value in given.items() if key in named_there})
