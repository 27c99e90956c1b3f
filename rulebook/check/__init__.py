"""`salesops rulebook check`: what is wrong in a rulebook, doubtful, or worth a thought, each with its place and its mending.

Errors are what `load` refuses. Warnings and hints come from one small function each, in a module for each family.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from rulebook.book import DEFAULTS, read
from rulebook.check import customers, money, owners, scorecards, times
from rulebook.check.finding import SEVERITIES, Finding, Written

CHECKS = (
    *owners.CHECKS,
    *times.CHECKS,
    *scorecards.CHECKS,
    *money.CHECKS,
    *customers.CHECKS,
)


def check(folder: Path, as_of: date, people: Mapping[str, date | None] | None = None) -> list[Finding]:
    """Every finding about the rulebook in `folder` on a day, errors first, then by place.

    `people` are the employees and the day on which each left; without them nobody is missed.
    """
    stated, refusals = read(folder)
    found = [Finding("error", refusal.rule, refusal.error) for refusal in refusals]
    own = tuple(one for one in stated if one.path.parent != DEFAULTS)
    book = Written(own, as_of, people)
    found += [finding for looked_for in CHECKS for finding in looked_for(book)]
    return sorted(found, key=lambda one: (SEVERITIES.index(one.severity), _place(one.problem.where)))


def _place(where: str) -> tuple[str, int]:
    path, _, line = where.rpartition(":")
    return (path, int(line)) if line.isdigit() else (where, 0)
