"""What can be told about mail and PostgreSQL without asking a server: addresses, senders, URLs, variables."""

from collections.abc import Callable, Iterator
from email.utils import parseaddr

from orchestration.workspace import SETTINGS_FILE, Workspace
from salesops.errors import UserError
from salesops.secrets import reveal
from salesops.yamlfile import load

EXAMPLE_DOMAIN = "example.com"
OUTSIDE = "Name another address, or add its domain to mail.allow_domains."


def settings_problems(workspace: Workspace) -> Iterator[UserError]:
    """What would keep a mail from leaving, or PostgreSQL from being filled."""
    settings = workspace.settings
    if settings.mail.mode == "pilot":
        yield from pilot_problems(workspace)
    else:
        yield from _sender(workspace)
    yield from _addresses(workspace)
    for at, secret, check in _secrets(workspace):
        try:
            url = reveal(secret, at)
        except UserError:
            continue  # a warning
        try:
            check(url, f"{at} ({secret})")
        except UserError as error:
            yield error


def settings_warnings(workspace: Workspace) -> Iterator[UserError]:
    """What may be in order all the same: another process may have the variable, somebody may look by himself."""
    for at, secret, _ in _secrets(workspace):
        try:
            reveal(secret, at)
        except UserError as error:
            yield error
    mail = workspace.settings.mail
    if mail.mode == "live" and not mail.reply_to:
        what = "nobody is named to hear of failed loads and late sources."
        yield UserError(what, where=_line(workspace, "mail"), mend="Write mail.reply_to.")


def pilot_problems(workspace: Workspace) -> Iterator[UserError]:
    """Why no mail can go to the pilots."""
    from reports.delivery.post import outside

    mail = workspace.settings.mail
    for number, pilot in enumerate(mail.pilot_to):
        if problem := outside(pilot, mail.allow_domains):
            where = _line(workspace, "mail", "pilot_to", number)
            what = f"no mail can go to the pilot `{pilot}`: {problem}."
            yield UserError(what, where=where, mend="Mend mail.pilot_to.")
    if not mail.pilot_to:
        what = "in pilot mode all mails go to the pilot, and none is named."
        mend = "Write your address into mail.pilot_to; or `mode: live`, when readers shall get their mails."
        yield UserError(what, where=_line(workspace, "mail", "pilot_to"), mend=mend)


def _sender(workspace: Workspace) -> Iterator[UserError]:
    from reports.delivery.recipients import address_problem

    address = parseaddr(workspace.settings.mail.sender)[1]
    is_example = address.rpartition("@")[2].lower() == EXAMPLE_DOMAIN
    problem = "it is the example's" if is_example else address_problem(address)
    if problem:
        what = f"in live mode no mail can come from `{address}`: {problem}."
        mend = "Write your own address into mail.from, as `Sales operations <sales@COMPANY>`."
        yield UserError(what, where=_line(workspace, "mail", "from"), mend=mend)


def _addresses(workspace: Workspace) -> Iterator[UserError]:
    """Addresses that may get no mail, but the pilots'."""
    from reports.delivery.post import outside

    for address, where in (*_owner(workspace), *_readers(workspace), *_owing(workspace)):
        if problem := outside(address, workspace.settings.mail.allow_domains):
            yield UserError(f"no mail can go to `{address}`: {problem}.", where=where, mend=OUTSIDE)


def _owner(workspace: Workspace) -> Iterator[tuple[str, str]]:
    if address := workspace.settings.mail.reply_to:
        yield address, _line(workspace, "mail", "reply_to")


def _readers(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """The addresses that rules in force name; a broken rulebook is another check's matter."""
    import rulebook

    file = workspace.rulebook / "reports.yml"
    try:
        rules = [rule for rule in rulebook.load(workspace.rulebook).reports if rule.is_in_force(workspace.today())]
        data, lines = load(file)
    except UserError:
        return
    numbers = {rule["id"]: number for number, rule in enumerate(data or [])}
    for rule in rules:
        for place, readers in enumerate(rule.to):
            if readers.mail:
                yield readers.mail, f"{file}:{lines[(numbers[rule.id], 'to', place, 'mail')]}"


def _owing(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Who owes a source; a broken mapping is another check's matter."""
    from orchestration.ingest.sources import load_source

    for file in sorted(workspace.sources.glob("*.yml")):
        try:
            due = load_source(file).mapping.due
        except UserError:
            continue
        if due and due.owed_by:
            yield due.owed_by, f"{file}:{load(file)[1][('due', 'from')]}"


def _secrets(workspace: Workspace) -> Iterator[tuple[str, str, Callable[[str, str], None]]]:
    """Line, variable, and what looks at its value."""
    settings = workspace.settings
    if settings.mail.smtp:
        yield _line(workspace, "mail", "smtp"), settings.mail.smtp, _check_smtp
    if settings.publish.postgres:
        from orchestration.publish.postgres.server import check_address

        yield _line(workspace, "publish", "postgres"), settings.publish.postgres, check_address
    from orchestration.fetch.variables import variables

    yield from variables(workspace)


def _check_smtp(url: str, where: str) -> None:
    from pydantic import SecretStr

    from reports.delivery.smtp_url import parse_url

    parse_url(SecretStr(url), where)


def _line(workspace: Workspace, *key: str | int) -> str:
    """File and line of a setting, or of what it would stand in."""
    file = workspace.root / SETTINGS_FILE
    lines, at = load(file)[1], key
    while at not in lines:
        at = at[:-1]
    return f"{file}:{lines[at]}"
