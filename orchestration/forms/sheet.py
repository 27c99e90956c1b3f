"""A form as a workbook: what to fill in, how, the lists to choose from, and the marks by which it is recognised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.forms.definition import Column, Language
from orchestration.forms.marks import ENTRY_SHEET, HEAD_ROW, KEYS_ROW, MARKS_SHEET, TITLE_ROW, Marks
from orchestration.forms.source import BESIDE
from orchestration.forms.tasks import Task
from orchestration.forms.words import say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LISTS_SHEET = "salesops_lists"
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NUMBER_FORMATS = {"amount": "#,##0.00", "quantity": "#,##0.####", "integer": "0", "rate": "0.0%", "date": "yyyy-mm-dd"}
NUMBERS = ("amount", "quantity", "integer", "number")
WIDTHS = {"text": 22, "date": 13, "amount": 17, "quantity": 12, "integer": 9, "rate": 9}
WIDEST = 45
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
GREY, DARK = "#EEF1F4", "#1F4E79"


@dataclass(frozen=True)
class Choice:
    """A thing to choose from a list."""

    code: str
    name: str | None
    name_en: str | None

    def shown(self, language: Language) -> str:
        """Code and name, as a person reads it."""
        name = (self.name_en if language == "en" else "") or self.name or ""
        return f"{self.code}{BESIDE}{name}" if name not in ("", self.code) else self.code


@dataclass(frozen=True)
class Content:
    """What the marts say: the rows that stand in the form, and the lists; and where to send it."""

    rows: list[dict[str, Any]]
    choices: dict[str, list[Choice]]
    send_to: str


def write_form(task: Task, content: Content, path: Path) -> None:
    """Write the workbook."""
    from xlsxwriter import Workbook

    with Workbook(str(path), SAFE) as book:
        created = datetime.combine(task.period.start, datetime.min.time())
        book.set_properties({"title": _title(task), "created": created})
        _Sheets(book, task, content).fill()


def _title(task: Task) -> str:
    name, person = task.form.name.in_(task.language), task.person.called(task.language)
    return say("head", task.language, name=name, period=task.period.label, person=person)


class _Sheets:
    """The workbook while it is written."""

    def __init__(self, book: "Workbook", task: Task, content: Content) -> None:
        self.book, self.task, self.content = book, task, content
        self.language, self.form = task.language, task.form
        self.formats: dict[tuple[str, bool], Format] = {}
        self.bold = book.add_format({"bold": True, "font_size": 14})
        self.head = book.add_format(
            {"bold": True, "font_color": "white", "bg_color": DARK, "text_wrap": True, "valign": "vcenter", "border": 1}
        )
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.keys = book.add_format({"font_size": 1, "font_color": "white"})

    def fill(self) -> None:
        """The sheet to fill in first, then notes, lists and marks."""
        entry = self.book.add_worksheet(ENTRY_SHEET)
        notes = self.book.add_worksheet(say("notes_sheet", self.language))
        places = self._lists(self.book.add_worksheet(LISTS_SHEET))
        self._entry(entry, places)
        self._notes(notes)
        self._marks(self.book.add_worksheet(MARKS_SHEET))
        entry.activate()

    def _entry(self, sheet: "Worksheet", places: dict[str, str]) -> None:
        due = f"{self.task.due_at:%Y-%m-%d %H:%M}"
        hint = "hint" if self.content.send_to else "hint_no_address"
        text = f"{_title(self.task)}\n{say(hint, self.language, due=due, to=self.content.send_to)}"
        sheet.merge_range(TITLE_ROW - 1, 0, TITLE_ROW - 1, max(len(self.form.columns) - 1, 1), "", self.wrapped)
        sheet.write_string(TITLE_ROW - 1, 0, text, self.wrapped)
        sheet.set_row(TITLE_ROW - 1, 36)
        sheet.set_row(HEAD_ROW - 1, 32)
        sheet.set_row(KEYS_ROW - 1, 2)
        for place, column in enumerate(self.form.columns):
            self._column(sheet, place, column, places)
        sheet.freeze_panes(KEYS_ROW, 0)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW - 1)

    def _column(self, sheet: "Worksheet", place: int, column: Column, places: dict[str, str]) -> None:
        field = self.form.of(column)
        kind = field.kind if field else column.kind
        needed = " *" if field and field.required else ""
        texts = (row.get(column.name) for row in self.content.rows)
        widest = max((_width(text) for text in texts if isinstance(text, str)), default=0)
        sheet.set_column(place, place, max(WIDTHS.get(kind, 14), min(widest + 2, WIDEST)))
        sheet.write_string(HEAD_ROW - 1, place, self.form.label(column, self.language) + needed, self.head)
        sheet.write_string(KEYS_ROW - 1, place, column.field, self.keys)
        prefilled = len(self.content.rows)
        for number in range(prefilled + self.form.blank_rows):
            value = self.content.rows[number].get(column.name) if number < prefilled else None
            locked = not column.field or (column.locked and number < prefilled)
            self._cell(sheet, KEYS_ROW + number, place, self._shown(column, value), self._format(kind, locked=locked))
        if rule := self._rule(column, kind, places):
            sheet.data_validation(KEYS_ROW, place, KEYS_ROW + prefilled + self.form.blank_rows - 1, place, rule)

    def _cell(self, sheet: "Worksheet", row: int, place: int, value: Any, form: "Format") -> None:
        if value is None:
            sheet.write_blank(row, place, None, form)
        elif isinstance(value, int | float | Decimal):
            sheet.write_number(row, place, float(value), form)
        elif isinstance(value, date):
            sheet.write_datetime(row, place, value, form)
        else:
            sheet.write_string(row, place, str(value), form)

    def _shown(self, column: Column, value: Any) -> Any:
        """A code as people choose it."""
        if isinstance(column.choose, str):
            found = (one for one in self.content.choices[column.choose] if one.code == value)
            return next((one.shown(self.language) for one in found), value)
        if column.choose and value in column.choose:
            return column.choose[value].in_(self.language)
        return value

    def _rule(self, column: Column, kind: str, places: dict[str, str]) -> dict[str, Any] | None:
        """What the cells of a column may hold, with the message for everything else."""
        if not column.field:
            return None
        if column.choose:
            source = places.get(column.field)
            return self._told({"validate": "list", "source": source}, "choose") if source else None
        if kind == "date":
            rule = {"validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY}
            return self._told(rule, "date")
        if kind not in NUMBERS:
            return None
        least, most = column.least, column.most
        bounds = {"minimum": -1e15 if least is None else least, "maximum": 1e15 if most is None else most}
        words = "number" if least is None else "number_from" if most is None else "number_between"
        rule = {"validate": "integer" if kind == "integer" else "decimal", "criteria": "between", **bounds}
        if kind == "integer":
            rule |= {"minimum": int(bounds["minimum"]), "maximum": int(min(bounds["maximum"], 2e9))}
        return self._told(rule, words, least=_plain(least), most=_plain(most))

    def _told(self, rule: dict[str, Any], words: str, **values: object) -> dict[str, Any]:
        message = say(words, self.language, **values)
        return rule | {"error_title": say("wrong", self.language), "error_message": message, "input_message": message}

    def _format(self, kind: str, *, locked: bool) -> "Format":
        if (kind, locked) not in self.formats:
            look: dict[str, Any] = {"num_format": NUMBER_FORMATS.get(kind, "@" if kind == "text" else "General")}
            look |= {"border": 1, "border_color": "#C9D1D9", "locked": locked}
            self.formats[kind, locked] = self.book.add_format(look | ({"bg_color": GREY} if locked else {}))
        return self.formats[kind, locked]

    def _lists(self, sheet: "Worksheet") -> dict[str, str]:
        """Field → the range of its list on the hidden sheet."""
        places = {}
        for place, column in enumerate(one for one in self.form.fields if one.choose):
            shown = self._choices(column)
            for row, text in enumerate(shown):
                sheet.write_string(row, place, text)
            if shown:
                letter = _letter(place)
                places[column.field] = f"={LISTS_SHEET}!${letter}$1:${letter}${len(shown)}"
        sheet.protect()
        sheet.very_hidden()
        return places

    def _choices(self, column: Column) -> list[str]:
        if isinstance(column.choose, dict):
            return [called.in_(self.language) for called in column.choose.values()]
        return [one.shown(self.language) for one in self.content.choices[column.choose or ""]]

    def _marks(self, sheet: "Worksheet") -> None:
        task = self.task
        marks = Marks(task.form.id, str(task.form.version), task.period.label, task.person.id, task.language)
        for row, (name, value) in enumerate(marks.rows()):
            sheet.write_string(row, 0, name)
            sheet.write_string(row, 1, value)
        sheet.protect()
        sheet.very_hidden()

    def _notes(self, sheet: "Worksheet") -> None:
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 80)
        sheet.write_string(0, 0, _title(self.task), self.bold)
        lines = list(self._lines())
        for row, text in enumerate(lines, start=2):
            sheet.merge_range(row, 0, row, 1, "", self.wrapped)
            sheet.write_string(row, 0, text, self.wrapped)
            sheet.set_row(row, 15 * (1 + _width(text) // 105))
        start = len(lines) + 3
        sheet.write_string(start, 0, say("columns", self.language), self.head)
        sheet.write_string(start, 1, "", self.head)
        for row, column in enumerate(self.form.columns, start=start + 1):
            sheet.write_string(row, 0, self.form.label(column, self.language), self.wrapped)
            sheet.write_string(row, 1, self._explained(column), self.wrapped)
        sheet.protect()

    def _lines(self) -> Iterable[str]:
        language, task = self.language, self.task
        yield self.form.about.in_(language)
        yield say("for", language, person=task.person.called(language), period=task.period.label)
        yield say("until", language, due=f"{task.due_at:%Y-%m-%d %H:%M}")
        if self.content.send_to:
            yield say("to", language, to=self.content.send_to)
        yield from (say(key, language) for key in ("white", "blank", "again", "file"))

    def _explained(self, column: Column) -> str:
        field = self.form.of(column)
        if field is None:
            return say("shown", self.language)
        parts = [say("needed", self.language)] if field.required else []
        if isinstance(column.choose, dict):
            parts.append(" / ".join(self._choices(column)))
        elif self.language == "en":
            parts.append(field.description_en)
        elif self.form.label(column, "zh") != field.description_zh:
            parts.append(field.description_zh)
        return "; ".join(parts) if self.language == "en" else "；".join(parts)


def _width(text: str) -> int:
    """Columns that the text takes: a Chinese sign is as wide as two letters."""
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:g}"


def _letter(place: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(place))
