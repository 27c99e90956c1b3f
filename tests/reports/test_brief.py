"""What goes into a chat group, and the charts for slides."""

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from reports.content import Document
from reports.content import charts as charts_of
from reports.formats import brief
from reports.formats.view import writer_of
from reports.render import accompany

Make = Callable[..., Document]


def width(png: bytes) -> int:
    return struct.unpack(">I", png[16:20])[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_text_is_short_and_has_status_verdict_figures_and_cut_off(make: Make, language: str) -> None:
    document = make(language)
    text = brief.text(document)
    assert len(text) <= 300
    assert document.status in text
    assert writer_of(document).plain(document.lead).strip() in text
    assert {"zh": "订单额 ", "en": "Bookings "}[language] in text
    assert document.facts[0] in text


def test_a_figure_is_whole_or_not_there(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    document = make("zh")
    whole = brief.text(document).splitlines()[2].split("；")
    monkeypatch.setattr(brief, "MOST_CHARACTERS", 150)
    shorter = brief.text(document).splitlines()[2].split("；")
    assert 0 < len(shorter) < len(whole)
    assert shorter == whole[: len(shorter)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_picture_is_1080_pixels_wide_and_the_charts_twice_their_size(
    make: Make, tmp_path: Path, language: str
) -> None:
    document = make(language)
    names = {path.relative_to(tmp_path).as_posix() for path in accompany(document, tmp_path)}
    drawn = {f"charts/{chart.name}.{kind}" for chart in charts_of(document) for kind in ("svg", "png")}
    assert names == {"brief.txt", "brief.png", *drawn}
    assert width((tmp_path / "brief.png").read_bytes()) == 1080
    assert width((tmp_path / "charts" / "units.png").read_bytes()) > 700


def test_hostile_names_are_text_in_the_picture(make: Make, hostile_published: Path) -> None:
    assert width(brief.picture(make("zh", of=hostile_published))) == 1080
