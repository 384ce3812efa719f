"""The TOML file that says by which mail server mails go out; described in README.md, “Mail”.

A file of its own because it holds a password. Without it no mail goes out, and nobody is asked whether they want any.
"""

import tomllib
from pathlib import Path
from typing import Literal

import msgspec

from exports.mail.smtp import MailServer
from pipeline.errors import TilsynError

_PORTS = {"starttls": 587, "tls": 465}


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`security` has no value for none: a mail that goes in the clear tells who has a case."""

    host: str
    sender: str
    security: Literal["starttls", "tls"] = "starttls"
    port: int = 0
    user: str = ""
    password: str = ""
    roots: Path | None = None


def read_mail_server(path: Path) -> MailServer:
    """Read the file.

    Raises:
        TilsynError: it cannot be read, or something in it is not as it should be; what it holds is not repeated.
    """
    try:
        read = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _File)
    except (OSError, UnicodeDecodeError):
        raise TilsynError(
            f"Filen {path} med mailserveren kan ikke læses. Se, om den findes, og om den er UTF-8."
        ) from None
    except tomllib.TOMLDecodeError:
        raise TilsynError(f"Filen {path} med mailserveren er ikke gyldig TOML. Ret filen.") from None
    except msgspec.ValidationError as error:
        # The message names the place, and the type that stands there, never what stands there.
        raise TilsynError(
            f"Filen {path} med mailserveren: et navn er ukendt eller forkert udfyldt ({error})."
        ) from None
    if "@" not in read.sender:
        raise TilsynError(f"Filen {path} med mailserveren: “sender” skal være en mailadresse. Ret den.")
    return MailServer(
        host=read.host,
        port=read.port or _PORTS[read.security],
        sender=read.sender,
        user=read.user,
        password=read.password,
        tls_at_once=read.security == "tls",
        roots=read.roots,
    )
