"""The quick validator that runs in the process before sealing; the only module that imports page-validation.

It does not know signatures well (document-engines.md 3), so it judges the unsealed file; veraPDF judges the sealed
one in the tests.
"""

import logging
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import page

from pipeline.documents.finish.plain_content import NotPlain
from pipeline.documents.finish.plain_report import condensed_report
from pipeline.errors import StepFailed

VALIDATOR = f"page-validation {version('page-validation')}"
_PLAIN = f"{VALIDATOR} og pipeline.documents.finish"
_PROFILES = {"PDF/A-3a": "PDF/A-3A", "PDF/A-2a": "PDF/A-2A", "PDF/UA-1": "PDF/UA-1"}
_REPORT = ("PDF/A-3a", "PDF/UA-1")

_log = logging.getLogger(__name__)


def require_report_profiles(pdf: Path) -> Mapping[str, str]:
    """Hold a report against PDF/UA-1 and PDF/A-3a.

    Going through each page twice would take as long as a fourth of LibreOffice's work, so a report of the plain kind is
    condensed first (`plain_report`). Where it is not plain, or the validator finds a fault, all of it is judged.

    Returns:
        By profile what it was checked by.

    Raises:
        StepFailed: a rule is broken; the message names profile and rules.
    """
    try:
        if page.is_pdf_compliant_bytes(condensed_report(pdf), profile=_PROFILES["PDF/UA-1"]):
            return {"PDF/A-3a": _PLAIN, "PDF/UA-1": _PLAIN}
        _log.warning("a condensed report has a fault; the report itself is judged now")
    except NotPlain as strange:
        _log.info("a report that is not plain (%s) is judged whole", strange)
    except page.PageError as error:
        _log.warning("a condensed report cannot be read (%s); the report itself is judged now", type(error).__name__)
    for profile in _REPORT:
        require_profile(pdf, profile)
    return dict.fromkeys(_REPORT, VALIDATOR)


def require_profile(pdf: Path, profile: str) -> None:
    """Hold a PDF against a profile (“PDF/A-3a”, “PDF/A-2a”, “PDF/UA-1”).

    Raises:
        StepFailed: a rule is broken, or the file cannot be read; the message names profile and rules.
    """
    try:
        report = page.validate_pdf(str(pdf), profile=_PROFILES[profile])
    except page.PageError as error:
        raise _broken(profile, type(error).__name__) from error
    if not report.is_compliant:
        raise _broken(profile, "; ".join(f"{failure.rule_id}: {failure.message}" for failure in report.failures[:5]))


def _broken(profile: str, rules: str) -> StepFailed:
    return StepFailed(
        f"PDF-filen overholder ikke {profile} og er ikke forseglet ({rules}). Meld fejlen til drift.", permanent=True
    )
