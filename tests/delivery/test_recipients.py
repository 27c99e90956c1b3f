"""Who gets what: managers their own subtree, addresses the unit that the rule names, nobody else anything."""

from pathlib import Path

import pytest

from reports.delivery.recipients import address_problem, find_unit, resolve
from reports.marts import Marts
from rulebook.chapters.reports import Readers
from salesops.errors import UserError

MANAGERS = Readers(managers_of="every_unit")


def test_each_manager_gets_the_own_unit_and_only_the_uppermost_of_several(published: Path) -> None:
    with Marts(published) as marts:
        readers, _ = resolve(marts, [MANAGERS], "zh")
    assert [(reader.scope, reader.address) for reader in readers] == [
        ("E", "east@qiming.cn"),
        ("company", "boss@qiming.cn"),
    ]


def test_a_reader_goes_by_the_english_name_in_english_where_there_is_one(published: Path) -> None:
    with Marts(published) as marts:
        readers, _ = resolve(marts, [MANAGERS], "en")
    assert [reader.name for reader in readers] == ["东经理", "Ann Boss"]


def test_whoever_cannot_be_reached_is_named_with_the_reason(published: Path) -> None:
    with Marts(published) as marts:
        _, lost = resolve(marts, [MANAGERS], "zh")
    assert {(person.scope, person.who): person.why for person in lost} == {
        ("W", "西经理"): "has left the company",
        ("N", "北经理"): "has no e-mail address",
        ("S", "南经理"): "mail cannot reach the domain `qiming.invalid`",
        ("G", "E9"): "is not among the employees",
    }


def test_an_address_gets_the_unit_and_language_that_the_rule_names(published: Path) -> None:
    rule = Readers(mail="ceo@example.com", scope="company", language="en")
    with Marts(published) as marts:
        (reader,), _ = resolve(marts, [rule], "zh")
    assert (reader.scope, reader.address, reader.language) == ("company", "ceo@example.com", "en")


def test_a_reader_named_twice_for_one_unit_gets_one_mail_as_named(published: Path) -> None:
    rule = Readers(mail="EAST@qiming.cn", scope="E", language="en")
    with Marts(published) as marts:
        readers, _ = resolve(marts, [MANAGERS, rule], "zh")
    assert [(r.address, r.language) for r in readers if r.scope == "E"] == [("EAST@qiming.cn", "en")]


@pytest.mark.parametrize("scope", ["E", "华东", "East"])
def test_a_unit_is_found_by_code_or_name(published: Path, scope: str) -> None:
    with Marts(published) as marts:
        assert find_unit(marts, scope) == "E"


def test_an_unknown_unit_is_an_error_with_the_nearest_name(published: Path) -> None:
    with Marts(published) as marts, pytest.raises(UserError, match="Did you mean `Shanghai team`"):
        find_unit(marts, "Shangai team")


@pytest.mark.parametrize(
    "address", ["", "east", "a b@qiming.cn", "a@b", "a@qiming.cn\nBcc: x@y.cn", "a@localhost.local"]
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    assert address_problem(address)


def test_an_ordinary_address_is_accepted() -> None:
    assert not address_problem("li.wei+sales@mail.qiming.com.cn")
