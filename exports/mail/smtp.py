"""Mail by the municipality's own mail server (SMTP), never without TLS.

Handing over and noting that it was handed over are two things, so a mail may go twice if the power fails between them.
Both then bear the same Message-ID (RFC 5322, 3.6.4), by which mail systems know the second for the first.
"""

import re
import smtplib
import ssl
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from pathlib import Path

from exports.mail.contract import Mail, MailRefused

_PERMANENT = 500
_SECONDS = 30.0
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
"""What mail servers everywhere take; letters beyond ASCII before the @ are taken by few (RFC 6531)."""


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over.

    Attributes:
        sender: the address that mail comes from.
        tls_at_once: TLS from the first byte (RFC 8314); else STARTTLS is demanded before anything is told.
        roots: certificates that the server's must lead to; None: those that the machine trusts.
    """

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    tls_at_once: bool = False
    roots: Path | None = None


class SmtpMail:
    """See `MailTarget`.

    Args:
        server: where mail is handed over.
        seconds: how long the server may be silent.
    """

    def __init__(self, server: MailServer, seconds: float = _SECONDS) -> None:
        self._server, self._seconds = server, seconds

    def send(self, mail: Mail) -> None:
        """See `MailTarget`."""
        made = message(mail, self._server.sender)
        try:
            with self._connected() as smtp:
                if self._server.user:
                    smtp.login(self._server.user, self._server.password)
                smtp.send_message(made, self._server.sender, [mail.to])
        except smtplib.SMTPRecipientsRefused as refused:
            # Without its cause: the words of the server repeat the address.
            codes = [code for code, _ in refused.recipients.values()]
            raise MailRefused(permanent=all(code >= _PERMANENT for code in codes)) from None
        except smtplib.SMTPException:
            # All else may be another tomorrow: a password, a certificate, a server that is full.
            raise MailRefused(permanent=False) from None

    def _connected(self) -> smtplib.SMTP:
        server, context = self._server, ssl.create_default_context(cafile=self._server.roots)
        if server.tls_at_once:
            return smtplib.SMTP_SSL(
                server.host, server.port, _domain(server.sender), timeout=self._seconds, context=context
            )
        smtp = smtplib.SMTP(server.host, server.port, _domain(server.sender), timeout=self._seconds)
        try:
            smtp.starttls(context=context)
        except BaseException:
            smtp.close()
            raise
        return smtp


def message(mail: Mail, sender: str) -> EmailMessage:
    """The mail as it goes over the wire; the same mail makes the same bytes.

    Raises:
        MailRefused: what it is to go to is no address.
    """
    if not _ADDRESS.fullmatch(mail.to):
        raise MailRefused(permanent=True)
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(addr_spec=sender)
    made["To"] = Address(addr_spec=mail.to)
    made["Subject"] = mail.subject
    made["Date"] = mail.at
    made["Message-ID"] = f"<{sha256(mail.key.encode()).hexdigest()[:40]}@{_domain(sender)}>"
    # Answers by machines, such as “I am on holiday”, are asked not to come (RFC 3834).
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(mail.text, cte="quoted-printable")
    return made


def _domain(address: str) -> str:
    """By which we say who we are; what this machine calls itself is nobody's business."""
    return address.rpartition("@")[2]
