"""Seconds for the performance report of every unit in all formats, as the nightly send renders them: in one process."""

import json
import sys
import time
from pathlib import Path

FORMATS = ("html", "pdf", "xlsx")


def produce_all(workspace: Path, archive: Path) -> list[float]:
    """Seconds for each unit, the company first."""
    from orchestration.workspace import Workspace
    from reports import periods
    from reports.delivery.produce import load, produce
    from reports.delivery.recipients import scope_of
    from reports.marts import Marts

    settings = Workspace.open(workspace).settings.company
    spent = []
    with Marts(workspace / "published") as marts:
        period = periods.resolve(marts, None)
        units = marts.connection.execute("select org_unit_id from dim_org_unit order by sort_order").fetchall()
        for (unit,) in units:
            start = time.monotonic()
            data = load(marts, "performance", period, unit)
            scope, home = scope_of(marts, unit), settings.language
            produce(data, "performance", scope, home, settings, archive, home_language=home, formats=FORMATS)
            spent.append(time.monotonic() - start)
    return spent


if __name__ == "__main__":
    print(json.dumps(produce_all(Path(sys.argv[1]), Path(sys.argv[2]))))
