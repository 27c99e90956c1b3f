"""Secrets never stand in a file, and an error never repeats one."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from salesops.errors import UserError
from salesops.secrets import Secret, reveal
from salesops.yamlfile import parse


class Settings(BaseModel):
    smtp: Secret


def settings(path: Path, value: str) -> Settings:
    (path / "salesops.yml").write_text(f"smtp: {value}\n", encoding="utf-8")
    return parse(path / "salesops.yml", Settings)


def test_the_environment_knows_the_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESOPS_SMTP_URL", "smtp://me:hunter2@mail.example.com")
    found = settings(tmp_path, "$SALESOPS_SMTP_URL")
    assert found.smtp == "$SALESOPS_SMTP_URL"
    assert reveal(found.smtp, "mail.smtp") == "smtp://me:hunter2@mail.example.com"


@pytest.mark.parametrize(
    "value", ["smtp://me:hunter2@mail.example.com", "20252025", "$A$B", "[hunter2]", "{a: hunter2}"]
)
def test_a_secret_in_the_file_is_refused_and_not_repeated(tmp_path: Path, value: str) -> None:
    with pytest.raises(UserError) as refused:
        settings(tmp_path, value)
    assert "a secret never stands in a file" in refused.value.what
    assert refused.value.where == f"{tmp_path / 'salesops.yml'}:1"
    assert "hunter2" not in str(refused.value) and "20252025" not in str(refused.value)


def test_a_variable_that_is_not_set_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SALESOPS_SMTP_URL", raising=False)
    with pytest.raises(UserError, match=r"mail.smtp: the environment variable \$SALESOPS_SMTP_URL is not set"):
        reveal("$SALESOPS_SMTP_URL", "mail.smtp")
