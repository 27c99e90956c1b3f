"""The mail: the verdict first, then the key figures, two charts, and whom to call; HTML and plain text alike."""

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reports import charts
from reports.content import Document
from reports.content import charts as charts_of
from reports.formats import typeset
from reports.formats.html import environment
from reports.formats.view import View, view, writer_of

WIDTH, FINER = 600, 3


@dataclass(frozen=True)
class EmailBody:
    """Subject, plain text, HTML, and the PNGs that the HTML shows by content id."""

    subject: str
    text: str
    html: str
    images: dict[str, bytes]


def email_body(document: Document, attached: Sequence[str] = ()) -> EmailBody:
    """What is written to readers of this document with whom these formats (`pdf`, `xlsx`) travel."""
    short = replace(document, sections=tuple(s for s in document.sections if s.mailed))
    writer, page = writer_of(document), view(short)
    images = typeset.pictures({chart.name: charts.svg(chart, writer) for chart in charts_of(short)}, scale=FINER)
    sizes = {name: _width(png) for name, png in images.items()}
    files = " + ".join(name.upper() for name in attached)
    closing = [*([writer.word("mail_attached", files=files)] if files else []), writer.word("mail_why")]
    html = environment().get_template("email.html.j2").render(page, sizes=sizes, closing=closing)
    return EmailBody(
        subject=writer.plain(document.subject),
        text=_plain_text(page, closing),
        html=re.sub(r">\s*\n\s*<", ">\n<", html),
        images=images,
    )


def _width(png: bytes) -> int:
    """The width at which a chart is shown."""
    pixels = struct.unpack(">I", png[16:20])[0]
    return min(round(pixels / FINER * WIDTH / charts.WIDTH * 0.8), WIDTH)


def _plain_text(page: View, closing: list[str]) -> str:
    gap = "" if page["language"] == "zh" else " "
    lines = [f"{page['title']} · {page['subtitle']}", f"[{page['status']}] {' · '.join(page['facts'])}", ""]
    lines += [_text(page["lead"]) + gap + _text(page["verdict"]), ""]
    for section in page["sections"]:
        lines.append(f"{section['title']} ({_text(section['note'])})")
        for block in section["blocks"]:
            lines += {"table": _table_text, "text": _block_text, "chart": _chart_text}[block["type"]](block)
        lines.append("")
    return "\n".join([*lines, *(_text(line) for line in page["box"]), "", *closing, ""])


def _text(spans: list[View]) -> str:
    return "".join(span["text"] for span in spans)


def _block_text(block: View) -> list[str]:
    return [_text(block["spans"])]


def _chart_text(block: View) -> list[str]:
    return [block["alt"]]


def _table_text(block: View) -> list[str]:
    """One line a row: the name, then every figure with its column's title."""
    titles = [column["title"] for column in block["columns"]]
    lines = []
    for row in block["rows"]:
        told = [
            f"{title} {_text(cell)}".strip() for title, cell in zip(titles[1:], row["cells"][1:], strict=True) if cell
        ]
        lines.append(f"- {_text(row['cells'][0] or [])}: {'; '.join(told)}")
    return [*lines, block["note"]] if block["note"] else lines
