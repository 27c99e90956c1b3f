"""The organisation: units before and after the reorganisation, people, and who sat where on which day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from examples.demo_company import names
from examples.demo_company.writers import each

FOUNDED = date(2018, 1, 1)
REORGANISED = date(2024, 7, 1)
COMPANY = "QM"
REGIONS = {
    "QM-E": ("华东大区", "East"),
    "QM-S": ("华南大区", "South"),
    "QM-N": ("华北大区", "North"),
    "QM-W": ("西部大区", "West"),
}
PROVINCES = {
    "SH": ("上海", "Shanghai", "E"), "JS": ("江苏", "Jiangsu", "E"), "ZJ": ("浙江", "Zhejiang", "E"),
    "GD": ("广东", "Guangdong", "S"), "HN": ("湖南", "Hunan", "S"), "HB": ("湖北", "Hubei", "S"),
    "FJ": ("福建", "Fujian", "S"), "BJ": ("北京", "Beijing", "N"), "TJ": ("天津", "Tianjin", "N"),
    "SD": ("山东", "Shandong", "N"), "LN": ("辽宁", "Liaoning", "N"), "JL": ("吉林", "Jilin", "N"),
    "SC": ("四川", "Sichuan", "W"), "CQ": ("重庆", "Chongqing", "W"), "SN": ("陕西", "Shaanxi", "W"),
    "GS": ("甘肃", "Gansu", "W"),
}  # fmt: skip
TEAMS: dict[str, tuple[str, str, int, tuple[str, ...]]] = {
    "QM-E1": ("上海部", "Shanghai", 4, ("SH",)),
    "QM-E2": ("江苏部", "Jiangsu", 4, ("JS",)),
    "QM-E3": ("浙江部", "Zhejiang", 4, ("ZJ",)),
    "QM-S1": ("广东部", "Guangdong", 4, ("GD",)),
    "QM-S2": ("湘鄂部", "Hunan & Hubei", 3, ("HN", "HB")),
    "QM-S3": ("福建部", "Fujian", 3, ("FJ",)),
    "QM-N1": ("京津部", "Beijing & Tianjin", 3, ("BJ", "TJ")),
    "QM-N2": ("山东部", "Shandong", 3, ("SD",)),
    "QM-N3": ("东北部", "Northeast", 2, ("LN", "JL")),
    "QM-W1": ("川渝部", "Sichuan & Chongqing", 3, ("SC", "CQ")),
    "QM-W2": ("陕甘部", "Shaanxi & Gansu", 2, ("SN", "GS")),
}
"""Team → names, sellers, provinces, as founded. On 2024-07-01 S3 moves to East, and N3 is merged into N1."""

LEAVERS = {2: date(2023, 9, 1), 13: date(2024, 4, 1), 23: date(2024, 11, 1), 33: date(2025, 3, 1)}
"""Position among the sellers → first day no longer employed; each is followed by a joiner in the same seat."""
TRANSFERS = {8: ("QM-E2", date(2025, 1, 1)), 20: ("QM-S2", date(2023, 7, 1))}
"""Position among the sellers → another team from that day; the customers go along."""


@dataclass(frozen=True)
class Company:
    """Units and people as the personnel system has them; `sellers` is one row per seller, in order of their code."""

    units: pd.DataFrame
    employees: pd.DataFrame
    assignments: pd.DataFrame
    sellers: pd.DataFrame
    territories: pd.DataFrame

    def seller_on(self, seat: np.ndarray, day: np.ndarray) -> np.ndarray:
        """Position of the seller who holds each seat (a position, too) on each day: leavers have successors."""
        left = self.sellers["left_on"].to_numpy("M8[D]")
        successor = self.sellers["successor"].to_numpy()
        return np.where(day >= left[seat], successor[seat], seat)

    def unit_on(self, seller: np.ndarray, day: np.ndarray) -> np.ndarray:
        """Unit of each seller on each day; `unassigned` for position -1."""
        first = self.sellers["unit"].to_numpy(object)
        second = self.sellers["later_unit"].to_numpy(object)
        moved = self.sellers["moved_on"].to_numpy("M8[D]")
        return np.where(seller < 0, "unassigned", np.where(day >= moved[seller], second[seller], first[seller]))

    @staticmethod
    def region_of(unit: np.ndarray, day: np.ndarray) -> np.ndarray:
        """Region above each unit on each day; the company's own and the unassigned stay as they are."""
        units = pd.Series(unit, dtype=object)
        region = units.where(units.isin([COMPANY, "unassigned"]), units.str[:4]).to_numpy(object)
        moved = (units == "QM-S3").to_numpy() & (day >= np.datetime64(REORGANISED))
        return np.where(moved, "QM-E", region)


def make(rng: np.random.Generator) -> Company:
    """The company: 2 sellers at the top, one beside each region's teams, the others in teams."""
    sellers = _sellers(rng)
    staff = _staff(rng, sellers)
    return Company(_units(), _employees(staff, sellers), _assignments(staff, sellers), sellers, _territories())


def _units() -> pd.DataFrame:
    rows: list[tuple[Any, ...]] = [(COMPANY, FOUNDED, None, None, "启明机电", "Qiming Industrial", "company", "E0002")]
    rows += [
        (unit, FOUNDED, None, COMPANY, zh, en, "region", f"E001{n}")
        for n, (unit, (zh, en)) in enumerate(REGIONS.items(), 1)
    ]
    for n, (unit, (zh, en, _, _)) in enumerate(TEAMS.items(), 21):
        changes = unit in ("QM-S3", "QM-N1", "QM-N3")
        rows.append((unit, FOUNDED, REORGANISED if changes else None, unit[:4], zh, en, "team", f"E00{n}"))
    rows.append(("QM-S3", REORGANISED, None, "QM-E", "福建部", "Fujian", "team", "E0026"))
    rows.append(("QM-N1", REORGANISED, None, "QM-N", "京津东北部", "Beijing, Tianjin & Northeast", "team", "E0027"))
    columns = ["org_unit_id", "valid_from", "valid_to", "parent_org_unit_id", "name", "name_en", "org_level", "manager"]
    return pd.DataFrame(sorted(rows, key=lambda row: (row[0], row[1])), columns=columns)


