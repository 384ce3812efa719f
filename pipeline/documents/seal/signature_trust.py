"""Whether the makers of a signature and its timestamp are trusted, and whether pyHanko agrees that it is valid."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError

from pipeline.documents.seal.certificate_paths import PathRefused, Reason, Use, accepted_path, validation_context
from pipeline.documents.seal.certificates import der_of
from pipeline.documents.seal.findings import Finding
from pipeline.documents.seal.later_revisions import SIGNATURES_ONLY
from pipeline.documents.seal.refusal import Refused
from pipeline.documents.seal.signature_integrity import IntactSignature
from pipeline.documents.seal.strict_cms import SignedContent
from pipeline.documents.seal.timestamp_token import TimestampToken
from pipeline.documents.seal.trust_store import TrustStore

_CLOCKS_MAY_DIFFER = timedelta(minutes=5)

_SIGNER_FINDINGS = {
    Reason.UNTRUSTED: Finding.SIGNER_UNTRUSTED,
    Reason.REVOKED: Finding.SIGNER_REVOKED,
    Reason.EXPIRED: Finding.SIGNER_EXPIRED,
    Reason.UNCHECKED: Finding.NO_VALIDATION_DATA,
    Reason.UNFIT: Finding.SIGNER_UNFIT,
}
_TIMESTAMP_FINDINGS = {
    Reason.UNTRUSTED: Finding.TIMESTAMP_UNTRUSTED,
    Reason.REVOKED: Finding.TIMESTAMP_REVOKED,
    Reason.EXPIRED: Finding.TIMESTAMP_EXPIRED,
    Reason.UNCHECKED: Finding.NO_VALIDATION_DATA,
    Reason.UNFIT: Finding.TIMESTAMP_UNFIT,
}


@dataclass(frozen=True)
class EmbeddedData:
    """The validation data the file carries (ISO 32000-2, 12.8.4.3), DER."""

    certificates: tuple[bytes, ...]
    crls: tuple[bytes, ...]


def embedded_data(reader: PdfFileReader) -> EmbeddedData:
    """The document security store as it stands in the last revision; empty where there is none."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return EmbeddedData((), ())
    certificates = tuple(certificate.dump() for certificate in store.load_certs())
    return EmbeddedData(certificates, tuple(reference.get_object().data for reference in store.crls))


def require_trusted_signature(
    signed: SignedContent | None,
    token: TimestampToken | None,
    trust: TrustStore,
    data: EmbeddedData,
    proven_until: datetime,
) -> bytes:
    """The root, DER, that a signature (or document timestamp) leads to, wherever it stands.

    Args:
        signed: intact already; None for a document timestamp.
        token: its timestamp.
        trust: our own roots.
        data: what comes with it.
        proven_until: the moment up to which the timestamp must be provable.

    Raises:
        Refused: its timestamp or its signer is not accepted.
    """
    if token is None:
        raise Refused(Finding.NO_TIMESTAMP)
    if token.time > proven_until + _CLOCKS_MAY_DIFFER:
        raise Refused(Finding.TIMESTAMP_IN_FUTURE)
    if token.signed.signer.not_valid_after_utc < proven_until:
        raise Refused(Finding.TIMESTAMP_EXPIRED)
    root = _root(token.signed, Use.TIMESTAMP, token.time, trust, data, _TIMESTAMP_FINDINGS)
    if signed is None:
        return root
    return _root(signed, Use.SIGNATURE, token.time, trust, data, _SIGNER_FINDINGS)


def require_trusted(signature: IntactSignature, trust: TrustStore, data: EmbeddedData, proven_until: datetime) -> bytes:
    """The root, DER, that the signature (or document timestamp) leads to.

    Args:
        signature: intact already.
        trust: our own roots.
        data: what the file carries.
        proven_until: the moment up to which the timestamp must be provable: now, or the time of a
            document timestamp that covers it.

    Raises:
        Refused: its timestamp or its signer is not accepted.
    """
    return require_trusted_signature(signature.signed, signature.token, trust, data, proven_until)


def require_valid(reader: PdfFileReader, signature: IntactSignature, trust: TrustStore, data: EmbeddedData) -> None:
    """PyHanko's own full validation of the signature and of all that came after it.

    Raises:
        Refused: it does not find it valid, or finds a later change that is not allowed.
    """
    embedded = next(
        each for each in reader.embedded_signatures if each.sig_object.container_ref.idnum == signature.field.reference
    )
    asyncio.run(_require_valid(embedded, signature, trust, data))


async def _require_valid(
    embedded: EmbeddedPdfSignature, signature: IntactSignature, trust: TrustStore, data: EmbeddedData
) -> None:
    if signature.token is None:
        raise Refused(Finding.NO_TIMESTAMP)
    roots = [root.certificate for root in trust.roots]
    bags = [*(signature.signed.bag if signature.signed else ()), *signature.token.signed.bag]
    context = validation_context([*data.certificates, *bags], roots, data.crls, signature.token.time)
    if signature.field.is_timestamp:
        timestamp = await async_validate_pdf_timestamp(embedded, context, SIGNATURES_ONLY)
        valid, difference = timestamp.valid and timestamp.intact and timestamp.trusted, timestamp.diff_result
    else:
        status = await async_validate_pdf_signature(embedded, context, context, diff_policy=SIGNATURES_ONLY)
        valid, difference = status.bottom_line and status.timestamp_validity is not None, status.diff_result
    if not isinstance(difference, DiffResult):
        raise Refused(Finding.LATER_CHANGE)
    if not valid:
        raise Refused(Finding.NOT_VALID)


def _root(
    signed: SignedContent,
    use: Use,
    moment: datetime,
    trust: TrustStore,
    data: EmbeddedData,
    findings: dict[Reason, Finding],
) -> bytes:
    roots = [root.certificate for root in trust.roots]
    others = [*data.certificates, *signed.bag]
    try:
        path = accepted_path(der_of(signed.signer), use, others=others, roots=roots, crls=data.crls, moment=moment)
    except PathRefused as problem:
        raise Refused(findings[problem.reason]) from problem
    _require_no_strays(signed.bag, path)
    return path[0]


def _require_no_strays(bag: Sequence[bytes], path: Sequence[bytes]) -> None:
    """The bag is not signed: a certificate no one needed is a place to change bytes unseen."""
    if not set(bag) <= set(path):
        raise Refused(Finding.STRAY_CERTIFICATE)
