"""A worksheet that takes many rows at once: a cell after the other costs xlsxwriter ten times as long."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from reports.content import DetailKind

if TYPE_CHECKING:
    from pyarrow import Array
    from xlsxwriter.format import Format

ODD = re.compile(r"[&<>_\x00-\x1f\ufffe\uffff]|^\s|\s$")
MOST_LETTERS = 32_767  # Excel's limit
DAYS_TO_1970 = 25_569  # Excel's number of 1970-01-01


class RowSheet(Worksheet):
    """Writes what `write_string`, `write_datetime` and `write_number` would, in constant memory."""

    def write_rows(self, first: int, columns: "Sequence[tuple[DetailKind, Array, Format | None]]") -> None:
        """Columns of equal length, by their declared kinds, from the row numbered `first` (from 0) on; nulls stay empty."""
        count = len(columns[0][1])
        self._check_dimensions(first + count - 1, len(columns) - 1)
        self._write_single_row(first + count)  # the row before, which waits for its end
        cells = [self._cells(first + 1, place, *column) for place, column in enumerate(columns)]
        for number, row in enumerate(zip(*cells, strict=True), start=first + 1):
            self.fh.write(f'<row r="{number}">{"".join(row)}</row>')

    def _cells(self, first: int, place: int, kind: DetailKind, values: "Array", form: "Format | None") -> Iterable[str]:
        name = xl_col_to_name(place)
        if kind == "text":
            texts = values.to_numpy(zero_copy_only=False)
            return (
                "" if text is None else f'<c r="{name}{row}" t="inlineStr"><is>{self._text(text)}</is></c>'
                for row, text in enumerate(texts, first)
            )
        numbers = (_serial(values) if kind == "date" else values).to_numpy(zero_copy_only=False).tolist()
        style = form._get_xf_index() if form else 0
        return (
            f'<c r="{name}{row}" s="{style}"><v>{number:.16G}</v></c>' if number == number else ""  # a null is NaN
            for row, number in enumerate(numbers, first)
        )

    def _text(self, text: str) -> str:
        if len(text) > MOST_LETTERS:
            text = text[:MOST_LETTERS]
        if not ODD.search(text):
            return f"<t>{text}</t>"
        space = ' xml:space="preserve"' if text != text.strip() else ""
        return f"<t{space}>{self._escape_data(self._escape_control_characters(text))}</t>"


def _serial(days: "Array") -> "Array":
    """Days as Excel counts them; it believes in a 29 February 1900."""
    import pyarrow as pa
    import pyarrow.compute as pc

    numbers = pc.add(days.cast(pa.int32()), DAYS_TO_1970)
    return pc.subtract(numbers, pc.cast(pc.less(numbers, 61), pa.int32()))
