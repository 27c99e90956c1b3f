"""A mail, taken apart again by the standard library as a mail client would."""

from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from reports.delivery.letter import MOST_HTML_BYTES, Attachment, Letter, compose, message_id
from salesops.errors import UserError

PNG = b"\x89PNG\r\n\x1a\n fake"
LETTER = Letter(
    key="performance/2025-03/R-EAST/east@qiming.cn/r1-abc",
    sender="销售运营 <salesops@qiming.cn>",
    to="east@qiming.cn",
    subject="【3月业绩·初稿】华东 达成94.2%",
    text="达成94.2%\n",
    html='<p>达成94.2%</p><img src="cid:trend" alt="三月 94.2%">',
    written_at=datetime(2025, 4, 2, 10, 0),
    language="zh",
    reply_to="data@qiming.cn",
    images={"trend": PNG},
    attachments=(Attachment("业绩_2025-03_华东.pdf", b"%PDF-1.7"),),
)


def parsed(letter: Letter = LETTER) -> EmailMessage:
    message = message_from_bytes(compose(letter), policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert compose(LETTER) == compose(LETTER)


def test_headers_say_who_when_and_that_no_person_wrote_it() -> None:
    message = parsed()
    assert message["Subject"] == "【3月业绩·初稿】华东 达成94.2%"
    assert message["To"] == "east@qiming.cn"
    assert message["Reply-To"] == "data@qiming.cn"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime.isoformat() == "2025-04-02T10:00:00+00:00"
    assert message["Message-ID"] == message_id(LETTER.key, LETTER.sender)


def test_text_and_html_are_alternatives_and_the_picture_belongs_to_the_html() -> None:
    message = parsed()
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/pdf",
    ]
    picture = next(part for part in message.walk() if part.get_content_type() == "image/png")
    assert picture["Content-ID"] == "<trend>"
    assert picture.get_content() == PNG
    assert "cid:trend" in message.get_body(("html",)).get_content()
    assert message.get_body(("plain",)).get_content().strip() == "达成94.2%"


def test_the_attachment_keeps_its_chinese_name() -> None:
    (pdf,) = parsed().iter_attachments()
    assert pdf.get_filename() == "业绩_2025-03_华东.pdf"
    assert pdf.get_content() == b"%PDF-1.7"


def test_another_version_is_another_message_and_refers_to_the_one_it_corrects() -> None:
    first = message_id(LETTER.key, LETTER.sender)
    message = parsed(replace(LETTER, key=LETTER.key.replace("r1", "r2"), corrects=first))
    assert message["Message-ID"] != first
    assert message["References"] == first


def test_a_body_that_mail_services_would_cut_is_refused() -> None:
    with pytest.raises(UserError, match="mail services cut"):
        compose(replace(LETTER, html="很" * (MOST_HTML_BYTES // 3 + 1)))


def test_a_line_break_cannot_smuggle_a_header_in() -> None:
    message = parsed(replace(LETTER, subject="a\r\nBcc: thief@example.org"))
    assert (message["Subject"], message["Bcc"]) == ("a Bcc: thief@example.org", None)
    with pytest.raises(ValueError, match="linefeed"):
        compose(replace(LETTER, to="a@qiming.cn\nBcc: thief@example.org"))


def test_a_letter_without_pictures_and_files_is_plain_and_html() -> None:
    message = parsed(replace(LETTER, images={}, attachments=()))
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]


@pytest.mark.parametrize("length", range(1, 40))
def test_no_space_of_a_long_subject_is_lost(length: int) -> None:
    subject = f"[试运行 → {'雅' * length}] 【2025年6月业绩·初稿】湘鄂部 达成74.8% 回款121.2% 逾期+3 万元 overdue + 3"
    raw = compose(replace(LETTER, subject=subject))
    assert message_from_bytes(raw, policy=default)["Subject"] == subject
    assert max(map(len, raw.splitlines())) <= 78
