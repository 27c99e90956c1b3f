"""A workspace with the made-up publication of the report tests, every unit with a manager."""

import sys
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import duckdb
import yaml

from orchestration.cli.main import execute

sys.path.append(str(Path(__file__).parents[1] / "reports"))
import fixture

PEOPLE = """
alter table dim_org_unit add column manager_employee_id text;
alter table dim_org_unit add column valid_from date default date '2020-01-01';
alter table dim_org_unit add column valid_to date;
update dim_org_unit set manager_employee_id = 'M' || org_unit_id where depth < 2;
alter table dim_employee add column email text;
alter table dim_employee add column left_on date;
insert into dim_employee by name
  select 'M' || org_unit_id as employee_id, 'manager' as name, lower(org_unit_id) || '@qiming.cn' as email
  from dim_org_unit where depth < 2;
"""


def write_workspace(root: Path, rules: str, **mail: object) -> Path:
    """A workspace at `root` whose mail settings are `mail`."""
    assert execute(["init", str(root), "--lang", "zh"]) == 0
    fixture.build(root / "published")
    with marts(root) as connection:
        connection.execute(PEOPLE)
    (root / "rulebook" / "reports.yml").write_text(rules, encoding="utf-8")
    set_mail(root, **mail)
    return root


def set_mail(root: Path, **mail: object) -> None:
    """Other mail settings than those of a new workspace."""
    file = root / "salesops.yml"
    settings = yaml.safe_load(file.read_text(encoding="utf-8"))
    settings["mail"] |= mail
    settings["calendar"]["year_starts"] = "01-01"
    file.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")


def marts(root: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(root / "published" / "fixture" / "marts.duckdb"))
    connection.execute("set schema = 'marts'")
    return connection


def mails(root: Path) -> dict[str, EmailMessage]:
    found = {}
    for path in sorted((root / "outbox").iterdir()):
        message = message_from_bytes(path.read_bytes(), policy=default)
        assert isinstance(message, EmailMessage)
        found[message["To"]] = message
    return found
