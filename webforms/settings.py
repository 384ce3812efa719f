"""The settings of an installation; the only module that reads the environment."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipeline.errors import TilsynError
from pipeline.tool.load import EDITIONS

PROJECT = Path(__file__).resolve().parents[1]
_SHA256 = re.compile("[0-9a-f]{64}")


class Mode(StrEnum):
    """Whether people are fictional and chosen from a list, or real and sign in."""

    DEMO = "demo"
    PRODUCTION = "drift"


@dataclass(frozen=True)
class SealSettings:
    """A municipality's own seal: certificate, key, trust roots and timestamp service."""

    key: Path
    certificate: Path
    chain: tuple[Path, ...]
    trust_roots: tuple[Path, ...]
    timestamp_url: str
    key_password: bytes | None
    crl_urls: tuple[str, ...]


@dataclass(frozen=True)
class Settings:
    """One installation.

    Attributes:
        home: the installation's own folder: demo certificates, rendered demo cases.
        seal: None means the demo seal, which says DEMO wherever it is checked.
        extra_trust_roots: further roots that `tilsyn verify` trusts.
        trusted_seals: SHA-256 (hexadecimal) of the municipality's own seal certificates; needed beside a public root,
            which issues certificates to others too. Empty accepts any seal under the roots.
        database: URL of the database; None means a SQLite file in `home`.
        keyring: the file with the keys, outside the database.
        hosts: names that the pages are reached by, beside this machine's own.
        address: where browsers reach the pages, e.g. `https://hjemmetilsyn.kommune.dk`; None: this machine.
        municipality: its name, at the top of every page.
        phone: whom somebody may call who has no case here.
        sign_in: TOML file with the providers that prove who people are.
        proxies: how many proxies of the municipality's own stand in front and say whom they speak for.
        deadlines: TOML file with the municipality's own deadlines; None: those that come with the program.
        kle: TOML file with the numbers of KLE; None: those that come with the program.
        archive: folder into which packages for the archive are put; None: `arkiv` in `home`.
        post: folder into which letters on paper are put; None: `post` in `home`.
        mail: TOML file with the mail server; None: no mail goes out.
        sms: folder into which text messages are put for whatever sends them; None: none goes out.
        virus_scanner: clamd: path of its socket, or host:port; empty where none is used.
    """

    home: Path
    editions: Path
    seal: SealSettings | None
    extra_trust_roots: tuple[Path, ...]
    workers: int
    host: str
    port: int
    trusted_seals: tuple[str, ...] = ()
    mode: Mode = Mode.DEMO
    database: str | None = None
    keyring: Path | None = None
    hosts: tuple[str, ...] = ()
    address: str = ""
    municipality: str = "Testkommune"
    phone: str = ""
    sign_in: Path | None = None
    virus_scanner: str = ""
    proxies: int = 0
    deadlines: Path | None = None
    kle: Path | None = None
    archive: Path | None = None
    post: Path | None = None
    mail: Path | None = None
    sms: Path | None = None


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the variables `HJEMMETILSYN_…`, described in the README.

    Raises:
        TilsynError: a seal is only half configured, or a number is none.
    """
    paths = _Environment(environment)
    return Settings(
        home=paths.path("HOME") or PROJECT / "var",
        editions=paths.path("EDITIONS") or EDITIONS,
        seal=_seal(paths),
        extra_trust_roots=paths.paths("TRUST_ROOTS"),
        workers=paths.number("WORKERS", 1),
        host=paths.text("HOST") or "127.0.0.1",
        port=paths.number("PORT", 5000),
        trusted_seals=_fingerprints(paths.text("TRUSTED_SEALS")),
        mode=_mode(paths.text("MODE")),
        database=paths.text("DATABASE") or None,
        keyring=paths.path("KEYRING"),
        hosts=tuple(paths.text("HOSTS").split()),
        address=paths.text("ADDRESS").rstrip("/"),
        municipality=paths.text("MUNICIPALITY") or "Testkommune",
        phone=paths.text("PHONE"),
        sign_in=paths.path("SIGN_IN"),
        virus_scanner=paths.text("CLAMD"),
        proxies=paths.number("PROXIES", 0),
        deadlines=paths.path("DEADLINES"),
        kle=paths.path("KLE"),
        archive=paths.path("ARCHIVE"),
        post=paths.path("POST"),
        mail=paths.path("MAIL"),
        sms=paths.path("SMS"),
    )


def _mode(written: str) -> Mode:
    try:
        return Mode(written or Mode.DEMO)
    except ValueError:
        raise TilsynError("HJEMMETILSYN_MODE skal være “demo” eller “drift”. Ret indstillingen.") from None


def _fingerprints(written: str) -> tuple[str, ...]:
    prints = tuple(part.replace(":", "").lower() for part in written.split())
    if not all(_SHA256.fullmatch(part) for part in prints):
        raise TilsynError(
            "HJEMMETILSYN_TRUSTED_SEALS skal være SHA-256 af seglets certifikat: 64 hexadecimale tegn, "
            "flere med mellemrum imellem. Ret indstillingen."
        )
    return prints


def _seal(settings: "_Environment") -> SealSettings | None:
    key, certificate = settings.path("SEAL_KEY"), settings.path("SEAL_CERTIFICATE")
    timestamp_url = settings.text("TIMESTAMP_URL")
    if not (key or certificate or timestamp_url):
        return None
    if not (key and certificate and timestamp_url and settings.paths("TRUST_ROOTS")):
        raise TilsynError(
            "Seglet er kun halvt sat op. Sæt HJEMMETILSYN_SEAL_KEY, HJEMMETILSYN_SEAL_CERTIFICATE, "
            "HJEMMETILSYN_TIMESTAMP_URL og HJEMMETILSYN_TRUST_ROOTS, eller fjern dem alle for at bruge demoseglet."
        )
    password = settings.text("SEAL_KEY_PASSWORD")
    return SealSettings(
        key=key,
        certificate=certificate,
        chain=settings.paths("SEAL_CHAIN"),
        trust_roots=settings.paths("TRUST_ROOTS"),
        timestamp_url=timestamp_url,
        key_password=password.encode() if password else None,
        crl_urls=tuple(settings.text("CRL_URLS").split()),
    )


class _Environment:
    """Reads one variable at a time; an empty one counts as not set."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def text(self, name: str) -> str:
        return self._environment.get(f"HJEMMETILSYN_{name}", "").strip()

    def path(self, name: str) -> Path | None:
        written = self.text(name)
        return Path(written).expanduser().resolve() if written else None

    def paths(self, name: str) -> tuple[Path, ...]:
        return tuple(Path(part).expanduser().resolve() for part in self.text(name).split(os.pathsep) if part)

    def number(self, name: str, default: int) -> int:
        written = self.text(name)
        if not written:
            return default
        if not written.isdecimal() or int(written) < 1:
            raise TilsynError(f"HJEMMETILSYN_{name} skal være et helt tal på mindst 1. Ret indstillingen.")
        return int(written)
