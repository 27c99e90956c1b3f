"""What an SMTP URL says: server, encryption, login. No part of the URL ever stands in an error but host and port."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import SecretStr

from salesops.errors import UserError

Encryption = Literal["tls", "starttls", "none"]
LOOPBACK = ("localhost", "127.0.0.1", "::1")
OPTIONS: tuple[dict[str, str], ...] = ({}, {"starttls": "required"}, {"tls": "none"})
PORTS: dict[Encryption, int] = {"tls": 465, "starttls": 587, "none": 25}
EXAMPLES = "Write smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465, special characters as %40."


@dataclass(frozen=True)
class Server:
    """A mail server and how to speak with it."""

    host: str
    port: int
    encryption: Encryption
    user: str
    password: SecretStr

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def parse_url(url: SecretStr, where: str) -> Server:
    """The server that `url` names; UserError, naming `where` it was set, for anything unclear or unsafe."""
    try:
        parts = urlsplit(url.get_secret_value())
        port, host, options = parts.port, parts.hostname, dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError:
        raise UserError("this is not the URL of a mail server.", where=where, mend=EXAMPLES) from None
    if parts.scheme not in ("smtp", "smtps") or not host or parts.path.strip("/") or parts.fragment:
        raise UserError("this is not the URL of a mail server.", where=where, mend=EXAMPLES)
    if options not in OPTIONS:
        mend = "The options are ?starttls=required and ?tls=none."
        raise UserError("the URL of the mail server has an unknown option.", where=where, mend=mend)
    encryption = _encryption(parts.scheme, host, port, options)
    if encryption == "none" and parts.username and host not in LOOPBACK:
        mend = "Take out ?tls=none, or send without a login."
        raise UserError("a password would cross the network unencrypted.", where=where, mend=mend)
    return Server(
        host=host,
        port=port or PORTS[encryption],
        encryption=encryption,
        user=unquote(parts.username or ""),
        password=SecretStr(unquote(parts.password or "")),
    )


def _encryption(scheme: str, host: str, port: int | None, options: dict[str, str]) -> Encryption:
    """Encrypted, unless it is said otherwise or the mail never leaves this machine."""
    if scheme == "smtps":
        return "tls"
    if "tls" in options or (host in LOOPBACK and port not in (None, 587) and "starttls" not in options):
        return "none"
    return "starttls"
