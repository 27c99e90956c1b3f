"""A company that supplies only orders: no people, units, customers, products, targets or receivables."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.real.conftest import ROOT, data_set, load, opened

pytestmark = [pytest.mark.real, pytest.mark.slow]

ORDERS = ("SalesOrderHeader.csv", "SalesOrderDetail.csv")


@pytest.fixture(scope="module")
def data() -> Path:
    """The public data set."""
    return data_set("adventureworks")


@pytest.fixture(scope="module")
def workspace(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example without every mapping but those of orders, and only their files."""
    folder = tmp_path_factory.mktemp("only-orders")
    example, files = folder / "example", folder / "files"
    shutil.copytree(ROOT / "examples" / "adventureworks", example)
    shutil.rmtree(example / "landing_extra")
    for path in (example / "sources").glob("*.yml"):
        if path.stem not in ("orders", "order_lines"):
            path.unlink()
    files.mkdir()
    for name in ORDERS:
        (files / name).symlink_to(data / name)
    return load(example, files, folder, "2014-06-30")


def test_sales_agree_in_every_year(workspace: Path, data: Path) -> None:
    sql = """
        select answer.y, mart.booked_amount
        from (select y, sum(sales) as sales from answers.sales_by_territory_year group by y) as answer
        full join (
            select * from mart_performance_by_org_unit where org_unit_id = 'company' and period_type = 'year'
        ) as mart on mart.period_label = answer.y::text
        where coalesce(abs(answer.sales - mart.booked_amount) > 0.05, true)"""
    with opened(workspace, data) as marts:
        assert marts.execute(sql).fetchall() == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_is_useful_and_names_what_there_is_not(workspace: Path, tmp_path: Path, language: str) -> None:
    command = [str(Path(sys.executable).with_name("salesops")), "--workspace", str(workspace), "--lang", language,
               "report", "performance", "--period", "2013", "--out", str(tmp_path)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert ("未提供数据：开票额" if language == "zh" else "Not supplied: Net billings") in page
    assert set(re.findall('<section id="([a-z_]+)"', page)) == {
        "key_figures", "cumulative", "customers", "people_detail", "reconciliation", "sources",
    }  # fmt: skip
    assert ("未命名" if language == "zh" else "unnamed") not in page
