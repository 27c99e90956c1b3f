"""Archives in landing: each member is a file of its own, and hostile archives are refused in one sentence."""

import io
import os
import random
import stat
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from orchestration.ingest import discover, landing
from orchestration.ingest.check import check_headers
from orchestration.ingest.zipped import members
from orchestration.inspect.folder import inspect_files
from orchestration.notices import of_files
from salesops.errors import UserError
from tests.ingest.conftest import Office
from tests.ingest.test_presets import golden_of

HEAD = "编码,名称,账期,建档日期\n"
ROW = "C1,启明,30,2025-01-02\n"


def zipped(members: dict[str, str | bytes], **options: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def problem(office: Office) -> str:
    """The only problem of a load that stored nothing."""
    result = office.load()
    assert result.accounts == []
    (found,) = result.problems
    assert any(found.what in one["en"] for one in of_files(result))
    return str(found)


@pytest.mark.quirk("archive")
def test_a_weekly_salesforce_export_loads_from_its_archive_as_from_plain_files(office: Office) -> None:
    exports = {name: golden_of(f"salesforce/{name}")[0] for name in ("accounts", "users")}
    content = {path.name: path.read_bytes() for path in exports.values()} | {"Campaign.csv": "Id\n"}
    office.drop("WE_00D.zip", zipped(content))
    for name, path in exports.items():
        office.mapping(name, f"files: {path.name}\npreset: salesforce/{name}\n")
    result = office.load()
    assert sorted(one.file_name for one in result.accounts) == ["WE_00D.zip/Account.csv", "WE_00D.zip/User.csv"]
    assert all(one.account.state == "live" and one.account.rows_loaded for one in result.accounts)
    assert (result.unmatched, result.problems) == (["WE_00D.zip/Campaign.csv"], [])


def test_an_archive_that_did_not_change_is_not_unpacked_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.customers()
    office.drop("week.zip", zipped({"customers.csv": HEAD + ROW}))
    assert office.account().rows_loaded == 1
    monkeypatch.setattr(landing, "sha256", lambda *_: pytest.fail("it was read again"))
    assert not discover(office.workspace).anything_new
    assert office.load().accounts == []


def test_the_same_content_packed_anew_or_loose_is_not_new(office: Office) -> None:
    office.customers()
    office.drop("week1.zip", zipped({"customers.csv": HEAD + ROW}))
    office.load()
    office.drop("week2.zip", zipped({"export/customers.csv": HEAD + ROW, "readme.txt": "x"}))
    office.drop("customers.csv", HEAD + ROW)
    assert not discover(office.workspace).anything_new


def test_a_changed_mapping_rereads_a_member_though_its_archive_is_gone(office: Office) -> None:
    office.customers()
    path = office.drop("week.zip", zipped({"customers.csv": HEAD + ROW}))
    office.load()
    path.unlink()
    office.customers(more="null_values: ['30']")
    assert office.account().rows_loaded == 1
    assert office.rows("customers", "customer_id, credit_days") == [("C1", None)]


def test_the_extraction_date_is_in_either_name_else_the_day_of_the_archive(office: Office) -> None:
    office.customers(more="read: {date_pattern: '(\\d{8})'}")
    office.drop("export_20250630.zip", zipped({"customers.csv": HEAD + ROW}))
    path = office.drop("week.zip", zipped({"customers.csv": HEAD + ROW.replace("C1", "C2")}))
    os.utime(path, (1_750_000_000, 1_750_000_000))  # 2025-06-15
    office.load()
    found = office.rows("customers", "customer_id, _extracted_on::varchar", order="1")
    assert found == [("C1", "2025-06-30"), ("C2", "2025-06-15")]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_chinese_names_without_the_mark_of_utf8_are_read(office: Office, encoding: str) -> None:
    name = "客户一览.csv".encode(encoding)
    raw = zipped({"x" * len(name): HEAD + ROW}).replace(b"x" * len(name), name)
    columns = "{customer_id: 编码, name: 名称}"
    office.mapping("customers", f"files: 客户*.csv\nload: upsert\ntables: {{customers: {{columns: {columns}}}}}\n")
    office.drop("导出.zip", raw)
    (one,) = office.load().accounts
    assert (one.file_name, one.account.rows_loaded) == ("导出.zip/客户一览.csv", 1)


def test_an_accented_western_name_is_not_taken_for_chinese(office: Office) -> None:
    office.drop("a.zip", zipped({"xxxxxx.csv": "x"}).replace(b"xxxxxx", "Müller".encode("cp437")))
    assert office.load().unmatched == ["a.zip/Müller.csv"]


def test_members_are_never_unpacked_by_their_names(office: Office, tmp_path: Path) -> None:
    office.customers()
    link = zipfile.ZipInfo("customers_link.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO(
        zipped({"../../customers1.csv": HEAD + ROW, "/tmp/customers2.csv": HEAD + ROW.replace("C1", "C2")})
    )
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("..\\..\\customers3.csv", HEAD + ROW.replace("C1", "C3"))
        archive.writestr("inner.zip", zipped({"customers4.csv": HEAD + ROW}))
        archive.writestr("__MACOSX/._customers.csv", "x")
        archive.writestr(link, "/etc/passwd")
    office.drop("week.zip", out.getvalue())
    before = set(tmp_path.rglob("customers*"))
    result = office.load()
    states = {one.file_name: one.account.state for one in result.accounts}
    assert states == {
        f"week.zip/{name}": "live" for name in ("customers1.csv", "tmp/customers2.csv", "customers3.csv")
    } | {"week.zip/customers_link.csv": "held"}
    assert result.unmatched == ["week.zip/inner.zip"]
    assert {path for path in tmp_path.rglob("customers*") if path.is_file()} <= before


@pytest.mark.quirk("archive")
def test_a_bomb_is_refused_by_what_it_declares(office: Office) -> None:
    office.customers()
    out = io.BytesIO()
    packed = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9)
    with packed, packed.open("customers.csv", "w") as member:
        for _ in range(120):
            member.write(bytes(1 << 20))
    office.drop("bomb.zip", out.getvalue())
    assert "would unpack to 1 files of 120 MiB" in problem(office)


