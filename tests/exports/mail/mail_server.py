"""A small SMTP server (RFC 5321) with STARTTLS and a certificate of its own, which keeps what it was handed."""

import base64
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST, USER, PASSWORD = "127.0.0.1", "opdigtet-bruger", "opdigtet-kode"


@dataclass
class Mailbox:
    """What the server does, and what came.

    Attributes:
        refuses: the answer to every recipient, where it takes none.
        offers_tls: whether it says that it can.
        came: each mail as its bytes.
        in_clear: commands that came before TLS.
    """

    port: int
    root: Path
    refuses: str = ""
    offers_tls: bool = True
    came: list[bytes] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    in_clear: list[str] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)


@contextmanager
def mail_server(folder: Path) -> Iterator[Mailbox]:
    certificate, key = _certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server((HOST, 0)) as listening:
        box = Mailbox(listening.getsockname()[1], certificate)
        thread = threading.Thread(target=_accept, args=(listening, context, box), daemon=True)
        thread.start()
        yield box
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=5)


def _accept(listening: socket.socket, context: ssl.SSLContext, box: Mailbox) -> None:
    while True:
        try:
            peer, _ = listening.accept()
        except OSError:  # the test is over
            return
        try:
            _Talk(peer, context, box).go()
        except OSError:  # the client would not trust us, or left
            peer.close()


class _Talk:
    def __init__(self, peer: socket.socket, context: ssl.SSLContext, box: Mailbox) -> None:
        self._peer, self._context, self._box, self._is_safe = peer, context, box, False
        self._lines = peer.makefile("rb")

    def go(self) -> None:
        self._say("220 opdigtet.example")
        try:
            while line := self._lines.readline().rstrip(b"\r\n").decode():
                if not self._is_safe:
                    self._box.in_clear.append(line)
                if not self._answer(line):
                    return
        finally:
            self._lines.close()
            self._peer.close()

    def _answer(self, line: str) -> bool:
        verb = line.split(" ", maxsplit=1)[0].upper()
        match verb:
            case "EHLO":
                more = "AUTH PLAIN" if self._is_safe else "STARTTLS" if self._box.offers_tls else "8BITMIME"
                self._say("250-opdigtet.example", f"250 {more}")
            case "STARTTLS":
                self._say("220 go ahead")
                self._lines.close()
                self._peer = self._context.wrap_socket(self._peer, server_side=True)
                self._lines, self._is_safe = self._peer.makefile("rb"), True
            case "AUTH":
                self._box.logins.append(base64.b64decode(line.split(" ")[2]).decode())
                self._say("235 ok")
            case "RCPT":
                self._box.to.append(line)
                self._say(self._box.refuses or "250 ok")
            case "DATA":
                self._say("354 go ahead")
                self._box.came.append(self._content())
                self._say("250 taken")
            case "QUIT":
                self._say("221 bye")
                return False
            case _:
                self._say("250 ok")
        return True

    def _content(self) -> bytes:
        lines = []
        while (line := self._lines.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines)

    def _say(self, *lines: str) -> None:
        self._peer.sendall("".join(f"{line}\r\n" for line in lines).encode())


def _certificate(folder: Path) -> tuple[Path, Path]:
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "opdigtet")]),
    )
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / "post.pem", folder / "post.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return certificate, secret
