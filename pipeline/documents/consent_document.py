"""An answer about consent as a sealed document of its own, and where in the case it lies."""

from pathlib import Path

from pipeline.cases.record.case import Case
from pipeline.cases.record.journal_events import DocumentKept
from pipeline.danish import COPENHAGEN
from pipeline.documents.contents.consent_words import consent_document
from pipeline.documents.hearing_documents import paper_for
from pipeline.documents.letters import newest_letter
from pipeline.documents.render import Workshop
from pipeline.documents.sealed_letter import Letter, SealedLetter, sealed_letter
from pipeline.tool.load import load_tool

CONSENT = "samtykke"


def about_answer(consent: str, number: int) -> str:
    """What an order names: one answer of a consent, counted from 0."""
    return f"{consent}/{number}"


def slot_of_answer(about: str) -> str:
    """Where in the case the document of an answer lies."""
    return f"samtykke/{about}"


def document_of_answer(case: Case, consent: str, number: int) -> DocumentKept | None:
    """The sealed document of an answer; None while it has not been made."""
    slot = slot_of_answer(about_answer(consent, number))
    return next((kept.document for kept in case.documents.values() if kept.document.slot == slot), None)


def sealed_consent(case: Case, about: str, visit_id: str, workshop: Workshop, private: Path) -> SealedLetter:
    """The document.

    Args:
        case: with the answer in it.
        about: see `about_answer`.
        visit_id: the visit whose edition it names.
        workshop: the machines.
        private: a folder that only this program may enter.

    Raises:
        TemplateError: the Word template was refused.
        StepFailed: a machine failed, or the time stamp service does not answer.
    """
    consent_id, _, number = about.rpartition("/")
    consent, visit = case.consents[consent_id], case.visits[visit_id]
    template, tool = newest_letter(CONSENT), load_tool(visit.edition, workshop.editions)
    day = consent.answers[int(number)][0].astimezone(COPENHAGEN).date()
    paper = paper_for(case, visit, tool, template, day)
    document = consent_document(case, consent, int(number), paper)
    letter = Letter(template, tool, document, paper, day, "Kommunens segl på et svar om samtykke")
    return sealed_letter(letter, workshop, private)
