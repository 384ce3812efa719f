"""Reads the CMS inside a seal or a timestamp token and accepts one encoding of each part only.

Every byte of the container ends up in one of four places: structure and names that must be exactly as
expected, signed attributes, the signature value, or a certificate that its issuer (or our own copy of the
root) vouches for. So there is no byte left that could be changed unseen (RFC 5652; ETSI EN 319 122-1).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from cryptography import x509

from pipeline.documents.seal import der
from pipeline.documents.seal.algorithms import Digest, UnknownAlgorithm, digest_named_by, signature_holds
from pipeline.documents.seal.certificates import der_of, issuer_and_serial, read_certificate
from pipeline.documents.seal.signed_data import (
    ALGORITHM_PROTECTION,
    CONTENT_TYPE,
    DATA,
    IMPLICIT_0,
    IMPLICIT_1,
    MESSAGE_DIGEST,
    SIGNED_DATA,
    SIGNING_CERTIFICATE_V2,
    TIMESTAMP_INFO,
    TIMESTAMP_TOKEN,
    protected_algorithms,
)

_SIGNING_CERTIFICATE = der.oid("1.2.840.113549.1.9.16.2.12")
_SIGNING_TIME = der.oid("1.2.840.113549.1.9.5")
_SHA1_BYTES = 20

T = TypeVar("T")

_VERSION_OF = {DATA: 1, TIMESTAMP_INFO: 3}
_REQUIRED = {CONTENT_TYPE, MESSAGE_DIGEST}
# PAdES keeps the claimed time in the PDF's /M and forbids it here (ETSI EN 319 142-1, 6.3).
_ALLOWED = {
    DATA: _REQUIRED | {SIGNING_CERTIFICATE_V2, ALGORITHM_PROTECTION},
    TIMESTAMP_INFO: _REQUIRED | {SIGNING_CERTIFICATE_V2, _SIGNING_CERTIFICATE, _SIGNING_TIME, ALGORITHM_PROTECTION},
}


class NotStrict(ValueError):
    """The container is not written as a seal is written, or its own signature does not hold."""


@dataclass(frozen=True)
class SignedContent:
    """What a container says, once it is known to be strict and signed by the certificate it names.

    Args:
        digest: the hash used for content and attributes.
        message_digest: hash of the content, signed.
        signer: the certificate whose key signed.
        bag: all certificates sent along, DER, each once.
        signature: the signature value; what a timestamp token is made over.
        timestamp_info: the TSTInfo of a timestamp token.
        timestamp_token: the token in the unsigned attributes.
    """

    digest: Digest
    message_digest: bytes
    signer: x509.Certificate
    bag: tuple[bytes, ...]
    signature: bytes
    timestamp_info: bytes | None
    timestamp_token: bytes | None


@dataclass(frozen=True)
class _SignerInfo:
    signer_name: bytes
    digest_algorithm: bytes
    signed_attributes: bytes
    signature_algorithm: bytes
    signature: bytes
    unsigned: tuple[der.Element, ...]


def read_pdf_signature(encoded: bytes) -> SignedContent:
    """A detached PDF signature, with or without a timestamp token.

    Raises:
        NotStrict: see there.
    """
    return _read(encoded, DATA)


def read_timestamp_token(encoded: bytes) -> SignedContent:
    """A timestamp token, whose own content is checked against its signature too.

    Raises:
        NotStrict: see there.
    """
    content = _read(encoded, TIMESTAMP_INFO)
    if content.timestamp_info is None or content.timestamp_token is not None:
        raise NotStrict("not a timestamp token")
    if hashlib.new(content.digest.name, content.timestamp_info).digest() != content.message_digest:
        raise NotStrict("timestamp content changed")
    return content


def _read(encoded: bytes, content_type: bytes) -> SignedContent:
    try:
        return _signed_content(encoded, content_type)
    except (der.NotDer, UnknownAlgorithm, ValueError, IndexError) as problem:
        raise NotStrict(str(problem)) from problem


def _signed_content(encoded: bytes, content_type: bytes) -> SignedContent:
    kind, explicit = _exactly(2, der.children(der.read_one(encoded), der.SEQUENCE))
    _same(kind.raw, SIGNED_DATA)
    (signed_data,) = _exactly(1, der.children(explicit, IMPLICIT_0))
    version, digests, content, bag, signers = _exactly(5, der.children(signed_data, der.SEQUENCE))
    _same(version.raw, der.integer(_VERSION_OF[content_type]))
    info = _signer_info(*_exactly(1, der.children(signers, der.SET)))
    _same(digests.raw, der.encode(der.SET, info.digest_algorithm))
    certificates = tuple(element.raw for element in der.children(bag, IMPLICIT_0))
    signer = _signer_among(certificates, info.signer_name)
    digest = digest_named_by(info.digest_algorithm)
    key = signer.public_key()
    if not signature_holds(key, info.signature, info.signed_attributes, digest, info.signature_algorithm):
        raise NotStrict("signature does not hold")
    return SignedContent(
        digest,
        _message_digest(info, content_type, signer),
        signer,
        certificates,
        info.signature,
        _inner_content(content, content_type),
        _timestamp_token(info.unsigned, content_type),
    )


def _signer_info(element: der.Element) -> _SignerInfo:
    version, name, digest, signed, algorithm, signature, *unsigned = der.children(element, der.SEQUENCE)
    _same(version.raw, der.integer(1))
    if signed.tag != IMPLICIT_0 or signature.tag != der.OCTET_STRING or len(unsigned) > 1:
        raise NotStrict("signer info")
    return _SignerInfo(
        name.raw,
        digest.raw,
        bytes((der.SET,)) + signed.raw[1:],
        algorithm.raw,
        signature.content,
        der.children(unsigned[0], IMPLICIT_1) if unsigned else (),
    )


def _signer_among(certificates: tuple[bytes, ...], name: bytes) -> x509.Certificate:
    if len(set(certificates)) != len(certificates):
        raise NotStrict("a certificate twice")
    (signer,) = _exactly(1, [each for each in certificates if issuer_and_serial(each) == name])
    return read_certificate(signer)


def _inner_content(element: der.Element, content_type: bytes) -> bytes | None:
    kind, *explicit = der.children(element, der.SEQUENCE)
    _same(kind.raw, content_type)
    if content_type == DATA:
        _exactly(0, explicit)
        return None
    (wrapper,) = _exactly(1, explicit)
    (octets,) = _exactly(1, der.children(wrapper, IMPLICIT_0))
    _same(octets.raw, der.encode(der.OCTET_STRING, octets.content))
    return octets.content


def _message_digest(info: _SignerInfo, content_type: bytes, signer: x509.Certificate) -> bytes:
    members = der.children(der.read_part(info.signed_attributes), der.SET)
    if [member.raw for member in members] != sorted(member.raw for member in members):
        raise NotStrict("attributes out of order")
    values = dict(_attribute(member) for member in members)
    if len(values) != len(members) or not _REQUIRED <= set(values) <= _ALLOWED[content_type]:
        raise NotStrict("not the known set of attributes")
    _same(values[CONTENT_TYPE].raw, content_type)
    _check_certificate_reference(values, signer)
    if ALGORITHM_PROTECTION in values:
        _same(values[ALGORITHM_PROTECTION].raw, protected_algorithms(info.digest_algorithm, info.signature_algorithm))
    if values[MESSAGE_DIGEST].tag != der.OCTET_STRING:
        raise NotStrict("message digest")
    return values[MESSAGE_DIGEST].content


def _attribute(element: der.Element) -> tuple[bytes, der.Element]:
    kind, values = _exactly(2, der.children(element, der.SEQUENCE))
    (value,) = _exactly(1, der.children(values, der.SET))
    return kind.raw, value


def _check_certificate_reference(values: dict[bytes, der.Element], signer: x509.Certificate) -> None:
    """The signed attributes name the signer's certificate by its hash (RFC 5035)."""
    if SIGNING_CERTIFICATE_V2 not in values and _SIGNING_CERTIFICATE not in values:
        raise NotStrict("no reference to the certificate")
    for kind in (SIGNING_CERTIFICATE_V2, _SIGNING_CERTIFICATE):
        if kind in values:
            references = der.children(values[kind], der.SEQUENCE)[0]
            name, hashed = _referred_hash(der.children(references)[0])
            _same(hashed, hashlib.new(name, der_of(signer)).digest())


def _referred_hash(reference: der.Element) -> tuple[str, bytes]:
    first, *rest = der.children(reference, der.SEQUENCE)
    if first.tag == der.SEQUENCE:
        return digest_named_by(first.raw).name, rest[0].content
    return ("sha1" if len(first.content) == _SHA1_BYTES else "sha256"), first.content


def _timestamp_token(unsigned: tuple[der.Element, ...], content_type: bytes) -> bytes | None:
    if not unsigned:
        return None
    kind, token = _attribute(*_exactly(1, unsigned))
    _same(kind, TIMESTAMP_TOKEN)
    if content_type != DATA:
        raise NotStrict("a timestamp on a timestamp")
    return token.raw


def _exactly(count: int, found: Sequence[T]) -> Sequence[T]:
    if len(found) != count:
        raise NotStrict(f"{len(found)} where {count} belong")
    return found


def _same(found: bytes, expected: bytes) -> None:
    if found != expected:
        raise NotStrict("not as expected")
