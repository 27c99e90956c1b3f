"""What the keys and choices of rules are called, in both languages: one file for each module that declares them.

`words/<module>.yml` holds, for each model of `rulebook/chapters/<module>.py` (or `rulebook/<module>.py`), its keys as
people write them, and `key=choice` for each choice of a closed list:

    SalesBasis:
      _title: {zh: 业绩口径, en: What counts as sales}       # of a rule: the title of its chapter
      _says: {zh: 业绩以{basis}计。, en: Sales are {basis}.}  # optional: the rule, or the part, as a sentence of its keys
      basis: {zh: 金额, en: Amount}
      basis=invoiced_amount: {zh: 开票额, en: net billings}

A test asks for both languages of every key and choice, and for no other ones.
"""

from collections.abc import Iterator
from functools import cache
from inspect import get_annotations
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from rulebook.rule import Bilingual, Rule
from salesops import yamlfile
from salesops.yamlfile import models_in

WORDS = Path(__file__).parent
TITLE, SAYS = "_title", "_says"


def title(rule: type[Rule]) -> Bilingual:
    """What a chapter is called."""
    return _words(_module(rule))[rule.__name__][TITLE]


def says(model: type[BaseModel]) -> Bilingual | None:
    """The sentence that a model is told in, with its keys in braces, if it has one."""
    return _words(_module(model)).get(model.__name__, {}).get(SAYS)


def key(model: type[BaseModel], name: str, choice: str | None = None) -> Bilingual:
    """What a field of a model, or one of its choices, is called; KeyError where nobody has named it."""
    owner = _owner(model, name)
    written = owner.model_fields[name].alias or name
    return _words(_module(owner))[owner.__name__][written if choice is None else f"{written}={choice}"]


def wanted(model: type[BaseModel]) -> set[str]:
    """Every entry that a model must have: its own keys, and the choices of each."""
    own = {name: field for name, field in model.model_fields.items() if _owner(model, name) is model}
    keys = {name: field.alias or name for name, field in own.items()}
    choices = {f"{keys[name]}={choice}" for name, field in own.items() for choice in choices_in(field.annotation)}
    return set(keys.values()) | choices | ({TITLE} if issubclass(model, Rule) and model is not Rule else set())


def models(rule: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A rule's model, what it inherits from, and every model within it, each once."""
    todo: list[type[BaseModel]] = [rule]
    seen: set[type[BaseModel]] = set()
    while todo:
        model = todo.pop()
        if model in seen:
            continue
        seen.add(model)
        if wanted(model):
            yield model
        todo += [base for base in model.__bases__ if issubclass(base, BaseModel) and base is not BaseModel]
        todo += [found for field in model.model_fields.values() for found in models_in(field.annotation)]
        if shown := getattr(model, "shown_as", None):
            todo += models_in(get_annotations(getattr(model, shown).fget)["return"])


def choices_in(annotation: Any) -> list[str]:
    """The choices that an annotation closes."""
    if get_origin(annotation) is Literal:
        return [choice for choice in get_args(annotation) if isinstance(choice, str)]
    return [choice for part in get_args(annotation) for choice in choices_in(part)]


@cache
def _words(module: str) -> dict[str, dict[str, Bilingual]]:
    path = WORDS / f"{module}.yml"
    data, lines = yamlfile.load(path)
    return {
        model: {name: yamlfile.validate(text, Bilingual, path, lines, (model, name)) for name, text in texts.items()}
        for model, texts in data.items()
    }


def _module(model: type[BaseModel]) -> str:
    return model.__module__.rpartition(".")[2]


def _owner(model: type[BaseModel], name: str) -> type[BaseModel]:
    """The class that declares a field."""
    return next(base for base in model.__mro__ if name in get_annotations(base))
