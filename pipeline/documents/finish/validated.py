"""The quick validator that runs in the process before sealing; the only module that imports page-validation.

It does not know signatures well (document-engines.md 3), so it judges the unsealed file; veraPDF judges the sealed
one in the tests.
"""

from importlib.metadata import version
from pathlib import Path

import page

from pipeline.errors import StepFailed

VALIDATOR = f"page-validation {version('page-validation')}"
_PROFILES = {"PDF/A-3a": "PDF/A-3A", "PDF/A-2a": "PDF/A-2A", "PDF/UA-1": "PDF/UA-1"}


def require_profile(pdf: Path, profile: str) -> None:
    """Hold a PDF against a profile (“PDF/A-3a”, “PDF/A-2a”, “PDF/UA-1”).

    Raises:
        StepFailed: a rule is broken; the message names profile and rules.
    """
    report = page.validate_pdf(str(pdf), profile=_PROFILES[profile])
    if not report.is_compliant:
        rules = "; ".join(f"{failure.rule_id}: {failure.message}" for failure in report.failures[:5])
        raise StepFailed(
            f"PDF-filen overholder ikke {profile} og er ikke forseglet ({rules}). Meld fejlen til drift.",
            permanent=True,
        )
