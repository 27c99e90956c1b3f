"""What stands in forms and reminders beside their definitions, in the language of who fills them in."""

from functools import cache

from orchestration.forms.definition import Bilingual, Language
from salesops.yamlfile import load

WORDS = "words.yml"


@cache
def _words() -> dict[str, Bilingual]:
    from orchestration.forms.definition import DEFINITIONS

    data, _ = load(DEFINITIONS.parent / WORDS)
    return {key: Bilingual.model_validate(value) for key, value in data.items()}


def say(key: str, language: Language, **values: object) -> str:
    """The text of that key, filled in."""
    return _words()[key].in_(language).format(**values)
