"""The case's documents as a list with links to the files; each sees those that are theirs to see."""

from dataclasses import dataclass

from pipeline.cases.record.history import name_of
from pipeline.cases.record.parts import Kept
from pipeline.danish import danish_date, danish_day
from webforms.caseworkers.at_case import AtCase, address_of
from webforms.files.who_sees_files import open_to

_KILO = 1024


@dataclass(frozen=True)
class DocumentRow:
    """One document; `address` is empty where this application hands out no files."""

    title: str
    kind: str
    address: str
    size: str
    from_whom: str
    dated: str
    kept_on: str
    visit: str
    sent: str


def document_rows(at: AtCase) -> tuple[DocumentRow, ...]:
    """The documents, the newest first."""
    return tuple(_row(at, kept) for kept in open_to(at.view, at.today))


def _row(at: AtCase, kept: Kept) -> DocumentRow:
    document = kept.document
    visit = at.case.visits.get(document.visit)
    sent = ", ".join(
        at.say("caseworkers.documents.sent", day=danish_day(moment), name=name_of(at.case, to.to))
        for moment, to in kept.sent
    )
    return DocumentRow(
        title=document.title,
        kind=document.kind,
        address=address_of("files.file", case_id=at.view.id, file_id=document.file),
        size=size_in_words(document.size),
        from_whom=document.received_from or name_of(at.case, kept.by),
        dated=danish_date(document.dated) if document.dated else "",
        kept_on=danish_day(kept.at),
        visit=at.say("caseworkers.documents.visit", number=str(visit.number)) if visit else "",
        sent=sent,
    )


def size_in_words(size: int) -> str:
    """A size as people read it, e.g. “1,4 MB”."""
    if size < _KILO:
        return f"{size} B"
    if size < _KILO**2:
        return f"{size / _KILO:.0f} kB"
    return f"{size / _KILO**2:.1f} MB".replace(".", ",")
