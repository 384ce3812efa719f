"""The reminder on paper to somebody who does not get in to the pages."""

from collections.abc import Sequence

from pipeline.cases.hearing.who import may_read
from pipeline.cases.journey.events import DocumentOrdered
from pipeline.cases.record.events import Event
from pipeline.cases.record.people import Act
from pipeline.danish import COPENHAGEN
from pipeline.documents.kinds import PDF
from pipeline.documents.reminder_letter import sealed_reminder
from pipeline.journey.engine.step import Work
from pipeline.journey.sending import to_send
from pipeline.journey.steps.documents.making import Made, Making
from pipeline.store.files import NewDocument


def make_reminder(work: Work, order: DocumentOrdered, making: Making) -> Made | None:
    """Make the letter; None where the hearing was answered or withdrawn meanwhile.

    Raises:
        StepFailed: a machine failed.
    """
    case, today = work.case(), work.now.astimezone(COPENHAGEN).date()
    hearing = case.hearings.by_id.get(order.about)
    if hearing and (hearing.answers or hearing.withdrawn):
        return None
    with making.at_work() as workshop:
        letter = sealed_reminder(case, order, today, workshop, making.private)
    document = NewDocument(
        kind=order.kind,
        title="Påmindelse",
        original_name=f"{order.kind}.pdf",
        media_type=PDF,
        visit=order.visit,
        dated=today,
        seen_by=may_read(case, order.to, today, Act.HEARING if hearing else None),
    )

    def events(file: str) -> Sequence[Event]:
        return (to_send(order.visit, file, order.to, reads_here=False),)

    return Made(letter.pdf, document, events)