def test_a_bomb_that_lies_about_its_size_gives_no_more_than_it_declares(office: Office) -> None:
    office.customers()
    content = (HEAD + ROW).encode() + bytes(30 << 20)
    raw = zipped({"customers.csv": content})
    small, crc = len((HEAD + ROW).encode()), zlib.crc32(content)
    assert raw.count(len(content).to_bytes(4, "little")) == 2 and raw.count(crc.to_bytes(4, "little")) == 2
    office.drop("week.zip", raw.replace(len(content).to_bytes(4, "little"), small.to_bytes(4, "little")))
    assert "damaged" in problem(office)


@pytest.mark.quirk("archive")
def test_a_protected_archive_is_refused_in_one_sentence(office: Office) -> None:
    office.customers()
    raw = bytearray(zipped({"customers.csv": HEAD + ROW, "b.csv": "x"}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := raw.find(mark, at + 1)) >= 0:
            raw[at + flags] |= 1
    office.drop("week.zip", bytes(raw))
    assert "protected by a password" in problem(office)


@pytest.mark.quirk("archive")
@pytest.mark.parametrize("cut", ["end", "middle", "nothing left"])
def test_a_damaged_archive_is_refused_in_one_sentence(office: Office, cut: str) -> None:
    office.customers()
    raw = zipped({"customers.csv": HEAD + "".join(f"C{n},启明{n * n},30,2025-01-02\n" for n in range(2000))})
    broken = {"end": raw[:-30], "middle": raw[:200] + bytes(50) + raw[250:], "nothing left": b""}
    office.drop("week.zip", broken[cut])
    assert "damaged, or has not been copied whole" in problem(office)


def test_a_mutated_archive_is_read_or_refused_and_never_breaks_the_look(tmp_path: Path) -> None:
    raw, chance, path = zipped({"a.csv": HEAD + ROW * 200, "客户.csv": HEAD}), random.Random(7), tmp_path / "a.zip"
    refused = 0
    for _ in range(400):
        mutant = bytearray(raw)
        for _ in range(chance.randint(1, 4)):
            mutant[chance.randrange(len(mutant))] = chance.randrange(256)
        path.write_bytes(mutant)
        try:
            for one in members(path, "a.zip"):
                landing.sha256(path, one.member, one.name)
        except UserError:
            refused += 1
    assert 200 < refused < 400


def test_two_members_of_one_name_are_refused(office: Office) -> None:
    office.customers()
    office.drop("week.zip", zipped({"customers.csv": HEAD, "./customers.csv": HEAD + ROW}))
    assert "two files of one name" in problem(office)


def test_a_method_that_may_need_gigabytes_is_refused(office: Office) -> None:
    office.customers()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("customers.csv", HEAD + ROW)
    office.drop("week.zip", out.getvalue())
    assert "in a way that is not read" in problem(office)


def test_check_looks_at_the_header_inside_an_archive(office: Office) -> None:
    office.customers()
    office.drop("week.zip", zipped({"customers.csv": HEAD.replace("名称", "名字") + ROW}))
    (found,) = check_headers(office.workspace)
    assert "`名称` is missing" in found.what and "week.zip/customers.csv" in str(found.where)


def test_inspect_says_that_an_archive_must_be_unpacked(office: Office, tmp_path: Path) -> None:
    office.drop("week.zip", zipped({"customers.csv": HEAD + ROW}))
    (tmp_path / "scratch").mkdir()
    found = inspect_files([office.workspace.landing], tmp_path / "scratch")
    assert ["archive" in one.what for one in found.problems] == [True]
