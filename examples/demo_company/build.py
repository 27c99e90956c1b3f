"""Fills a folder with the demo company's whole workspace."""

import shutil
from datetime import date
from pathlib import Path

from examples.demo_company import (
    answers,
    corrected,
    crm_process,
    crm_process_answers,
    crm_process_export,
    forms_export,
    group,
    ledger,
    market_export,
    masters_export,
    order_process,
    order_process_answers,
    order_process_export,
    orders_export,
    organisation,
    receivables_export,
    sheets_export,
    target_details,
    truth,
    world,
)
from examples.demo_company.accounts import Accounts
from examples.demo_company.truth import Truth

TEMPLATE = Path(__file__).parent / "template"


def write(path: Path, *, seed: int = 2025, scale: int = 1, as_of: date = date(2025, 6, 30)) -> Truth:
    """Write settings, mappings, rulebook, corrections, exports and `truth.json` into `path`; the same arguments give the same bytes."""
    demo = world.make(seed, scale, as_of)
    shutil.copytree(TEMPLATE, path, dirs_exist_ok=True)
    landing = path / "landing"
    landing.mkdir(exist_ok=True)
    accounts = Accounts()
    sums = answers.make(demo)
    with demo.connection() as connection:
        orders_export.write(demo, connection, landing, accounts)
        receivables_export.write(demo, connection, landing, accounts)
    masters_export.write(demo, landing, accounts)
    sheets_export.write(demo, landing, accounts, ledger.control_figures(demo, sums))
    market_export.write(demo, landing, accounts)
    forms_export.write(demo, landing, accounts)
    process = order_process.make(demo)
    order_process_export.write(demo, process, landing, accounts)
    organisation.write(demo, landing, accounts)
    group.write(demo, landing, accounts)
    target_details.write(demo, landing, accounts)
    crm = crm_process.make(demo)
    crm_process_export.write(demo, crm, landing, accounts)
    planted = truth.make(
        demo, sums, accounts, ledger.difference(demo, sums), corrected.write(demo, path / "corrections")
    )
    planted.figures["order_side"] = order_process_answers.make(demo, process)
    planted.figures["crm_side"] = crm_process_answers.make(demo, crm)
    planted.figures["organisation"] = organisation.answers(demo) | {"intercompany": group.ANSWER}
    planted.figures["target_details"] = target_details.answers(demo)
    planted.figures["crm_side"] = crm_process_answers.make(demo, crm)
    planted.save(path / "truth.json")
    return planted