def _seats() -> list[tuple[str, str]]:
    """Unit and territory of each founding seller."""
    seats = [(COMPANY, ""), (COMPANY, "")] + [(region, f"T-{region[-1]}") for region in REGIONS]
    for unit, (_, _, count, provinces) in TEAMS.items():
        seats += [(unit, f"T-{provinces[n % len(provinces)]}") for n in range(count)]
    return seats


def _later_unit(position: int, unit: str) -> tuple[str, date]:
    if position in TRANSFERS:
        return TRANSFERS[position]
    return ("QM-N1", REORGANISED) if unit == "QM-N3" else (unit, date(2100, 1, 1))


def _sellers(rng: np.random.Generator) -> pd.DataFrame:
    seats = _seats()
    people = names.people(rng, 80)
    joined = np.datetime64("2018-03-01") + rng.integers(0, 1_000, len(seats))
    rows = []
    for position, (unit, territory) in enumerate(seats):
        later, moved = _later_unit(position, unit)
        rows.append([*people[position], unit, later, moved, territory, joined[position].item(), LEAVERS.get(position)])
    for position, left in LEAVERS.items():
        unit, territory = seats[position]
        later, moved = _later_unit(position, unit)
        if left >= moved:
            unit, moved = later, date(2100, 1, 1)
        rows.append([*people[len(rows)], unit, later, moved, territory, left, None])
    columns = ["name", "name_en", "unit", "later_unit", "moved_on", "territory", "hired_on", "left_on"]
    sellers = pd.DataFrame(rows, columns=columns)
    sellers["employee_id"] = [f"E{101 + n:04d}" for n in range(len(sellers))]
    sellers["successor"] = range(len(sellers))
    sellers.loc[list(LEAVERS), "successor"] = range(len(seats), len(seats) + len(LEAVERS))
    for column in ("moved_on", "hired_on", "left_on"):
        sellers[column] = pd.to_datetime(sellers[column])
    return sellers


def _staff(rng: np.random.Generator, sellers: pd.DataFrame) -> list[tuple[str, str, str, str, str, str]]:
    """Managers and support: code, names, title, unit, role."""
    taken = set(sellers["name"])
    free = [pair for pair in names.people(rng, 200) if pair[0] not in taken]
    posts = [
        ("E0001", "总经理", "", "manager"),
        ("E0002", "销售副总", COMPANY, "manager"),
        ("E0003", "应收会计", COMPANY, "support"),
    ]
    posts += [(f"E001{n}", "大区总监", unit, "manager") for n, unit in enumerate(REGIONS, 1)]
    posts += [(f"E00{n}", "部门经理", unit, "manager") for n, unit in enumerate(TEAMS, 21)]
    return [(code, *free[n], title, unit, role) for n, (code, title, unit, role) in enumerate(posts)]


def _employees(staff: list[tuple[str, str, str, str, str, str]], sellers: pd.DataFrame) -> pd.DataFrame:
    rows = [(code, zh, en, title, FOUNDED, None) for code, zh, en, title, _, _ in staff]
    table = pd.DataFrame(rows, columns=["employee_id", "name", "name_en", "job_title", "hired_on", "left_on"])
    table[["hired_on", "left_on"]] = table[["hired_on", "left_on"]].apply(pd.to_datetime)
    people = sellers.assign(job_title="销售工程师")[list(table.columns)]
    both = pd.concat([table, people], ignore_index=True).sort_values("employee_id", ignore_index=True)
    both["email"] = both["name_en"].str.lower().str.replace(" ", ".") + "@qiming.example.com"
    return both


def _assignments(staff: list[tuple[str, str, str, str, str, str]], sellers: pd.DataFrame) -> pd.DataFrame:
    rows: list[tuple[Any, ...]] = [
        (code, FOUNDED, None, unit, "", role) for code, _, _, _, unit, role in staff if unit and code != "E0029"
    ]
    rows += [
        ("E0029", FOUNDED, REORGANISED, "QM-N3", "", "manager"),
        ("E0029", REORGANISED, None, "QM-N1", "", "support"),
    ]
    for s in each(sellers):
        left = None if pd.isna(s.left_on) else s.left_on.date()
        hired, moved = s.hired_on.date(), s.moved_on.date()
        if s.unit == s.later_unit or (left and left <= moved):
            rows.append((s.employee_id, hired, left, s.unit, s.territory, "seller"))
        else:
            rows.append((s.employee_id, hired, moved, s.unit, s.territory, "seller"))
            rows.append((s.employee_id, moved, left, s.later_unit, s.territory, "seller"))
    columns = ["employee_id", "valid_from", "valid_to", "org_unit_id", "territory_id", "role"]
    return pd.DataFrame(sorted(rows, key=lambda row: (row[0], row[1])), columns=columns)


def _territories() -> pd.DataFrame:
    rows = [(f"T-{unit[-1]}", "", zh.removesuffix("大区"), en) for unit, (zh, en) in REGIONS.items()]
    rows += [(f"T-{code}", f"T-{region}", zh, en) for code, (zh, en, region) in PROVINCES.items()]
    return pd.DataFrame(rows, columns=["territory_id", "parent_territory_id", "name", "name_en"])
