"""Every key and choice of every rule has a name in both languages, and nothing else has one."""

import pytest

from rulebook import words
from rulebook.chapters import CHAPTERS

MODELS = sorted(
    {model for rule in CHAPTERS.values() for model in words.models(rule)},
    key=lambda one: (one.__module__, one.__name__),
)
OPTIONAL = {words.SAYS}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: f"{model.__module__}.{model.__name__}")
def test_every_key_and_choice_has_a_name_in_both_languages_and_no_other_name_is_kept(model: type) -> None:
    stated = words._words(words._module(model)).get(model.__name__, {})
    missing, extra = words.wanted(model) - stated.keys(), stated.keys() - words.wanted(model) - OPTIONAL
    assert not missing, f"add to rulebook/words/{words._module(model)}.yml: {sorted(missing)}"
    assert not extra, f"take out of rulebook/words/{words._module(model)}.yml: {sorted(extra)}"
    assert all(text.zh.strip() and text.en.strip() for text in stated.values())


def test_a_sentence_names_only_keys_of_its_model() -> None:
    for model in MODELS:
        if sentence := words.says(model):
            blanks = dict.fromkeys(model.model_fields, "")
            assert sentence.zh.format(**blanks) and sentence.en.format(**blanks)


def test_the_words_follow_the_class_that_declares_a_key() -> None:
    assert words.key(CHAPTERS["collection"], "owner").en == "Owner"
    assert words.key(CHAPTERS["sales_basis"], "basis", "collected_amount").zh == "回款额（含税）"
