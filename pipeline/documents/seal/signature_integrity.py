"""What can be said about one signature without trusting anyone: is it whole, and is what it signs unchanged?

These checks are cheap and strict; almost every tampering ends here (ETSI EN 319 102-1, 5.2.2 and 5.2.6).
"""

from dataclasses import dataclass
from datetime import datetime

from pipeline.documents.seal.byte_ranges import BadByteRange, ByteRange, byte_range
from pipeline.documents.seal.findings import Finding
from pipeline.documents.seal.refusal import Refused
from pipeline.documents.seal.signature_fields import SignatureField
from pipeline.documents.seal.strict_cms import NotStrict, SignedContent, read_pdf_signature
from pipeline.documents.seal.timestamp_token import TimestampToken, read_token

_CONTENTS_KEY = b"/Contents"


@dataclass(frozen=True)
class IntactSignature:
    """A signature that is whole and over unchanged bytes; whether its makers are trusted is not known yet.

    Args:
        field: as the file states it.
        covered: which bytes it covers.
        signed: the signer's container; None for a document timestamp.
        token: the timestamp; None where there is none.
    """

    field: SignatureField
    covered: ByteRange
    signed: SignedContent | None
    token: TimestampToken | None

    @property
    def time(self) -> datetime | None:
        """The proven time."""
        return self.token.time if self.token else None


def check_integrity(field: SignatureField, file: bytes) -> IntactSignature:
    """The signature, once every byte of it and under it is known to be as it was made.

    Raises:
        Refused: it is not.
    """
    try:
        covered = byte_range(field.numbers, file)
    except BadByteRange as problem:
        raise Refused(Finding.BAD_BYTE_RANGE) from problem
    container = _container(field, covered, file)
    try:
        if field.is_timestamp:
            return _timestamp(field, covered, file, container)
        return _signature(field, covered, file, container)
    except NotStrict as problem:
        raise Refused(Finding.BAD_CONTAINER) from problem


def _container(field: SignatureField, covered: ByteRange, file: bytes) -> bytes:
    """The gap must be the very value of this signature's /Contents and nothing else."""
    try:
        container = covered.container(file)
    except BadByteRange as problem:
        raise Refused(Finding.BAD_CONTAINER) from problem
    padding = len(field.contents) - len(container)
    before_gap = file[: covered.gap_start].rstrip(b" \r\n")
    if field.contents != container + bytes(max(padding, 0)) or not before_gap.endswith(_CONTENTS_KEY):
        raise Refused(Finding.BAD_CONTAINER)
    return container


def _signature(field: SignatureField, covered: ByteRange, file: bytes, container: bytes) -> IntactSignature:
    signed = read_pdf_signature(container)
    if covered.digest(file, signed.digest.name) != signed.message_digest:
        raise Refused(Finding.CHANGED)
    token = read_token(signed.timestamp_token) if signed.timestamp_token else None
    if token is not None and not token.is_over(signed.signature):
        raise Refused(Finding.BAD_TIMESTAMP)
    return IntactSignature(field, covered, signed, token)


def _timestamp(field: SignatureField, covered: ByteRange, file: bytes, container: bytes) -> IntactSignature:
    token = read_token(container)
    if covered.digest(file, token.imprint_digest.name) != token.imprint:
        raise Refused(Finding.CHANGED)
    return IntactSignature(field, covered, None, token)
