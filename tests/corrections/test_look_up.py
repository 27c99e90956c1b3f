"""`look_up` in a mapping: where it may stand, and that it reads no file again."""

from pathlib import Path

import pytest

from orchestration.ingest.sources import load_source
from salesops.errors import UserError

MAPPING = """files: orders.csv
load: upsert
tables:
  orders:
    columns:
      order_id: id
      ordered_on: day
      employee_id: seller
      territory_id: area
"""


def written(folder: Path, old: str = "", new: str = "") -> Path:
    path = folder / "orders.yml"
    path.write_text(MAPPING.replace(old, new) if old else MAPPING, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("employee_id: seller", "employee_id: {column: seller, look_up: customers.name}",
         ":8: `employee_id` is looked up in the wrong table. Write `look_up: employees.name`."),
        ("territory_id: area", "territory_id: {column: area, look_up: employees.name}",
         ":9: `territory_id` cannot be looked up: it names no employee and no customer. Take `look_up` out."),
        ("employee_id: seller", "employee_id: {column: seller, look_up: employees.name, aliases: corrections/customers.csv}",
         ":8: the aliases of `employee_id` do not stand there. Write `aliases: corrections/people.csv`."),
    ],
)  # fmt: skip
def test_a_look_up_that_cannot_be_is_one_sentence(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        load_source(written(tmp_path, old, new))
    assert str(caught.value) == f"{tmp_path}/orders.yml{sentence}"


def test_a_look_up_is_matched_in_staging_so_no_file_is_read_again(tmp_path: Path) -> None:
    plain = load_source(written(tmp_path)).fingerprint("orders")
    looked_up = "employee_id: {column: seller, look_up: employees.name, aliases: corrections/people.csv}"
    assert load_source(written(tmp_path, "employee_id: seller", looked_up)).fingerprint("orders") == plain
