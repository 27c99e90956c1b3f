"""How exports call our tables, fields and values: the contracts' own names and the list of synonyms."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from expectations.contract import Contract, contracts
from salesops.yamlfile import load

SYNONYMS = Path(__file__).parents[2] / "expectations" / "synonyms.yml"
CHOICE = re.compile(r"\{([^}]*)\}")
BRACKETS = re.compile(r"[(\[【{][^)\]】}]*[)\]】}]")

Named = tuple[int, str]
"""How sure a name is, 0 to 100, and why."""
OWN: Named = (98, "the name is the field's own")
SYNONYM: Named = (95, "the name is a synonym")
SHARED: Named = (90, "the name is a general synonym")
STAND_IN: Named = (55, "nothing else names it")


@dataclass(frozen=True)
class Words:
    """What names one table, its fields and its values."""

    names: frozenset[str]
    load: str
    constant: dict[str, str]
    negative: frozenset[str]
    fields: dict[str, dict[str, Named]]
    values: dict[str, dict[str, str]]


def plain(name: str) -> str:
    """One spelling of a name: no case, signs, blanks or brackets."""
    text = unicodedata.normalize("NFKC", str(name))
    return spelled(BRACKETS.sub("", text) or text)


def spelled(name: str) -> str:
    """The same with what stands in brackets: columns of a known system may differ in that alone."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", name).casefold() if sign.isalnum())


@cache
def words() -> dict[str, Words]:
    """The words of every table."""
    listed = load(SYNONYMS)[0]
    return {name: _words(contract, listed.get(name, {}), listed) for name, contract in contracts().items()}


def _words(contract: Contract, listed: dict, every: dict) -> Words:
    fields: dict[str, dict[str, Named]] = {}
    for field in contract.fields:
        named: dict[str, Named] = {}
        _add(named, listed.get("fallback", {}).get(field.name, []), STAND_IN)
        _add(named, every["any"].get(field.name, []), SHARED)
        _add(named, listed.get("fields", {}).get(field.name, []), SYNONYM)
        _add(named, [field.name, field.description_zh], OWN)
        fields[field.name] = named
    values = {
        field: {plain(word): ours for ours, words in known.items() for word in words}
        for field, known in {**every["any_values"], **listed.get("values", {})}.items()
    }
    names = {plain(name) for name in [contract.name, contract.name_zh, contract.name_en, *listed.get("names", [])]}
    constant = {field: str(value) for field, value in listed.get("constant", {}).items()}
    load_as = listed.get("load", "upsert")
    return Words(frozenset(names), load_as, constant, frozenset(listed.get("negative", [])), fields, values)


def written_out(name: str) -> Iterator[str]:
    """`{客户|单位}{编号|编码}` is four names."""
    parts = [part.split("|") if place % 2 else [part] for place, part in enumerate(CHOICE.split(name))]
    return map("".join, product(*parts))


def _add(named: dict[str, Named], names: Iterable[str], sure: Named) -> None:
    for name in (one for written in names for one in written_out(str(written))):
        named[plain(name)] = max(named.get(plain(name), sure), sure)


@cache
def all_names() -> frozenset[str]:
    """Every name that any field goes by."""
    return frozenset(name for table in words().values() for named in table.fields.values() for name in named)
