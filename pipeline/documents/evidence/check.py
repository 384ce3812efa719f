"""Answers whether a PDF or a file of evidence is genuine and unchanged: it is opened in a limited process."""

from datetime import UTC, datetime

from pipeline.documents.seal.findings import Finding
from pipeline.documents.seal.verification import not_readable
from pipeline.documents.seal.verify import LARGEST_FILE, TrustStore, Verification, ask_child

__all__ = ["TrustStore", "Verification", "check"]

_CHILD = "pipeline.documents.evidence.check_child"


def check(file: bytes, trust: TrustStore, *, at: datetime | None = None) -> Verification:
    """Judge a file of either kind; it never touches the disk.

    Args:
        file: all of it, from anywhere.
        trust: our own roots.
        at: judge as of this moment, aware; now where left out.

    Returns:
        Always an answer: what cannot be opened, or takes too much time or memory, is not readable.
    """
    if len(file) > LARGEST_FILE:
        return not_readable(Finding.TOO_DEMANDING)
    return ask_child(_CHILD, file, trust, at or datetime.now(UTC))
