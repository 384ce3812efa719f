"""An answer about consent as a document of its own, for those who gave it."""

from pipeline.cases.hearing.who import may_read
from pipeline.cases.journey.events import DocumentOrdered
from pipeline.danish import COPENHAGEN
from pipeline.documents.consent_document import sealed_consent, slot_of_answer
from pipeline.documents.kinds import PDF
from pipeline.journey.engine.step import Work
from pipeline.journey.steps.documents.making import Made, Making
from pipeline.store.files import NewDocument


def make_consent_document(work: Work, order: DocumentOrdered, making: Making) -> Made | None:
    """Make the document of an answer."""
    case, today, slot = work.case(), work.now.astimezone(COPENHAGEN).date(), slot_of_answer(order.about)
    if any(kept.document.slot == slot for kept in case.documents.values()):
        return None
    consent_id, _, number = order.about.rpartition("/")
    consent = case.consents[consent_id]
    with making.at_work() as workshop:
        made = sealed_consent(case, order.about, order.visit, workshop, making.private)
    readers = {*may_read(case, consent.asked.person_id, today), consent.answers[int(number)][1]}
    document = NewDocument(
        kind=order.kind,
        title="Svar om samtykke",
        original_name="samtykke.pdf",
        media_type=PDF,
        visit=order.visit,
        slot=slot,
        dated=today,
        seen_by=tuple(sorted(readers)),
    )
    return Made(made.pdf, document)
