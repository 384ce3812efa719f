"""What a timestamp token says: which bytes existed, and when (RFC 3161, section 2.4.2)."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from pipeline.documents.seal import der
from pipeline.documents.seal.algorithms import Digest, UnknownAlgorithm, digest_named_by
from pipeline.documents.seal.strict_cms import NotStrict, SignedContent, read_timestamp_token

_WHOLE_SECONDS = 14


@dataclass(frozen=True)
class TimestampToken:
    """A strict token whose own signature holds; who signed it is not judged here.

    Args:
        signed: the container around it.
        imprint_digest: the hash the time is given for was made with this.
        imprint: that hash.
        time: when, in UTC.
        nonce: the requester's number, where there is one.
    """

    signed: SignedContent
    imprint_digest: Digest
    imprint: bytes
    time: datetime
    nonce: int | None

    def is_over(self, data: bytes) -> bool:
        """Whether the token was given for this data."""
        return hashlib.new(self.imprint_digest.name, data).digest() == self.imprint


def read_token(encoded: bytes) -> TimestampToken:
    """Read a token and check everything in it that needs no trust.

    Raises:
        NotStrict: it is not written as it should be, or its signature does not hold.
    """
    signed = read_timestamp_token(encoded)
    try:
        return _token(signed, signed.timestamp_info or b"")
    except (der.NotDer, UnknownAlgorithm, ValueError, IndexError) as problem:
        raise NotStrict(str(problem)) from problem


def _token(signed: SignedContent, encoded: bytes) -> TimestampToken:
    version, _policy, imprint, _serial, when, *rest = der.children(der.read_one(encoded), der.SEQUENCE)
    if version.raw != der.integer(1) or when.tag != der.GENERALIZED_TIME:
        raise NotStrict("timestamp content")
    algorithm, hashed = der.children(imprint, der.SEQUENCE)
    nonces = [int.from_bytes(element.content, "big", signed=True) for element in rest if element.tag == der.INTEGER]
    time = datetime.strptime(when.content[:_WHOLE_SECONDS].decode(), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    digest = digest_named_by(algorithm.raw)
    return TimestampToken(signed, digest, hashed.content, time, nonces[0] if nonces else None)
