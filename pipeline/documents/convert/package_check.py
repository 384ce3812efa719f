"""A Word document is looked through before LibreOffice sees it."""

from pathlib import Path

from pipeline.documents.office_package import WORD, PackageRefused, checked_parts
from pipeline.errors import StepFailed


def check_package(docx: Path) -> None:
    """Refuse a Word document that is broken, a bomb, or has anything in it to run or to fetch.

    Args:
        docx: The document, ISO/IEC 29500 in a zip package.

    Raises:
        StepFailed: Permanent; the message says what to change, and where that helps in which part it is.
    """
    try:
        for _part in checked_parts(docx, WORD):
            pass  # each part has been looked through once it is handed out
    except PackageRefused as refusal:
        raise StepFailed(str(refusal), permanent=True) from refusal
