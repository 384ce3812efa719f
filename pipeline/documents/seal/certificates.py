"""Reads X.509 certificates (RFC 5280), from files we trust and from files we do not."""

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from pipeline.documents.seal import der

_EXPLICIT_VERSION = 0xA0
_PEM_START = b"-----BEGIN"


class NotACertificate(ValueError):
    """The bytes are no certificate that can be used."""


def read_certificate(encoded: bytes) -> x509.Certificate:
    """A certificate, with a public key that can be loaded, from DER or PEM.

    Raises:
        NotACertificate: whatever is wrong with it.
    """
    try:
        is_pem = encoded.lstrip().startswith(_PEM_START)
        loaded = x509.load_pem_x509_certificate(encoded) if is_pem else x509.load_der_x509_certificate(encoded)
        loaded.public_key()
    except Exception as problem:
        raise NotACertificate(type(problem).__name__) from problem
    return loaded


def read_certificate_file(path: Path) -> x509.Certificate:
    """The certificate in a file.

    Raises:
        NotACertificate: whatever is wrong with it.
        OSError: the file cannot be read.
    """
    return read_certificate(path.read_bytes())


def der_of(certificate: x509.Certificate) -> bytes:
    """The certificate's own bytes."""
    return certificate.public_bytes(Encoding.DER)


def issuer_and_serial(certificate: bytes) -> bytes:
    """How CMS names a certificate (RFC 5652, 10.2.4), taken from its own bytes.

    Raises:
        NotDer: it is no certificate.
    """
    to_be_signed = der.children(der.children(der.read_part(certificate))[0])
    after_version = to_be_signed[1:] if to_be_signed[0].tag == _EXPLICIT_VERSION else to_be_signed
    serial, _signature_algorithm, issuer, *_rest = after_version
    return der.encode(der.SEQUENCE, issuer.raw, serial.raw)


def common_name(certificate: x509.Certificate) -> str:
    """The subject's common name, for people to read; never a ground for trust."""
    return _name_part(certificate, NameOID.COMMON_NAME) or organisation(certificate)


def organisation(certificate: x509.Certificate) -> str:
    """The subject's organisation, for people to read."""
    return _name_part(certificate, NameOID.ORGANIZATION_NAME)


def _name_part(certificate: x509.Certificate, kind: x509.ObjectIdentifier) -> str:
    return ", ".join(str(part.value) for part in certificate.subject.get_attributes_for_oid(kind))
