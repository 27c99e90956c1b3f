"""Pilot mode: the pilot gets every mail, and each says for whom it would have been."""

import re
from dataclasses import replace
from html import escape

from reports.delivery.letter import Letter

STYLE = "margin:0;padding:8px 20px;background:#FFF0CC;color:#7A5200;font:13px/1.5 Arial,sans-serif"


def rehearsal(letter: Letter, name: str, address: str, scope: str) -> Letter:
    """The letter as the pilot gets it: subject and first line name the reader."""
    reader = name or address
    tag = f"[试运行 → {reader}]" if letter.language == "zh" else f"[Pilot → {reader}]"
    who = f"{name} <{address}>" if name else address
    line = (
        f"试运行：正式发送时收件人为 {who}{f'（{scope}）' if scope else ''}。"
        f" Pilot: in live mode this mail goes to {who}{f' ({scope})' if scope else ''}."
    )
    first = f'<p style="{STYLE}">{escape(line)}</p>'
    return replace(
        letter,
        subject=f"{tag} {letter.subject}",
        text=f"{line}\n\n{letter.text}",
        html=re.sub(r"<body[^>]*>", lambda body: body[0] + first, letter.html, count=1),
    )
