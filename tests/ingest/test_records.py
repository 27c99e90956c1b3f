import csv
from io import StringIO

import pytest

from orchestration.ingest.records import Count

TEXT = 'a,b\n"two\nlines","said ""no""\n"\r\n1,"x"\n"",\n2,"last, ""one"" "'


@pytest.mark.parametrize("size", range(1, 12))
def test_records_are_counted_as_a_csv_reader_counts_them_however_the_text_is_cut(size):
    data, count = TEXT.encode(), Count()
    for start in range(0, len(data), size):
        count.add(data[start : start + size])
    assert count.sure
    assert count.records == len(list(csv.reader(StringIO(TEXT, newline=""))))


@pytest.mark.parametrize("text", ["a\n\nb\n", "a\r\n\r\nb", "\na\n", '"a\n\nb"\n', 'a,"b\n'])
@pytest.mark.parametrize("size", [1, 2, 3, 99])
def test_a_blank_line_or_an_open_quote_asks_for_a_closer_look(text, size):
    count = Count()
    for start in range(0, len(text), size):
        count.add(text.encode()[start : start + size])
    assert not count.sure
