"""From a publication to mails in the outbox, through the public command: right readers, own scope only, once."""

import json
import re
import shutil
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from qiming import mails, marts, write_workspace

from orchestration.cli.main import execute

REGIONS = {"R1": "华南", "R2": "华东", "R3": "华北", "R4": "西部"}
RULES = """
- id: monthly-performance
  effective: {from: 2020-01-01}
  owner: MQ
  report: performance
  to:
    - {managers_of: every_unit, scope: own_subtree}
    - {mail: ceo@example.com, scope: company, language: en}
    - {mail: reader@qiming.cn, scope: R2, language: en, formats: [email]}
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose reports have been sent."""
    root = write_workspace(tmp_path_factory.mktemp("send") / "qiming", RULES, mode="live")
    assert execute(["send", "performance", "-w", str(root), "--accept-new"]) == 0
    return root


@pytest.fixture
def workspace(loaded: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    return Path(shutil.copytree(loaded, tmp_path / "qiming"))


def everything(message: EmailMessage) -> str:
    """Every text that the mail carries: subject, both bodies, attachment names, the PDF's words."""
    texts = [message["Subject"]]
    for part in message.walk():
        if part.get_content_maintype() == "text":
            texts.append(part.get_content())
        elif part.get_content_type() == "application/pdf":
            pages = PdfReader(BytesIO(part.get_content())).pages
            texts += [part.get_filename(), *(page.extract_text() for page in pages)]
    return "\n".join(texts)


def sold_under(root: Path, region: str) -> dict[str, set[str]]:
    """Names that belong to a region alone, from the publication itself."""
    with marts(root) as connection:
        people = connection.execute("select name from dim_employee where org_unit_id like ?", [f"{region}%"])
        names = {"people": {name for (name,) in people.fetchall()}}
        customers = connection.execute(
            "select c.name from dim_customer c join dim_employee e using (employee_id) where e.org_unit_id like ?",
            [f"{region}%"],
        )
        return {**names, "customers": {name for (name,) in customers.fetchall()}}


def inflate_all_but(root: Path, region: str) -> None:
    """Multiply every amount outside a region, and the whole company's, by seven."""
    with marts(root) as connection:
        columns = connection.execute(
            "select table_name, list(column_name) filter (where column_name like '%\\_amount' escape '\\')"
            " from information_schema.columns where table_schema = 'marts' and table_name <> 'dim_org_unit'"
            " group by table_name having bool_or(column_name = 'org_unit_id') order by table_name"
        ).fetchall()
        for table, amounts in columns:
            changes = ", ".join(f"{name} = {name} * 7" for name in amounts or [])
            if changes:
                connection.execute(f"update {table} set {changes} where org_unit_id not like '{region}%'")


def test_one_mail_for_each_reader(loaded: Path) -> None:
    assert sorted(mails(loaded)) == [
        "ceo@example.com",
        "q@qiming.cn",
        "r1@qiming.cn",
        "r2@qiming.cn",
        "r3@qiming.cn",
        "r4@qiming.cn",
        "reader@qiming.cn",
    ]


def test_the_subject_says_period_state_and_unit_in_the_readers_language(loaded: Path) -> None:
    found = mails(loaded)
    assert re.match(r"【(2025年)?3月业绩·初稿】华东 达成\d", found["r2@qiming.cn"]["Subject"])
    assert re.match(r"\[March (2025 )?sales · preliminary\] East \d", found["reader@qiming.cn"]["Subject"])


def test_answers_go_to_the_owner_of_the_rule(loaded: Path) -> None:
    assert {message["Reply-To"] for message in mails(loaded).values()} == {"q@qiming.cn"}


@pytest.mark.parametrize("region", list(REGIONS))
def test_a_regions_mail_holds_nothing_of_the_other_regions(loaded: Path, region: str) -> None:
    message = mails(loaded)[f"{region.lower()}@qiming.cn"]
    said = everything(message)
    assert REGIONS[region] in said
    for other in set(REGIONS) - {region}:
        assert REGIONS[other] not in said
        for kind, names in sold_under(loaded, other).items():
            assert not {name for name in names if name in said}, kind


@pytest.mark.parametrize("region", list(REGIONS))
def test_a_regions_report_does_not_move_when_all_other_regions_do(workspace: Path, region: str) -> None:
    command = ["report", "performance", "-w", str(workspace), "--format", "html", "--scope"]
    inflate_all_but(workspace, region)
    whole, own = workspace / "whole", workspace / "own"
    for scope, folder in (("company", whole), (region, own)):
        assert execute([*command, scope, "--out", str(folder)]) == 0
    archived = workspace / "archive" / "performance" / "2025-03"
    assert (own / "report.html").read_bytes() == (archived / region / "report.html").read_bytes()
    assert (whole / "report.html").read_bytes() != (archived / "company" / "report.html").read_bytes()


@pytest.mark.parametrize("region", list(REGIONS))
def test_every_number_in_a_regions_data_comes_from_its_own_units(loaded: Path, region: str) -> None:
    folder = loaded / "archive" / "performance" / "2025-03" / region
    data = json.loads((folder / "data.json").read_text(encoding="utf-8"))
    units = {figure["keys"]["org_unit_id"] for figure in data["figures"] if "org_unit_id" in figure["keys"]}
    assert units
    assert {unit[:2] for unit in units} == {region}


def test_the_whole_companys_mail_has_every_region(loaded: Path) -> None:
    said = everything(mails(loaded)["q@qiming.cn"])
    assert all(name in said for name in REGIONS.values())


def test_pictures_are_inside_and_say_what_they_show(loaded: Path) -> None:
    for message in mails(loaded).values():
        html = message.get_body(("html",)).get_content()
        images = {part["Content-ID"].strip("<>"): part for part in message.walk() if part["Content-ID"]}
        used = re.findall(r'<img[^>]*src="cid:([^"]+)"', html)
        assert used
        assert set(used) == set(images)
        assert all(part.get_content().startswith(b"\x89PNG") for part in images.values())
        for tag in re.findall(r"<img[^>]*>", html):
            assert re.search(r'alt="[^"]*\d[^"]*"', tag), tag
        assert not re.search(r'src="(?!cid:)', html)
        assert len(html.encode()) < 80_000


def test_text_and_html_state_the_same_verdict(loaded: Path) -> None:
    for message in mails(loaded).values():
        text = message.get_body(("plain",)).get_content()
        html = message.get_body(("html",)).get_content()
        rates = re.findall(r"\d+\.\d\s?%", text)
        assert rates
        assert not [rate for rate in rates if rate not in html]


def test_the_pdf_is_the_archived_one_and_only_where_it_is_asked_for(loaded: Path) -> None:
    found = mails(loaded)
    (pdf,) = found["r2@qiming.cn"].iter_attachments()
    assert pdf.get_content() == (loaded / "archive" / "performance" / "2025-03" / "R2" / "report.pdf").read_bytes()
    assert list(found["reader@qiming.cn"].iter_attachments()) == []


def test_a_second_send_writes_nothing(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(workspace / "outbox")
    capsys.readouterr()
    assert execute(["send", "performance", "-w", str(workspace), "--json"]) == 0
    (result,) = json.loads(capsys.readouterr().out)["rules"]
    assert (result["sent"], result["already_sent"]) == (0, 7)
    assert not (workspace / "outbox").exists()


def test_resend_writes_the_same_bytes(workspace: Path) -> None:
    before = {path.name: path.read_bytes() for path in (workspace / "outbox").iterdir()}
    shutil.rmtree(workspace / "outbox")
    assert execute(["send", "performance", "-w", str(workspace), "--resend"]) == 0
    assert {path.name: path.read_bytes() for path in (workspace / "outbox").iterdir()} == before


def test_restated_numbers_are_a_new_revision_and_a_mail_that_says_it_corrects(workspace: Path) -> None:
    first = mails(workspace)["r2@qiming.cn"]
    shutil.rmtree(workspace / "outbox")
    with marts(workspace) as connection:
        connection.execute(
            "update mart_performance_by_org_unit set sales_amount = sales_amount + 1000000"
            " where org_unit_id = 'R2' and period_label = '2025-03'"
        )
    assert execute(["send", "performance", "-w", str(workspace)]) == 0
    again = mails(workspace)
    assert again["r2@qiming.cn"]["Subject"].startswith("【更正】")
    assert again["reader@qiming.cn"]["Subject"].startswith("[Corrected] ")
    assert again["r2@qiming.cn"]["References"] == first["Message-ID"]
    assert "r1@qiming.cn" not in again
    shelf = workspace / "archive" / "performance" / "2025-03" / "R2" / "zh"
    assert sorted(path.name for path in shelf.iterdir()) == ["rev-1", "rev-2"]
    assert json.loads((shelf / "rev-2" / "revision.json").read_text(encoding="utf-8"))["changes"]


def test_a_dry_run_sends_nothing_and_names_who_is_new(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = workspace / "rulebook" / "reports.yml"
    rules.write_text(f"{RULES}    - {{mail: new@qiming.cn, scope: R1}}\n", encoding="utf-8")
    before = sorted((workspace / "outbox").iterdir())
    capsys.readouterr()
    assert execute(["send", "performance", "--dry-run", "-w", str(workspace), "--json"]) == 0
    (result,) = json.loads(capsys.readouterr().out)["rules"]
    assert [reader["recipient"] for reader in result["readers"] if reader["new"]] == ["new@qiming.cn"]
    assert sorted((workspace / "outbox").iterdir()) == before


def test_a_rule_for_a_unit_that_does_not_exist_is_explained(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = workspace / "rulebook" / "reports.yml"
    rules.write_text(RULES.replace("scope: R2", "scope: R9"), encoding="utf-8")
    assert execute(["send", "performance", "-w", str(workspace), "--lang", "en"]) == 2
    assert "no unit is called `R9`" in capsys.readouterr().err


def renderings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The scope of every report that is rendered from now on."""
    from reports.delivery import produce

    done: list[str] = []
    render = produce.render_into
    monkeypatch.setattr(
        produce, "render_into", lambda document, *rest: (done.append(document.scope_id), render(document, *rest))
    )
    return done


@pytest.mark.parametrize("resend", [[], ["--resend"]])
def test_what_lies_in_the_archive_of_the_same_inputs_is_not_rendered_again(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, resend: list[str]
) -> None:
    assert execute(["send", "performance", "-w", str(workspace)]) == 0  # a copied publication is a new file
    done = renderings(monkeypatch)
    assert execute(["send", "performance", "-w", str(workspace), *resend]) == 0
    assert done == []


def test_changed_inputs_and_lost_files_are_rendered_again(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    send = ["send", "performance", "-w", str(workspace)]
    assert execute(send) == 0
    done = renderings(monkeypatch)
    (workspace / "archive" / "performance" / "2025-03" / "R1" / "zh" / "rev-1" / "report.xlsx").unlink()
    assert execute(send) == 0
    assert done == ["R1"]
    settings = workspace / "salesops.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("zh: 万元", "zh: 千元"), encoding="utf-8")
    assert execute(send) == 0
    assert sorted(done) == sorted(["R1", "Q", "Q", "R1", "R2", "R2", "R3", "R4"])
