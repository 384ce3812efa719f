"""An answer to a hearing as a document of its own, for those who may read the answer."""

from pipeline.cases.hearing.answer_document import answer_with_id, document_of, slot_of
from pipeline.cases.hearing.who import may_read
from pipeline.cases.journey.events import DocumentOrdered
from pipeline.cases.record.people import Act
from pipeline.danish import COPENHAGEN
from pipeline.documents.hearing_documents import hearing_answer
from pipeline.documents.kinds import PDF
from pipeline.journey.engine.step import Work
from pipeline.journey.steps.documents.making import Made, Making
from pipeline.store.files import NewDocument


def make_hearing_answer(work: Work, order: DocumentOrdered, making: Making) -> Made | None:
    """Make the document of an answer."""
    case, today = work.case(), work.now.astimezone(COPENHAGEN).date()
    if document_of(case, order.about):
        return None
    hearing, answer = answer_with_id(case, order.about)
    with making.at_work() as workshop:
        made = hearing_answer(case, hearing.id, answer.id, workshop, making.private)
    readers = {*may_read(case, hearing.opened.person_id, today, Act.HEARING), answer.by}
    document = NewDocument(
        kind=order.kind,
        title="Høringssvar",
        original_name="hoeringssvar.pdf",
        media_type=PDF,
        visit=order.visit,
        slot=slot_of(answer.id),
        dated=today,
        seen_by=tuple(sorted(readers)),
    )
    return Made(made.pdf, document)
