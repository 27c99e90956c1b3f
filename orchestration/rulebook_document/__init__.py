"""The rulebook as a document that people read and sign: 制度, in both languages, as HTML and PDF.

`content` lays out what is said, `prose` reads the chapters' Markdown, `html` and `pdf` show it. What a rule says comes
from `rulebook.told`, for every chapter alike.
"""

from orchestration.rulebook_document.content import Source, content
from orchestration.rulebook_document.html import render as html
from orchestration.rulebook_document.pdf import render as pdf

__all__ = ["Source", "content", "html", "pdf"]
