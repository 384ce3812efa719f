"""Looks into a PDF and judges it: cheap strict checks first, trust and pyHanko's full validation last.

Runs inside the limited child process (see verify); call it directly only for files of known origin.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader

from pipeline.documents.seal.attachments import attachments
from pipeline.documents.seal.certificates import der_of
from pipeline.documents.seal.findings import Finding
from pipeline.documents.seal.refusal import Refused
from pipeline.documents.seal.signature_fields import (
    SignatureField,
    open_places,
    require_certifying,
    require_no_other_boxes,
    signature_fields,
)
from pipeline.documents.seal.signature_integrity import IntactSignature, check_integrity
from pipeline.documents.seal.signature_reports import broken_report, judged_report
from pipeline.documents.seal.signature_trust import EmbeddedData, embedded_data, require_trusted, require_valid
from pipeline.documents.seal.trust_store import TrustStore
from pipeline.documents.seal.verification import Verdict, Verification, not_readable

_HEADER = b"%PDF-"
_HEADER_SEARCHED = 1024


def inspect(file: bytes, trust: TrustStore, at: datetime) -> Verification:
    """The answer for the file's content; never raises for what the file holds.

    Args:
        file: all of it.
        trust: our own roots.
        at: the moment to judge at, aware.
    """
    if not file.startswith(_HEADER):
        if _HEADER in file[:_HEADER_SEARCHED]:
            return _not_good(Finding.JUNK_BEFORE)
        return not_readable(Finding.NOT_A_PDF)
    try:
        return _inspect_pdf(file, trust, at)
    except Refused as problem:
        return _not_good(problem.finding)
    except Exception:
        return not_readable(Finding.DAMAGED)


def _inspect_pdf(file: bytes, trust: TrustStore, at: datetime) -> Verification:
    reader = PdfFileReader(BytesIO(file))
    if reader.encrypted:
        return not_readable(Finding.ENCRYPTED)
    fields = signature_fields(reader)
    results = [_integrity(field, file) for field in fields]
    intact = [result for result in results if isinstance(result, IntactSignature)]
    if len(intact) != len(fields):
        reports = tuple(broken_report(result, file) for result in results)
        return Verification(Verdict.NOT_GOOD, _merged(report.findings for report in reports), reports)
    return _Judge(reader, file, trust, at, intact).verification()


def _integrity(field: SignatureField, file: bytes) -> IntactSignature | Finding:
    try:
        return check_integrity(field, file)
    except Refused as problem:
        return problem.finding


@dataclass(frozen=True)
class _Judge:
    """Judges a file whose signatures are all intact."""

    reader: PdfFileReader
    file: bytes
    trust: TrustStore
    at: datetime
    signatures: Sequence[IntactSignature]

    def verification(self) -> Verification:
        whole = self._findings_of_the_whole()
        data = embedded_data(self.reader)
        reports = []
        for index, signature in enumerate(self.signatures):
            findings, root = self._judge(index, signature, data)
            is_demo = root is None or self.trust.is_demo(root)
            has_data = bool(data.crls)
            later = self.signatures[index + 1 :]
            report = judged_report(
                signature,
                later,
                self.file,
                findings,
                is_demo=is_demo,
                has_data=has_data,
                is_by_sealer=self._is_by_sealer(signature),
            )
            reports.append(report)
        found = _merged([whole, *(report.findings for report in reports)])
        verdict = Verdict.NOT_GOOD if found else Verdict.GOOD
        return Verification(verdict, found, tuple(reports), attachments(self.reader), open_places(self.reader))

    def _is_by_sealer(self, signature: IntactSignature) -> bool:
        """Only who sealed the file can confirm that somebody signed it at their sign-in."""
        sealer = self.signatures[0].signed
        return bool(sealer and signature.signed and der_of(sealer.signer) == der_of(signature.signed.signer))

    def _findings_of_the_whole(self) -> tuple[Finding, ...]:
        first, last = self.signatures[0], self.signatures[-1]
        rules: list[Callable[[], None]] = [
            lambda: _require(last.covered.covers_all_of(self.file), Finding.NOT_WHOLE_FILE),
            lambda: require_certifying(self.reader, first.field),
            lambda: self._require_our_seal(first),
            lambda: require_no_other_boxes(self.reader),
        ]
        return _merged(_broken(rule) for rule in rules)

    def _require_our_seal(self, first: IntactSignature) -> None:
        _require(first.signed is not None, Finding.NOT_CERTIFYING)
        if first.signed is not None and self.trust.seals:
            fingerprint = hashlib.sha256(der_of(first.signed.signer)).hexdigest()
            _require(fingerprint in self.trust.seals, Finding.NOT_OUR_SEAL)

    def _judge(
        self, index: int, signature: IntactSignature, data: EmbeddedData
    ) -> tuple[tuple[Finding, ...], bytes | None]:
        """What is wrong with one signature, and the root it leads to where it is trusted."""
        try:
            root = require_trusted(signature, self.trust, data, self._proven_until(index))
        except Refused as problem:
            return (problem.finding,), None
        return _broken(lambda: require_valid(self.reader, signature, self.trust, data)), root

    def _proven_until(self, index: int) -> datetime:
        """A document timestamp proves what it covers up to its own time (ETSI EN 319 142-1, 5.4.3)."""
        later = [each.time for each in self.signatures[index + 1 :] if each.field.is_timestamp and each.time]
        return later[0] if later else self.at


def _require(holds: bool, finding: Finding) -> None:
    if not holds:
        raise Refused(finding)


def _broken(rule: Callable[[], None]) -> tuple[Finding, ...]:
    try:
        rule()
    except Refused as problem:
        return (problem.finding,)
    return ()


def _merged(groups: Iterable[Iterable[Finding]]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(finding for group in groups for finding in group))


def _not_good(finding: Finding) -> Verification:
    return Verification(Verdict.NOT_GOOD, (finding,))
