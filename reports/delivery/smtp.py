"""Mails over SMTP: one connection for many, no faster than allowed, and the server's answer to each one kept."""

import re
import smtplib
import ssl
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Literal

from reports.delivery.smtp_url import Server
from salesops.errors import UserError

PATIENCE = 60.0
"""Seconds that the server may take for an answer."""
OWN_AUTHORITY = "Name the server as its certificate does; for an authority of your own set SSL_CERT_FILE."


@dataclass(frozen=True)
class Receipt:
    """What became of a mail: `unknown` when the server had all of it and did not answer."""

    state: Literal["accepted", "unknown", "failed"]
    code: int | None = None
    text: str = ""


class Pace:
    """At most so many mails in any minute."""

    def __init__(
        self, per_minute: int, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._last: deque[float] = deque(maxlen=per_minute)

    def wait(self) -> None:
        """Return when the next mail may go."""
        if len(self._last) == self._last.maxlen:
            self._sleep(max(0.0, self._last[0] + 60 - self._clock()))
        self._last.append(self._clock())


class Carrier:
    """Carries mails to one server; it connects at the first one, and again after a dropped connection."""

    def __init__(self, server: Server, pace: Pace) -> None:
        self._server, self._pace = server, pace
        self._smtp: smtplib.SMTP | None = None

    def carry(self, sender: str, recipient: str, content: bytes) -> Receipt:
        """Hand over one mail; UserError if the server cannot be spoken with at all, and nothing was handed over."""
        self._pace.wait()
        problem = ""
        for _ in range(2):  # a connection that idled may be gone; before the final dot nothing is sent by trying again
            smtp = self._connected()
            try:
                return self._hand_over(smtp, parseaddr(sender)[1], recipient, content)
            except OSError as error:
                problem = str(error)
                self._drop()
        return Receipt("failed", None, problem)

    def close(self) -> None:
        """Take leave of the server."""
        if self._smtp:
            try:
                self._smtp.quit()
            except OSError:
                self._drop()
            self._smtp = None

    def _hand_over(self, smtp: smtplib.SMTP, sender: str, recipient: str, content: bytes) -> Receipt:
        size = [f"SIZE={len(content)}"] if smtp.has_extn("size") else []
        steps: list[Callable[[], tuple[int, bytes]]] = [
            lambda: smtp.mail(sender, size),
            lambda: smtp.rcpt(recipient),
            lambda: smtp.docmd("DATA"),
        ]
        for step in steps:
            code, answer = step()
            if code >= 400:
                return self._refused(code, answer)
        smtp.send(re.sub(rb"(?m)^\.", b"..", content) + (b"" if content.endswith(b"\r\n") else b"\r\n"))
        return self._end(smtp)

    def _end(self, smtp: smtplib.SMTP) -> Receipt:
        """The final dot: from here on the server may have taken the mail, whatever happens to the connection."""
        try:
            smtp.send(b".\r\n")
            code, answer = smtp.getreply()
        except OSError as error:
            self._drop()
            return Receipt("unknown", None, str(error))
        if code >= 400:
            return self._refused(code, answer)
        return Receipt("accepted" if code >= 200 else "unknown", code, _text(answer))

    def _refused(self, code: int, answer: bytes) -> Receipt:
        if code == 421:  # the server is closing the connection
            self._drop()
        elif self._smtp:
            try:
                self._smtp.rset()
            except OSError:
                self._drop()
        return Receipt("failed", code, _text(answer))

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            self._smtp = connect(self._server)
        return self._smtp

    def _drop(self) -> None:
        if self._smtp:
            self._smtp.close()
            self._smtp = None


def connect(server: Server) -> smtplib.SMTP:
    """A connection, encrypted and logged in as the server's URL says; UserError with the reason if there is none."""
    try:
        return _open(server)
    except ssl.SSLCertVerificationError as error:
        what = f"the certificate of the mail server {server} is not trusted ({error.verify_message})."
        raise UserError(what, mend=OWN_AUTHORITY) from None
    except smtplib.SMTPAuthenticationError as error:
        what = f"the mail server {server} refused the login ({error.smtp_code})."
        raise UserError(what, mend="Check user and password in the URL; special characters as %40.") from None
    except smtplib.SMTPNotSupportedError as error:
        what = f"the mail server {server} does not offer what the URL asks for ({error})."
        raise UserError(what, mend="Check port and encryption in the URL.") from None
    except OSError as error:
        what = f"the mail server {server} cannot be reached ({_reason(error)})."
        mend = "Nothing was lost: mails that are due go out with the next `salesops send`."
        raise UserError(what, mend=mend, exit_code=1) from None


def _open(server: Server) -> smtplib.SMTP:
    trust = ssl.create_default_context()
    smtp: smtplib.SMTP
    if server.encryption == "tls":
        smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=trust)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    try:
        if server.encryption == "starttls":
            smtp.starttls(context=trust)
        if server.user:
            smtp.login(server.user, server.password.get_secret_value())
        smtp.ehlo_or_helo_if_needed()
    except BaseException:
        smtp.close()
        raise
    return smtp


def _reason(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__


def _text(answer: bytes) -> str:
    return " ".join(answer.decode("utf-8", "replace").split())
