"""Answers timestamp requests the way RFC 3161 wants them answered; the heart of the demo service."""

import hashlib
import secrets
from datetime import UTC, datetime
from pathlib import Path

from asn1crypto import tsp  # type: ignore[import-untyped]  # asn1crypto ships no types

from pipeline.documents.seal import der
from pipeline.documents.seal.certificates import der_of
from pipeline.documents.seal.demo_pki import load_holder
from pipeline.documents.seal.signed_data import TIMESTAMP_INFO, CmsSigner

# 2.999 is the arc ITU-T X.660 keeps for examples: no one can take it for a real policy.
_POLICY = der.oid("2.999.85.1")
_LENGTHS = {"sha256": 32, "sha384": 48, "sha512": 64}
_BAD_ALGORITHM, _BAD_REQUEST, _BAD_FORMAT = 0, 2, 5
_GRANTED, _REJECTION = 0, 2


class TimestampAuthority:
    """Signs timestamps with a key that is loaded once.

    Args:
        key: PEM of the service's private key.
        certificate: PEM of its certificate.
    """

    def __init__(self, key: Path, certificate: Path) -> None:
        holder = load_holder(key, certificate)
        encoded = der_of(holder.certificate)
        self._signer = CmsSigner(holder.key, encoded, [encoded])
        self._name = der.encode(0xA0, der.encode(0xA4, holder.certificate.subject.public_bytes()))

    def answer(self, request: bytes) -> bytes:
        """The TimeStampResp for a TimeStampReq, both DER; a bad request gets a rejection, never an exception."""
        try:
            parsed = tsp.TimeStampReq.load(request, strict=True)
            imprint = parsed["message_imprint"]
            algorithm = imprint["hash_algorithm"]["algorithm"].native
            hashed = imprint["hashed_message"].native
            nonce, wants_certificate = parsed["nonce"], bool(parsed["cert_req"].native)
        except (ValueError, TypeError, KeyError):
            return _rejection(_BAD_FORMAT)
        if algorithm not in _LENGTHS:
            return _rejection(_BAD_ALGORITHM)
        if len(hashed) != _LENGTHS[algorithm]:
            return _rejection(_BAD_FORMAT)
        if parsed["req_policy"].native is not None or parsed["extensions"].native:
            return _rejection(_BAD_REQUEST)
        info = self._timestamp_info(imprint.dump(), nonce.dump() if nonce.native is not None else b"")
        return _granted(self._token(info, wants_certificate))

    def _token(self, info: bytes, wants_certificate: bool) -> bytes:
        attributes = self._signer.signed_attributes(TIMESTAMP_INFO, hashlib.sha256(info).digest())
        signature = self._signer.sign(attributes)
        return self._signer.package(attributes, signature, timestamp_info=info, with_certificates=wants_certificate)

    def _timestamp_info(self, imprint: bytes, nonce: bytes) -> bytes:
        now = datetime.now(UTC).strftime("%Y%m%d%H%M%SZ").encode()
        return der.encode(
            der.SEQUENCE,
            der.integer(1),
            _POLICY,
            imprint,
            der.integer(secrets.randbits(128)),
            der.encode(der.GENERALIZED_TIME, now),
            der.encode(der.SEQUENCE, der.integer(1)),
            nonce,
            self._name,
        )


def _granted(token: bytes) -> bytes:
    return der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, der.integer(_GRANTED)), token)


def _rejection(failure_bit: int) -> bytes:
    unused = 7 - failure_bit
    failure = der.encode(der.BIT_STRING, bytes((unused, 1 << unused)))
    return der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, der.integer(_REJECTION), failure))
