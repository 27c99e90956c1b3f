"""Fills a folder with the demo company's whole workspace."""

import shutil
from datetime import date
from pathlib import Path

from examples.demo_company import masters_export, orders_export, world
from examples.demo_company.accounts import Accounts

TEMPLATE = Path(__file__).parent / "template"


def write(path: Path, *, seed: int = 2025, scale: int = 1, as_of: date = date(2025, 6, 30)) -> Accounts:
    """Write settings, mappings, rulebook, exports and `truth.json` into `path`; the same arguments give the same bytes."""
    demo = world.make(seed, scale, as_of)
    shutil.copytree(TEMPLATE, path, dirs_exist_ok=True)
    landing = path / "landing"
    landing.mkdir(exist_ok=True)
    accounts = Accounts()
    with demo.connection() as connection:
        orders_export.write(demo, connection, landing, accounts)
    masters_export.write(demo, landing, accounts)
    return accounts
