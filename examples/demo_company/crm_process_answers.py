"""What the marts must say of the CRM's side of the sales process, computed from the demo company itself."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from examples.demo_company.crm_process import HOLIDAYS, SOURCES, WITH_NEXT_STEP, WITHOUT_NEED, CrmProcess, number
from examples.demo_company.world import World

ASSIGN_LIMIT, TOUCH_LIMIT = 1, 2
OPEN, WON, LOST = range(4), 4, 5


def make(world: World, process: CrmProcess) -> dict[str, Any]:
    """The month of the as-of day, for the whole company."""
    first = pd.Timestamp(world.as_of).replace(day=1)
    leads = [lead for lead in _rows(process.leads) if lead["created_on"] >= first.date()]
    last = _last_stage(world)
    return {
        "leads": {source: _counts(leads, source) for source in (*SOURCES, "all")},
        "assign_breaches": sorted(lead["lead_id"] for lead in leads if _late(world, lead, "assigned_on", ASSIGN_LIMIT)),
        "touch_breaches": sorted(lead["lead_id"] for lead in leads if _late(world, lead, "touched_on", TOUCH_LIMIT)),
        "half_year": _cohort(process, last),
        "appointments": _appointments(process.appointments),
        "needs_passed": _needs(world, last, first),
        "open": _open(world, last),
    }


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in table.astype(object).to_dict("records")]


def _counts(leads: Iterable[dict[str, Any]], source: str) -> dict[str, int]:
    of = [lead for lead in leads if source in ("all", lead["source"])]
    kinds = Counter(lead["validity"] for lead in of)
    return {"lead_count": len(of), "valid_count": kinds["有效"], "duplicate_count": kinds["重复"], "test_count": kinds["测试"],
            "invalid_count": kinds["无效"], "cost_amount": sum(SOURCES[lead["source"]] for lead in of)}  # fmt: skip


def _late(world: World, lead: dict[str, Any], answer: str, limit: int) -> bool:
    """Whether an answer came, or still waits, beyond the limit in work days."""
    until = world.as_of if pd.isna(lead[answer]) else lead[answer]
    waited = np.busday_count(lead["created_on"] + pd.Timedelta(days=1), until + pd.Timedelta(days=1), holidays=HOLIDAYS)
    return lead["validity"] == "有效" and waited > limit


def _cohort(process: CrmProcess, last: dict[str, int]) -> dict[str, int]:
    valid = process.leads[process.leads["validity"] == "有效"]
    became = valid["opportunity_id"].dropna()
    return {
        "valid_count": len(valid),
        "converted_count": len(became),
        "won_count": sum(last[code] == WON for code in became),
    }


def _appointments(met: pd.DataFrame) -> dict[str, int]:
    states, reached = Counter(met["appointment"].dropna()), Counter(met["reached"].dropna())
    return {"booked_count": states["已赴约"] + states["爽约"] + states["已预约"], "held_count": states["已赴约"], "no_show_count": states["爽约"],
            "attempt_count": reached.total(), "reached_count": reached["是"]}  # fmt: skip


def _stages(world: World) -> pd.DataFrame:
    rows = world.market.stages
    return rows.assign(code=world.market.opportunities["opportunity_id"].to_numpy()[rows["opportunity"]])


def _last_stage(world: World) -> dict[str, int]:
    """Opportunity → the stage in which it stands at the end."""
    return {str(code): int(stage) for code, stage in _stages(world).groupby("code")["stage"].last().items()}


def _needs(world: World, last: dict[str, int], first: pd.Timestamp) -> dict[str, int]:
    """Deals that left the second stage behind in the month, and how many of them have the need on record."""
    rows = _stages(world)
    beyond = rows[rows["stage"].isin((2, 3, WON))].groupby("code")["day"].min()
    passed = [str(code) for code, day in beyond.items() if day >= first and last[str(code)] in (*OPEN, WON, LOST)]
    complete = [code for code in passed if number(code) % WITHOUT_NEED]
    return {"judged_count": len(passed), "complete_count": len(complete)}


def _open(world: World, last: dict[str, int]) -> dict[str, int]:
    standing = {code for code, stage in last.items() if stage in OPEN}
    rows = world.market.opportunities.set_index("opportunity_id").loc[sorted(standing)]
    expected = rows["moved_to"].fillna(rows["expected_close_on"])
    return {
        "open_count": len(standing),
        "without_next_step": sum(number(code) % WITH_NEXT_STEP != 0 for code in standing),
        "overdue_count": int((expected < pd.Timestamp(world.as_of)).sum()),
    }
