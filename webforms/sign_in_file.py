"""The TOML file that says which providers prove who people are; described in README.md, “Signing in”.

A file of its own because it holds secrets, and because a provider's names for things are many.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pipeline.errors import TilsynError
from webforms.identity.oidc_provider import OidcProvider


@dataclass(frozen=True)
class SignIn:
    """The two doors: the municipality's own people, and citizens with MitID."""

    employees: OidcProvider
    citizens: OidcProvider | None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    medarbejder: OidcProvider
    mitid: OidcProvider | None = None


def read_sign_in(path: Path) -> SignIn:
    """Read the file.

    Raises:
        TilsynError: it cannot be read, or something in it is not as it should be; what it holds is not repeated.
    """
    try:
        read = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _File)
    except (OSError, UnicodeDecodeError):
        raise TilsynError(f"Filen {path} med login kan ikke læses. Se, om den findes, og om den er UTF-8.") from None
    except tomllib.TOMLDecodeError:
        raise TilsynError(f"Filen {path} med login er ikke gyldig TOML. Ret filen.") from None
    except msgspec.ValidationError as error:
        # The message names the place, and the type that stands there, never what stands there.
        raise TilsynError(f"Filen {path} med login: et navn er ukendt eller forkert udfyldt ({error}).") from None
    return SignIn(read.medarbejder, read.mitid)
