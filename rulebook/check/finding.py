"""What a check of the rulebook looks at, and what it finds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from rulebook.book import Stated
from rulebook.rule import Rule
from salesops.errors import UserError

Severity = Literal["error", "warning", "hint"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")

AnyRule = TypeVar("AnyRule", bound=Rule)


@dataclass(frozen=True)
class Finding:
    """Something about a rule: how grave it is, of which rule, and what, where and how to mend it."""

    severity: Severity
    rule: str
    problem: UserError


@dataclass(frozen=True)
class Written:
    """The rules that a company wrote, the day on which they are looked at, and who works there, if that is known."""

    stated: tuple[Stated, ...]
    as_of: date
    people: Mapping[str, date | None] | None

    def of(self, kind: type[AnyRule]) -> Iterator[tuple[Stated, AnyRule]]:
        """The rules of one kind that still matter on the day, with their places."""
        for one in self.current():
            if isinstance(one.rule, kind):
                yield one, one.rule

    def current(self) -> Iterator[Stated]:
        """Rules that are in force, will be, or may be approved: not those whose last day has passed."""
        return (one for one in self.stated if one.rule.effective.until is None or one.rule.effective.until > self.as_of)


Check = Callable[[Written], Iterator[Finding]]
