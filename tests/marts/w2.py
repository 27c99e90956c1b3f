"""Fixture W2: six opportunities whose funnel skips, goes back, begins in the middle and jumps to the end."""

PATHS = {
    "O1": (100_000, [("qualify", "01-05"), ("needs", "01-15"), ("proposal", "02-01"), ("negotiation", "02-20"), ("won", "03-05")]),
    "O2": (200_000, [("qualify", "01-08"), ("proposal", "01-30"), ("lost", "02-25")]),
    "O3": (150_000, [("needs", "01-20"), ("proposal", "02-10"), ("needs", "02-20"), ("proposal", "03-12")]),
    "O4": (50_000, [("qualify", "02-03")]),
    "O5": (80_000, [("qualify", "02-10"), ("won", "03-20")]),
    "O6": (60_000, [("qualify", "03-03"), ("needs", "03-25")]),
}  # fmt: skip


def _opportunity(number: str) -> dict:
    amount, path = PATHS[number]
    stage, day = path[-1]
    closed = stage in ("won", "lost")
    return {
        "opportunity_id": number,
        "stage": stage,
        "status": stage if closed else "open",
        "created_on": f"2025-{path[0][1]}",
        "closed_on": f"2025-{day}" if closed else None,
        "amount": amount,
    }


TABLES = {
    "opportunities": [_opportunity(number) for number in PATHS],
    "opportunity_stages": [
        {"opportunity_id": number, "entered_on": f"2025-{day}", "stage": stage, "sequence": 1}
        for number, (_, path) in PATHS.items()
        for stage, day in path
    ],
}
