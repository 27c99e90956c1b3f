"""Sentences in the reader's language: English in the code, Chinese in one dictionary."""

import re
from functools import cache

from orchestration.cli.chinese import CHINESE


def text(sentence: str, language: str, **values: object) -> str:
    """`sentence` in `language`, with its `{names}` filled in."""
    if not values:
        return translate(sentence, language)
    return (CHINESE.get(sentence, sentence) if language == "zh" else sentence).format(**values)


def translate(sentence: str, language: str) -> str:
    """A finished English sentence in `language`; its template is found again by its fixed words."""
    if language != "zh" or not sentence:
        return sentence
    if sentence in CHINESE:
        return CHINESE[sentence]
    for pattern, chinese in _patterns():
        if found := pattern.fullmatch(sentence):
            return chinese.format(*(translate(part, language) if " " in part else part for part in found.groups()))
    return sentence


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Templates with unnamed places, those with the most fixed words first."""
    templates = sorted((key for key in CHINESE if "{}" in key), key=lambda key: (-len(key), key))
    return [(re.compile("(.*?)".join(map(re.escape, key.split("{}"))), re.DOTALL), CHINESE[key]) for key in templates]
