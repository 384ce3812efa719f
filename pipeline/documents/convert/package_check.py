"""A Word document is looked through before LibreOffice sees it."""

from pathlib import Path

from pipeline.documents.convert.nothing_lost import Pieces, pieces_of_word
from pipeline.documents.office_package import WORD, PackageRefused, checked_parts
from pipeline.errors import StepFailed

_BODY = b"<w:body"


def check_package(docx: Path) -> Pieces:
    """Refuse a Word document that is broken, a bomb, or has anything in it to run or to fetch.

    Args:
        docx: The document, ISO/IEC 29500 in a zip package.

    Returns:
        How much it holds, all of which has to be in the PDF.

    Raises:
        StepFailed: Permanent; the message says what to change, and where that helps in which part it is.
    """
    try:
        # Each part has been looked through once it is handed out.
        bodies = [pieces_of_word(part) for _, part in checked_parts(docx, WORD) if _BODY in part]
    except PackageRefused as refusal:
        raise StepFailed(str(refusal), permanent=True) from refusal
    return bodies[0] if bodies else Pieces()
