"""What happens to some opportunities, so that tests know of each kind: reopened, moved, changed in amount, two rivals, prices."""

import numpy as np
import pandas as pd

REOPENED, PUSHED, PULLED, RAISED, LOWERED = 8, 12, 5, 120, 60
MOVED_NIGHTS_BEFORE = 1
"""Expected days move in the night before the last dump."""


def plant(rng: np.random.Generator, table: pd.DataFrame, rivals: list[str], last: np.datetime64) -> pd.DataFrame:
    """The opportunities with the columns of what happens to them; never changes who wins but for the reopened."""
    table = _reopened(rng, table.copy(), last)
    table = _amounts(rng, table)
    table = _moved(rng, table, last)
    named = np.flatnonzero(table["competitor"] != "")
    several = rng.choice(named, len(named) // 12, replace=False)
    others = rng.choice(np.array(rivals, dtype=object), len(several))
    first = table["competitor"].to_numpy(object)[several]
    table.loc[several, "competitor"] = np.where(first == others, first, first + ";" + others)
    return table


def _reopened(rng: np.random.Generator, table: pd.DataFrame, last: np.datetime64) -> pd.DataFrame:
    """Some that were lost are taken up again three weeks later; half of them are won, others are open still."""
    closed = table["closed_on"].to_numpy("M8[D]")
    lost = np.flatnonzero((table["outcome"] == 5) & (closed < last - 100) & (closed > last - 330))
    chosen = rng.choice(lost, REOPENED, replace=False)
    table["lost_first_on"] = np.datetime64("NaT", "D")
    table.loc[chosen, "lost_first_on"] = closed[chosen]
    table["reopened_on"] = table["lost_first_on"] + np.timedelta64(21, "D")
    won, again = chosen[: REOPENED // 2], chosen[REOPENED // 2 : REOPENED * 3 // 4]
    table.loc[won, "outcome"] = 4
    table.loc[won, "reason"] = ""
    table.loc[[*won, *again], "closed_on"] = closed[[*won, *again]] + 45
    table.loc[chosen[REOPENED * 3 // 4 :], "closed_on"] = last + 60
    return table


def _amounts(rng: np.random.Generator, table: pd.DataFrame) -> pd.DataFrame:
    """The first amount holds until the offer; then some are worth more, some less."""
    order = rng.permutation(len(table))
    factor = np.ones(len(table))
    factor[order[:RAISED]] = 0.8
    factor[order[RAISED : RAISED + LOWERED]] = 1.25
    cents = table["cents"].to_numpy()
    table["first_cents"] = np.round(cents * factor / 10_000).astype("int64") * 10_000
    return table


def _moved(rng: np.random.Generator, table: pd.DataFrame, last: np.datetime64) -> pd.DataFrame:
    """Open ones whose expected day is pushed out by two months, or pulled in to tomorrow."""
    open_now = (table["closed_on"].to_numpy("M8[D]") > last) & ~table["deleted"].to_numpy()
    known = table["created_on"].to_numpy("M8[D]") < last - 35
    expected = table["expected_close_on"].to_numpy("M8[D]")
    soon = np.flatnonzero(open_now & known & (expected <= last) & (expected > last - 30))
    later = np.flatnonzero(open_now & known & (expected > last))
    pushed = rng.choice(soon, min(PUSHED, len(soon)), replace=False)
    pulled = rng.choice(later, min(PULLED, len(later)), replace=False)
    table["moved_to"] = np.datetime64("NaT", "D")
    table.loc[pushed, "moved_to"] = expected[pushed] + 60
    table.loc[pulled, "moved_to"] = last
    return table


def compare_prices(rng: np.random.Generator, feedback: pd.DataFrame) -> pd.DataFrame:
    """Feedback about a competitor's price tells both prices, most of the time; ours is a little higher."""
    told = ((feedback["kind"] == "price") & feedback["competitor"].notna()).to_numpy() & (
        rng.random(len(feedback)) < 0.8
    )
    own = rng.integers(20, 900, len(feedback)) * 1_000
    theirs = np.round(own * rng.normal(0.96, 0.05, len(feedback)) / 1_000).astype("int64") * 1_000
    feedback["own_price_cents"] = np.where(told, own, 0)
    feedback["competitor_price_cents"] = np.where(told, theirs, 0)
    return feedback
