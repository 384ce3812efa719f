"""Looks into a file of evidence and judges it: package, seal, list, every file, and every signed document.

Runs inside the limited child process (see check); call it directly only for files of known origin.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pipeline.danish import COPENHAGEN, danish_moment
from pipeline.documents.evidence.manifest import CERTIFICATES, MANIFEST, REVOKED, ROOT, SEAL, Manifest, decoded
from pipeline.documents.evidence.package import unpacked
from pipeline.documents.seal.certificates import common_name, der_of, organisation, read_certificate
from pipeline.documents.seal.findings import Finding
from pipeline.documents.seal.inspection import inspect
from pipeline.documents.seal.refusal import Refused
from pipeline.documents.seal.signature_trust import EmbeddedData, require_trusted_signature
from pipeline.documents.seal.strict_cms import NotStrict, SignedContent, read_pdf_signature
from pipeline.documents.seal.timestamp_token import TimestampToken, read_token
from pipeline.documents.seal.trust_store import TrustStore
from pipeline.documents.seal.verification import (
    Attachment,
    SignatureKind,
    SignatureReport,
    Verdict,
    Verification,
    not_readable,
)

_ZIP, _PDF = b"PK", b"%PDF-"
_SEARCHED = 1024


def inspect_any(file: bytes, trust: TrustStore, at: datetime) -> Verification:
    """The answer for a file of either kind; never raises for what the file holds.

    Args:
        file: all of it.
        trust: our own roots.
        at: the moment to judge at, aware.
    """
    if file.startswith(_ZIP):
        return inspect_evidence(file, trust, at)
    if _PDF not in file[:_SEARCHED]:
        return not_readable(Finding.NEITHER_KIND)
    return inspect(file, trust, at)


def inspect_evidence(file: bytes, trust: TrustStore, at: datetime) -> Verification:
    """The answer for a file of evidence; never raises for what the file holds."""
    try:
        return _Judge(unpacked(file), trust, at).verification()
    except Refused as problem:
        if problem.finding is Finding.EVIDENCE_UNREADABLE:
            return not_readable(problem.finding)
        return Verification(Verdict.NOT_GOOD, (problem.finding,))
    except Exception:
        return not_readable(Finding.EVIDENCE_UNREADABLE)


@dataclass(frozen=True)
class _Judge:
    """Judges a package whose every byte is accounted for."""

    parts: Mapping[str, bytes]
    trust: TrustStore
    at: datetime

    def verification(self) -> Verification:
        signed, token = self._seal()
        root = require_trusted_signature(signed, token, self.trust, self._data(), self.at)
        if self.trust.seals and hashlib.sha256(der_of(signed.signer)).hexdigest() not in self.trust.seals:
            raise Refused(Finding.NOT_OUR_SEAL)
        manifest = _read(self.parts[MANIFEST])
        self._require_files(manifest)
        inside = self._signed_document(manifest, token.time)
        self._require_agreement(manifest, inside)
        own = _report(signed, token, is_demo=self.trust.is_demo(root))
        return Verification(
            inside.verdict,
            inside.findings,
            (own, *inside.signatures),
            tuple(Attachment(one.name, one.media_type, one.size, one.sha256, one.what) for one in manifest.files),
            inside.open_places,
            tuple(f"{danish_moment(one.at)} ({_offset(one.at)}): {one.what}" for one in manifest.events),
        )

    def _seal(self) -> tuple[SignedContent, TimestampToken]:
        if MANIFEST not in self.parts or SEAL not in self.parts:
            raise Refused(Finding.EVIDENCE_UNREADABLE)
        try:
            signed = read_pdf_signature(self.parts[SEAL])
            token = read_token(signed.timestamp_token) if signed.timestamp_token else None
        except NotStrict as problem:
            raise Refused(Finding.BAD_CONTAINER) from problem
        if hashlib.new(signed.digest.name, self.parts[MANIFEST]).digest() != signed.message_digest:
            raise Refused(Finding.EVIDENCE_CHANGED)
        if token is None:
            raise Refused(Finding.NO_TIMESTAMP)
        if not token.is_over(signed.signature):
            raise Refused(Finding.BAD_TIMESTAMP)
        return signed, token

    def _data(self) -> EmbeddedData:
        certificates = [
            content
            for name, content in self.parts.items()
            if name.startswith(CERTIFICATES) and not name.startswith(ROOT)
        ]
        revoked = (content for name, content in self.parts.items() if name.startswith(REVOKED))
        return EmbeddedData(tuple(der_of(read_certificate(one)) for one in certificates), tuple(revoked))

    def _require_files(self, manifest: Manifest) -> None:
        listed = {one.name: one for one in manifest.files}
        if set(listed) | {MANIFEST, SEAL} != set(self.parts) or len(listed) != len(manifest.files):
            raise Refused(Finding.EVIDENCE_OTHER_FILES)
        for name, one in listed.items():
            content = self.parts[name]
            if (len(content), hashlib.sha256(content).hexdigest()) != (one.size, one.sha256):
                raise Refused(Finding.EVIDENCE_FILE_CHANGED)

    def _signed_document(self, manifest: Manifest, sealed_at: datetime) -> Verification:
        """The seal on the list proves that the document existed then, also after its own certificates have expired."""
        names = dict.fromkeys(stamp.document for stamp in manifest.timestamps)
        if len(names) != 1 or not set(names) <= set(self.parts):
            raise Refused(Finding.EVIDENCE_DISAGREES)
        return inspect(self.parts[next(iter(names))], self.trust, sealed_at)

    def _require_agreement(self, manifest: Manifest, inside: Verification) -> None:
        if inside.verdict is not Verdict.GOOD:
            return
        told = {one.statement for one in manifest.events if one.statement}
        said = {one.reason for one in inside.signatures if one.kind is SignatureKind.SIGN_IN}
        if told != said:
            raise Refused(Finding.EVIDENCE_DISAGREES)


def _read(raw: bytes) -> Manifest:
    try:
        return decoded(raw)
    except ValueError as problem:
        raise Refused(Finding.EVIDENCE_UNREADABLE) from problem


def _offset(at: datetime) -> str:
    return f"UTC{at.astimezone(COPENHAGEN):%z}"


def _report(signed: SignedContent, token: TimestampToken, *, is_demo: bool) -> SignatureReport:
    return SignatureReport(
        kind=SignatureKind.EVIDENCE,
        name=common_name(signed.signer),
        organisation=organisation(signed.signer),
        time=token.time,
        level="B-LT",
        intact=True,
        covers_whole_file=True,
        is_demo=is_demo,
        later_revisions=(),
        findings=(),
    )
