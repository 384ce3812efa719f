"""What a signature on paper says of itself, for the case and the person that a page is about."""

from datetime import date

from pipeline.cases.record.history import name_of
from pipeline.cases.record.people import Place
from pipeline.cases.record.place_words import named_as
from pipeline.documents.contents.signature_words import OnPaper
from webforms.caseworkers.at_case import AtCase


def words_of_paper(
    at: AtCase, spoken: tuple[str, Place | None], on: date, scan_sha256: str, came: date | None = None
) -> OnPaper:
    """The facts of a signature on paper in words.

    Args:
        at: the case, with the person whose signature it is in the address.
        spoken: id of who signed for the person and what they stand in the case as; nobody for the person's own.
        on: the day that the signature bears.
        scan_sha256: of the scanned page.
        came: the day on which it came, where that was too late.
    """
    speaker, place = spoken
    by = named_as(name_of(at.case, speaker), place) if place else ""
    return OnPaper(
        name=name_of(at.case, at.address["person"]),
        by=by,
        on=on,
        scan_sha256=scan_sha256,
        registered_by=name_of(at.case, at.view.actor),
        came=came,
    )
