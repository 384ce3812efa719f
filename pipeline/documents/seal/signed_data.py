"""Writes CMS SignedData (RFC 5652) the one way our seals and demo timestamps are written.

Everything that does not change between two documents is encoded once, so that a signature costs
little more than the RSA operation itself.
"""

import hashlib
from collections.abc import Sequence

from pipeline.documents.seal import der
from pipeline.documents.seal.algorithms import SHA256, PrivateKey, sign, signature_identifier
from pipeline.documents.seal.certificates import issuer_and_serial

DATA = der.oid("1.2.840.113549.1.7.1")
SIGNED_DATA = der.oid("1.2.840.113549.1.7.2")
TIMESTAMP_INFO = der.oid("1.2.840.113549.1.9.16.1.4")
CONTENT_TYPE = der.oid("1.2.840.113549.1.9.3")
MESSAGE_DIGEST = der.oid("1.2.840.113549.1.9.4")
SIGNING_CERTIFICATE_V2 = der.oid("1.2.840.113549.1.9.16.2.47")
ALGORITHM_PROTECTION = der.oid("1.2.840.113549.1.9.52")
TIMESTAMP_TOKEN = der.oid("1.2.840.113549.1.9.16.2.14")

IMPLICIT_0, IMPLICIT_1 = 0xA0, 0xA1


class CmsSigner:
    """A loaded key and its certificate, ready to sign.

    Args:
        key: private key, kept in memory.
        certificate: DER of its certificate.
        bag: DER of all certificates to send along, the signer's own among them.

    Attributes:
        container_size: bytes of a PDF signature without a timestamp; an ECDSA one may differ by a few.
    """

    def __init__(self, key: PrivateKey, certificate: bytes, bag: Sequence[bytes]) -> None:
        self._key = key
        self._certificates = der.encode_set(IMPLICIT_0, *bag)
        self._certificate_attribute = _attribute(SIGNING_CERTIFICATE_V2, _certificate_reference(certificate))
        self._signer_name = issuer_and_serial(certificate)
        self._signature_algorithm = signature_identifier(key, SHA256)
        self._algorithm_attribute = _attribute(
            ALGORITHM_PROTECTION, protected_algorithms(SHA256.algorithm_identifier, self._signature_algorithm)
        )
        attributes = self.signed_attributes(DATA, bytes(SHA256.algorithm.digest_size))
        self.container_size = len(self.package(attributes, self.sign(attributes)))

    def signed_attributes(self, content_type: bytes, digest: bytes) -> bytes:
        """The attributes the signature is made over, encoded as the SET OF that is hashed (RFC 5652, 5.4)."""
        return der.encode_set(
            der.SET,
            _attribute(CONTENT_TYPE, content_type),
            _attribute(MESSAGE_DIGEST, der.encode(der.OCTET_STRING, digest)),
            self._certificate_attribute,
            self._algorithm_attribute,
        )

    def sign(self, attributes: bytes) -> bytes:
        """The signature value over the attributes."""
        return sign(self._key, attributes, SHA256)

    def package(
        self,
        attributes: bytes,
        signature: bytes,
        *,
        timestamp_info: bytes | None = None,
        timestamp_token: bytes | None = None,
        with_certificates: bool = True,
    ) -> bytes:
        """The finished ContentInfo.

        Args:
            attributes: what signed_attributes gave.
            signature: what sign gave for them.
            timestamp_info: the TSTInfo inside a timestamp token; None for a detached PDF signature.
            timestamp_token: token over the signature value, put in the unsigned attributes.
            with_certificates: False where a requester asked for none (RFC 3161, certReq).
        """
        signed_data = der.encode(
            der.SEQUENCE,
            der.integer(1 if timestamp_info is None else 3),
            der.encode(der.SET, SHA256.algorithm_identifier),
            _content(timestamp_info),
            self._certificates if with_certificates else b"",
            der.encode(der.SET, self._signer_info(attributes, signature, timestamp_token)),
        )
        return der.encode(der.SEQUENCE, SIGNED_DATA, der.encode(IMPLICIT_0, signed_data))

    def _signer_info(self, attributes: bytes, signature: bytes, timestamp_token: bytes | None) -> bytes:
        unsigned = b"" if timestamp_token is None else _attribute(TIMESTAMP_TOKEN, timestamp_token)
        return der.encode(
            der.SEQUENCE,
            der.integer(1),
            self._signer_name,
            SHA256.algorithm_identifier,
            bytes((IMPLICIT_0,)) + attributes[1:],
            self._signature_algorithm,
            der.encode(der.OCTET_STRING, signature),
            der.encode(IMPLICIT_1, unsigned) if unsigned else b"",
        )


def _content(timestamp_info: bytes | None) -> bytes:
    if timestamp_info is None:
        return der.encode(der.SEQUENCE, DATA)
    octets = der.encode(der.OCTET_STRING, timestamp_info)
    return der.encode(der.SEQUENCE, TIMESTAMP_INFO, der.encode(IMPLICIT_0, octets))


def _attribute(kind: bytes, value: bytes) -> bytes:
    return der.encode(der.SEQUENCE, kind, der.encode(der.SET, value))


def protected_algorithms(digest_algorithm: bytes, signature_algorithm: bytes) -> bytes:
    """CMSAlgorithmProtection: signs the names of the algorithms, which stand outside otherwise (RFC 6211)."""
    return der.encode(der.SEQUENCE, digest_algorithm, bytes((IMPLICIT_1,)) + signature_algorithm[1:])


def _certificate_reference(certificate: bytes) -> bytes:
    """ESS SigningCertificateV2 with the default SHA-256, bound to the whole certificate (RFC 5035)."""
    hashed = der.encode(der.OCTET_STRING, hashlib.sha256(certificate).digest())
    return der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, hashed)))
