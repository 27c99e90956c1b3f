"""The quarter review pack of a company that supplies nothing of it: every part says so, and nothing fails."""

from pathlib import Path

import pytest

from reports.content import Document, Text
from reports.documents import quarter_review
from reports.marts import Marts
from reports.periods import resolve
from tests.reports.conftest import COMPANY

PARTS = ("headcount", "organisation", "exceptions", "handovers", "target_changes")


def pack(published: Path, language: str, scope: str) -> Document:
    with Marts(published) as marts:
        data = quarter_review.load(marts, resolve(marts, None, "quarter"), scope)
    return quarter_review.build(data, language, COMPANY)  # type: ignore[arg-type]


def told(document: Document) -> dict[str, str]:
    """Section → its sentence, where it is only one."""
    texts = {section.name: section.blocks[0] for section in document.sections if section.name != "sources"}
    return {name: "".join(map(str, part.sentence)) for name, part in texts.items() if isinstance(part, Text)}


@pytest.mark.parametrize(("language", "says"), [("zh", "未提供数据"), ("en", "Not supplied")])
def test_what_was_not_supplied_is_named(published: Path, language: str, says: str) -> None:
    whole, unit = (told(pack(published, language, scope)) for scope in ("Q", "R1"))
    assert [name for name, text in whole.items() if not text.startswith(says)] == []
    assert set(PARTS) <= set(whole)
    assert set(whole) - set(unit) == {"rules", "duties"}
