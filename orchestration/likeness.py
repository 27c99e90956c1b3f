"""With which earlier files a file may be compared: a dump with a dump, a delta with deltas like it."""

from collections import Counter
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orchestration.intake import Batch

MOST = 15
ENOUGH = 3
WEEK = 7


def like(batch: "Batch", batches: "list[Batch]", in_parts: bool) -> "list[Batch]":
    """The files like this one, the latest first; none for the parts of a dump, which min_share compares.

    The first file of an upsert or append source is its history, not a delta, and a day with several files is no like.
    """
    earlier = [one for one in batches if one.is_of_same(batch) and one.state == "live" and one.place < batch.place]
    if batch.load == "full":
        return [] if in_parts else earlier[-1:]
    stretches = _stretches([*earlier, batch])
    now = stretches.get(batch.extracted_on)
    if now is None:
        return []
    near = [one for one in earlier if 0.7 * now <= stretches.get(one.extracted_on, 0) <= 1.5 * now]
    alike = _of_that_weekday(batch, near) if now < WEEK else near
    return alike[: -MOST - 1 : -1]


def _stretches(batches: "list[Batch]") -> dict[date, int]:
    """Day of extraction -> the days that its one file covers: those since the extraction before."""
    files = Counter(one.extracted_on for one in batches)
    return {day: (day - before).days for before, day in pairwise(sorted(files)) if files[day] == 1}


def _of_that_weekday(batch: "Batch", near: "list[Batch]") -> "list[Batch]":
    """Weekends are quiet: the same weekday, once there are enough; till then all, if they are alike among themselves."""
    same = [one for one in near if one.extracted_on.weekday() == batch.extracted_on.weekday()]
    rows = [one.rows for one in near]
    alike = bool(rows) and max(rows) <= 5 * min(rows)
    return same if len(same) >= ENOUGH else near if alike else []
