"""The step that makes a document: by whoever makes its kind, kept and told of in the transaction that moves the row."""

import io
from collections.abc import Mapping

from pipeline.cases.hearing.answer_document import ANSWER, answer_with_id
from pipeline.cases.journey.events import DocumentOrdered
from pipeline.cases.record.case import Case
from pipeline.errors import AnswersError, StepFailed
from pipeline.journey.engine.step import NOTHING, Done, Step, Work
from pipeline.journey.moves import SYSTEM
from pipeline.journey.steps.documents.making import Made, Maker, Making
from pipeline.store.case_change import CaseChange


def make_document_by(makers: Mapping[str, Maker], making: Making) -> Step:
    """The step, for the kinds that have somebody who makes them."""

    def make_document(work: Work) -> Done:
        order = order_of(work.case(), work.journey.about)
        try:
            maker = makers[order.kind]
        except KeyError:
            raise StepFailed("Ingen laver den slags dokument i denne udgave.", permanent=True) from None
        try:
            made = maker(work, order, making)
        except AnswersError as fault:  # trying again changes nothing; somebody has to complete the case
            raise StepFailed(str(fault), permanent=True) from fault
        return _kept(work, made) if made else NOTHING

    return make_document


def order_of(case: Case, about: str) -> DocumentOrdered:
    """What was ordered; an answer to a hearing is its own order."""
    ordered = case.travelled.ordered.get(about)
    if ordered:
        return ordered
    hearing, answer = answer_with_id(case, about)
    return DocumentOrdered(answer.id, ANSWER, hearing.opened.visit, answer.id)


def _kept(work: Work, made: Made) -> Done:
    making = work.store.files.making(work.journey.case_id, io.BytesIO(made.content), made.document)
    file = work.until_committed.enter_context(making)

    def tell(change: CaseChange) -> None:
        file.tell(change, SYSTEM)

    return Done(made.events(file.id), tell)
