"""Loads a seal's key and certificates from their files, once, and checks that they belong together."""

from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from pipeline.documents.seal.algorithms import PrivateKey
from pipeline.documents.seal.certificates import NotACertificate, der_of, read_certificate_file
from pipeline.documents.seal.identity import SealIdentity
from pipeline.errors import StepFailed


@dataclass(frozen=True)
class LoadedIdentity:
    """A seal identity in memory; certificates as DER."""

    key: PrivateKey
    parsed_certificate: x509.Certificate
    certificate: bytes
    chain: tuple[bytes, ...]
    roots: tuple[bytes, ...]


def load_identity(identity: SealIdentity) -> LoadedIdentity:
    """Everything the identity names, read from disk.

    Raises:
        StepFailed: a file is missing or unfit, or the key belongs to another certificate.
    """
    certificate = _certificate(identity.certificate)
    key = _private_key(identity.key, identity.key_password)
    if key.public_key() != certificate.public_key():
        raise _unusable(identity.key, "hører ikke til seglets certifikat")
    return LoadedIdentity(
        key,
        certificate,
        der_of(certificate),
        tuple(der_of(_certificate(path)) for path in identity.chain),
        tuple(der_of(_certificate(path)) for path in identity.trust_roots),
    )


def _certificate(path: Path) -> x509.Certificate:
    try:
        return read_certificate_file(path)
    except (NotACertificate, OSError) as problem:
        raise _unusable(path, "kan ikke læses som et certifikat") from problem


def _private_key(path: Path, password: bytes | None) -> PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), password)
    except (OSError, ValueError, TypeError) as problem:
        raise _unusable(path, "kan ikke læses som en nøgle (mangler filen, eller er kodeordet forkert?)") from problem
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise _unusable(path, "er en nøgle af en slags, der ikke kan forsegles med (brug RSA eller EC)")
    return key


def _unusable(path: Path, what: str) -> StepFailed:
    return StepFailed(
        f"Seglet kan ikke bruges: filen {path} {what}. Ret stien eller filen i opsætningen, og start igen.",
        permanent=True,
    )
