"""The demo installation's own certificates: made once per installation, kept in one folder, renewed in time.

Nobody outside the installation trusts them and every name in them says DEMO. They exist so that the
program is whole from the first minute; a municipality replaces them with its own seal certificate.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from pipeline.documents.seal.demo_certificates import (
    Holder,
    demo_name,
    issue_crl,
    issue_root,
    issue_seal,
    issue_timestamp,
    new_key,
)
from pipeline.documents.seal.identity import SealIdentity
from pipeline.errors import StepFailed

_ORGANISATION = "Testkommune (DEMO)"
_ROOT_NAME = demo_name(_ORGANISATION, "DEMO Testkommune rod")
_SEAL_NAME = demo_name(_ORGANISATION, "DEMO Testkommune segl")
_TIMESTAMP_NAME = demo_name(_ORGANISATION, "DEMO Testkommune tidsstempel")

_ROOT_LIFETIME = timedelta(days=365 * 30)
_TIMESTAMP_LIFETIME = timedelta(days=365 * 12)
_SEAL_LIFETIME = timedelta(days=365 * 3)
_CRL_LIFETIME = timedelta(days=7)
# A document sealed on a certificate's last day must still be checkable for years.
_ROOT_RENEWAL = _TIMESTAMP_LIFETIME
_TIMESTAMP_RENEWAL = timedelta(days=365 * 10)
_SEAL_RENEWAL = timedelta(days=30)
_CRL_RENEWAL = timedelta(days=2)

_CURRENT = "gaeldende"
_EARLIER = "tidligere-"


@dataclass(frozen=True)
class DemoPki:
    """The files of one demo installation.

    Args:
        folder: the folder holding the current generation of keys and certificates.
        roots: the current root first, then those of earlier generations.
    """

    folder: Path
    roots: tuple[Path, ...]

    @property
    def crl(self) -> Path:
        """The root's list of revoked certificates, DER."""
        return self.folder / "rod.crl"

    @property
    def seal(self) -> tuple[Path, Path]:
        """Key and certificate of the seal."""
        return self.folder / "segl.key", self.folder / "segl.pem"

    @property
    def timestamp(self) -> tuple[Path, Path]:
        """Key and certificate of the timestamp service."""
        return self.folder / "tidsstempel.key", self.folder / "tidsstempel.pem"

    def identity(self, timestamp_url: str, crl_url: str) -> SealIdentity:
        """What the sealer needs, with the addresses of the running demo services."""
        key, certificate = self.seal
        return SealIdentity(key, certificate, (), self.roots, timestamp_url, is_demo=True, crl_urls=(crl_url,))


def ensure_demo_pki(folder: Path) -> DemoPki:
    """The demo certificates in the folder; made when missing, renewed when they run out.

    Safe to call at every start and from several processes at once.

    Raises:
        StepFailed: the folder cannot be written.
    """
    try:
        with _alone_in(folder):
            return _ensure(folder)
    except OSError as problem:
        raise StepFailed(
            f"Mappen til demo-certifikater kan ikke bruges: {folder}. "
            "Giv programmet skriveadgang til mappen, eller vælg en anden mappe, og start igen.",
            permanent=True,
        ) from problem


def load_holder(key: Path, certificate: Path) -> Holder:
    """A demo key and its certificate from their PEM files."""
    loaded = load_pem_private_key(key.read_bytes(), password=None)
    if not isinstance(loaded, rsa.RSAPrivateKey):
        raise OSError(f"{key.name} is not an RSA key")
    return Holder(loaded, x509.load_pem_x509_certificate(certificate.read_bytes()))


def write_crl(pki: DemoPki, revoked: tuple[x509.RevokedCertificate, ...]) -> None:
    """Publish a new list of revoked certificates."""
    root = load_holder(pki.folder / "rod.key", pki.roots[0])
    crl = issue_crl(root, _CRL_LIFETIME, revoked=revoked)
    _replace(pki.crl, crl.public_bytes(Encoding.DER))


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    with (folder / ".laas").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _ensure(folder: Path) -> DemoPki:
    current = folder / _CURRENT
    if current.exists() and _remaining(_certificate(current / "rod.pem")) < _ROOT_RENEWAL:
        current.rename(folder / f"{_EARLIER}{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    if not current.exists():
        _make_generation(folder).rename(current)
    earlier = sorted((path / "rod.pem" for path in folder.glob(f"{_EARLIER}*")), reverse=True)
    pki = DemoPki(current, (current / "rod.pem", *earlier))
    _renew(pki)
    return pki


def _make_generation(folder: Path) -> Path:
    """All files of a new generation in a folder no one looks into until it is complete."""
    fresh = folder / f".ny-{secrets.token_hex(8)}"
    fresh.mkdir(mode=0o700)
    root_key = new_key()
    root = Holder(root_key, issue_root(root_key, _ROOT_NAME, _ROOT_LIFETIME))
    _write_holder(fresh / "rod", root)
    seal_key, timestamp_key = new_key(), new_key()
    seal = issue_seal(root, seal_key.public_key(), _SEAL_NAME, _SEAL_LIFETIME)
    timestamp = issue_timestamp(root, timestamp_key.public_key(), _TIMESTAMP_NAME, _TIMESTAMP_LIFETIME)
    _write_holder(fresh / "segl", Holder(seal_key, seal))
    _write_holder(fresh / "tidsstempel", Holder(timestamp_key, timestamp))
    _replace(fresh / "rod.crl", issue_crl(root, _CRL_LIFETIME).public_bytes(Encoding.DER))
    return fresh


def _renew(pki: DemoPki) -> None:
    """New certificates for the same keys, so that a key and its certificate never come apart."""
    if _remaining(_certificate(pki.seal[1])) < _SEAL_RENEWAL:
        seal, root = load_holder(*pki.seal), load_holder(pki.folder / "rod.key", pki.roots[0])
        renewed = issue_seal(root, seal.key.public_key(), _SEAL_NAME, _SEAL_LIFETIME)
        _replace(pki.seal[1], renewed.public_bytes(Encoding.PEM))
    if _remaining(_certificate(pki.timestamp[1])) < _TIMESTAMP_RENEWAL:
        timestamp, root = load_holder(*pki.timestamp), load_holder(pki.folder / "rod.key", pki.roots[0])
        renewed = issue_timestamp(root, timestamp.key.public_key(), _TIMESTAMP_NAME, _TIMESTAMP_LIFETIME)
        _replace(pki.timestamp[1], renewed.public_bytes(Encoding.PEM))
    crl = x509.load_der_x509_crl(pki.crl.read_bytes())
    if crl.next_update_utc is None or crl.next_update_utc - datetime.now(UTC) < _CRL_RENEWAL:
        write_crl(pki, tuple(crl))


def _certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def _remaining(certificate: x509.Certificate) -> timedelta:
    return certificate.not_valid_after_utc - datetime.now(UTC)


def _write_holder(stem: Path, holder: Holder) -> None:
    key = holder.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _replace(stem.with_suffix(".key"), key)
    _replace(stem.with_suffix(".pem"), holder.certificate.public_bytes(Encoding.PEM))


def _replace(path: Path, content: bytes) -> None:
    """Write the whole file or nothing, readable by its owner alone from the first moment."""
    fresh = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
