"""Where in a case the sealed document of an answer lies, and whether it is there yet."""

from pipeline.cases.hearing.state import Answer, Hearing
from pipeline.cases.record.case import Case
from pipeline.cases.record.journal_events import DocumentKept

ANSWER = "hoeringssvar"
"""The kind of the document."""


def slot_of(answer: str) -> str:
    """Where in the case the document of an answer lies."""
    return f"svar/{answer}"


def document_of(case: Case, answer: str) -> DocumentKept | None:
    """The sealed document of an answer; None while it has not been made."""
    found = (kept.document for kept in case.documents.values() if kept.document.slot == slot_of(answer))
    return next(found, None)


def answer_with_id(case: Case, answer: str) -> tuple[Hearing, Answer]:
    """An answer, and the hearing it was given in.

    Raises:
        LookupError: the case has no such answer.
    """
    for hearing in case.hearings.by_id.values():
        for found in hearing.answers:
            if found.id == answer:
                return hearing, found
    raise LookupError("no such answer")
