"""What the signatures inside a file of ours say, and when their timestamps say it was."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader

from pipeline.documents.seal.certificates import common_name
from pipeline.documents.seal.signature_fields import signature_fields
from pipeline.documents.seal.signature_integrity import check_integrity


@dataclass(frozen=True)
class Statement:
    """One signature.

    Args:
        place: name of its field.
        reason: its words.
        time: from its timestamp; None where there is none.
        timestamp_service: name in the timestamp's certificate, or empty.
    """

    place: str
    reason: str
    time: datetime | None
    timestamp_service: str


def statements(pdf: bytes) -> tuple[Statement, ...]:
    """The signatures of a file that we have made, in the order they were made; trust is not looked at.

    Raises:
        Refused: the file is not as we made it.
    """
    found = []
    for field in signature_fields(PdfFileReader(BytesIO(pdf))):
        token = check_integrity(field, pdf).token
        service = common_name(token.signed.signer) if token else ""
        found.append(Statement(field.place, field.reason, token.time if token else None, service))
    return tuple(found)
