"""A real SMTP server: its mailbox, its certificate, and the ways in which servers misbehave."""

import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "ops@qiming.cn", "canary-S3cret"
LOGIN = "ops%40qiming.cn:canary-S3cret@"


@dataclass
class Mailbox:
    """What arrived, and what the server does with the recipients of which it is told."""

    arrived: list[tuple[str, str, bytes]] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    silent_after_dot: set[str] = field(default_factory=set)
    drop_before_data: list[str] = field(default_factory=list)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Refuse whom it is told to refuse; hang up once on whom it is told to."""
        if address in self.drop_before_data:
            self.drop_before_data.remove(address)
            server.transport.abort()
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the mail, and hang up without an answer where it is told to."""
        (recipient,) = envelope.rcpt_tos
        self.arrived.append((envelope.mail_from, recipient, envelope.original_content))
        if not any(session is known for known in self.sessions):
            self.sessions.append(session)
        if recipient in self.silent_after_dot:
            server.transport.abort()
        return "250 2.0.0 queued"

    def mails(self) -> dict[str, bytes]:
        """The last mail of each recipient."""
        return {recipient: content for _, recipient, content in self.arrived}


class Host(Controller):
    """The server on a free port; `encryption` is tls, starttls or none."""

    def __init__(self, certificate: Path, encryption: str = "starttls", port: int = 0) -> None:
        self.box = Mailbox()
        trust = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        trust.load_cert_chain(certificate)
        options: dict[str, Any] = {"authenticator": _check, "auth_required": encryption != "none"}
        if encryption == "starttls":
            options |= {"tls_context": trust, "require_starttls": True}
        super().__init__(
            self.box,
            hostname="127.0.0.1",
            port=port,
            ssl_context=trust if encryption == "tls" else None,
            auth_require_tls=encryption == "starttls",
            **options,
        )
        self.scheme = "smtps" if encryption == "tls" else "smtp"
        self.query = "?starttls=required" if encryption == "starttls" else ""

    def _trigger_server(self) -> None:
        """Learn the port before the controller looks whether it answers."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    def url(self, login: str = LOGIN) -> str:
        """How to reach it."""
        return f"{self.scheme}://{login}localhost:{self.port}{self.query}"


def _check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


def write_certificate(folder: Path) -> Path:
    """A certificate of its own authority for localhost, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path
