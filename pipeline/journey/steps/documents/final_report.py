"""The final report of a visit, for everybody who was heard: with the heard version and the answers inside."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from pipeline.cases.hearing.answer_document import document_of
from pipeline.cases.hearing.events import FinalReportMade, HearingOpened
from pipeline.cases.hearing.state import Hearing
from pipeline.cases.hearing.variants import withheld_places
from pipeline.cases.hearing.who import may_read, to_hear
from pipeline.cases.hearing.withheld import is_for_all
from pipeline.cases.journey.events import DocumentOrdered
from pipeline.cases.record.case import Case, fold_all
from pipeline.cases.record.events import Event
from pipeline.cases.record.people import Act
from pipeline.cases.record.to_answers import to_answers
from pipeline.danish import COPENHAGEN
from pipeline.documents.contents.hearing_words import answered_by
from pipeline.documents.hearing_documents import FinalOrder, final_report_of
from pipeline.documents.kinds import PDF
from pipeline.errors import StepFailed
from pipeline.journey.engine.step import Work
from pipeline.journey.sending import is_child, to_send
from pipeline.journey.steps.documents.making import Made, Making
from pipeline.store.files import NewDocument


def make_final_report(work: Work, order: DocumentOrdered, making: Making) -> Made | None:
    """Make the final report.

    Raises:
        AnswersError: the report lacks something; the message names all of it.
        StepFailed: an answer is no document yet, or a machine failed.
    """
    case, today = work.case(), work.now.astimezone(COPENHAGEN).date()
    if order.visit in case.hearings.final:
        return None
    visit = case.visits[order.visit]
    heard = [one for one in case.hearings.of_visit(visit.id) if not one.withdrawn]
    opened = heard[0].opened
    then = fold_all(one for one in work.store.cases.happened(work.journey.case_id) if one.seq <= opened.revision)
    dated = case.documents[opened.report].document.dated or today
    with making.at_work() as workshop:
        for_all = (one.opened for one in heard if _is_for_all(then, one.opened, dated, workshop.editions))
        versions = tuple(dict.fromkeys(one.report for one in for_all))
        final = FinalOrder(case, visit.id, then, dated, today, tuple(_attached(work, case, heard, versions)))
        made = final_report_of(final, workshop, making.private)
    document = NewDocument(
        kind=order.kind,
        title=f"Endelig rapport, besøg {visit.number}",
        original_name="endelig-rapport.pdf",
        media_type=PDF,
        visit=visit.id,
        dated=today,
        seen_by=tuple(sorted(_readers(case, heard, today))),
    )

    def events(file: str) -> Sequence[Event]:
        return (FinalReportMade(visit.id, file, opened.sha256), *_deliveries(case, visit.id, file, today))

    return Made(made.pdf, document, events)


def _readers(case: Case, heard: Sequence[Hearing], day: date) -> set[str]:
    return {who for one in heard for who in may_read(case, one.opened.person_id, day, Act.HEARING)}


def _attached(
    work: Work, case: Case, heard: Sequence[Hearing], versions: Sequence[str]
) -> Iterator[tuple[str, str, bytes, str]]:
    """The heard versions and the own documents of answers, byte for byte, where all may read them."""
    for number, report in enumerate(versions, start=1):
        yield f"hoert-udgave-{number}.pdf", PDF, _read(work, report), "Den udgave, der blev sendt i høring"
    answers = [(one, answer) for one in heard for answer in one.answers if is_for_all(case, answer)]
    for number, (one, answer) in enumerate(answers, start=1):
        document = document_of(case, answer.id)
        if document is None:
            raise StepFailed("Et svar på høringen er ikke blevet et dokument endnu. Rapporten laves, når det er det.")
        who = answered_by(case, one, answer)
        yield f"hoeringssvar-{number}.pdf", PDF, _read(work, document.file), f"Høringssvar fra {who}"


def _is_for_all(then: Case, opened: HearingOpened, dated: date, editions: Path) -> bool:
    """Whether a version leaves out all that anybody is protected for; that of whoever is protected does not."""
    if not opened.common:
        return True
    answers = to_answers(then, opened.visit, dated, root=editions)
    return withheld_places(then, answers, opened.person_id) == withheld_places(then, answers)


def _read(work: Work, file: str) -> bytes:
    return b"".join(work.store.files.read(work.journey.case_id, file))


def _deliveries(case: Case, visit: str, file: str, day: date) -> Iterator[Event]:
    """To everybody who was heard, but for the child: it is heard, never served."""
    heard = {one.opened.person_id for one in case.hearings.of_visit(visit) if not one.withdrawn}
    for one in to_hear(case, day):
        if one.person.id in heard and not is_child(one):
            yield to_send(visit, file, one.person.id, reads_here=one.reads_here)
