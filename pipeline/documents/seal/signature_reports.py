"""Turns what was found about a signature into the report a person reads."""

from collections.abc import Sequence

from pipeline.documents.seal.certificates import common_name, organisation
from pipeline.documents.seal.findings import Finding
from pipeline.documents.seal.places import is_place_of_signer
from pipeline.documents.seal.signature_integrity import IntactSignature
from pipeline.documents.seal.verification import SignatureKind, SignatureReport, copenhagen_text


def judged_report(
    signature: IntactSignature,
    later: Sequence[IntactSignature],
    file: bytes,
    findings: tuple[Finding, ...],
    *,
    is_demo: bool,
    has_data: bool,
    is_by_sealer: bool = False,
) -> SignatureReport:
    """The report on an intact signature.

    Args:
        signature: the one reported on.
        later: those that came after it.
        file: the whole file.
        findings: what is wrong with it.
        is_demo: it proves nothing outside this installation.
        has_data: the file carries validation data.
        is_by_sealer: it is made with the very certificate of the seal.
    """
    maker = signature.signed or (signature.token.signed if signature.token else None)
    return SignatureReport(
        kind=_kind(signature, is_by_sealer=is_by_sealer),
        name=common_name(maker.signer) if maker else "",
        organisation=organisation(maker.signer) if maker else "",
        time=signature.time,
        level=_level(signature, later, has_data=has_data),
        intact=True,
        covers_whole_file=signature.covered.covers_all_of(file),
        is_demo=is_demo,
        later_revisions=tuple(_sentence(each) for each in later),
        findings=findings,
        reason=signature.field.reason,
    )


def broken_report(result: IntactSignature | Finding, file: bytes) -> SignatureReport:
    """The report on one signature of a file in which at least one is broken; trust was not looked at."""
    if isinstance(result, IntactSignature):
        return judged_report(result, (), file, (), is_demo=False, has_data=False)
    return SignatureReport(SignatureKind.SIGNATURE, "", "", None, "", False, False, False, (), (result,))


def _kind(signature: IntactSignature, *, is_by_sealer: bool = False) -> SignatureKind:
    if signature.field.is_timestamp:
        return SignatureKind.TIMESTAMP
    if is_by_sealer and not signature.field.is_certifying and is_place_of_signer(signature.field.place):
        return SignatureKind.SIGN_IN
    return SignatureKind.SEAL if signature.field.is_certifying else SignatureKind.SIGNATURE


def _level(signature: IntactSignature, later: Sequence[IntactSignature], *, has_data: bool) -> str:
    """ETSI EN 319 142-1, section 6."""
    if signature.field.is_timestamp:
        return ""
    if signature.token is None:
        return "B-B"
    if not has_data:
        return "B-T"
    return "B-LTA" if any(each.field.is_timestamp for each in later) else "B-LT"


def _sentence(signature: IntactSignature) -> str:
    when = f" den {copenhagen_text(signature.time)}" if signature.time else ""
    who = f" af {common_name(signature.signed.signer)}" if signature.signed else ""
    return f"{_kind(signature).value.capitalize()}{who}{when}"
