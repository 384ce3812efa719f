"""The letter that tells one party of a visit: on the person's page, or on paper where they cannot get in."""

from collections.abc import Sequence

from pipeline.cases.hearing.who import may_read
from pipeline.cases.journey.events import DocumentOrdered
from pipeline.cases.notice.due import told_to
from pipeline.cases.notice.events import Tells
from pipeline.cases.notice.nudges import nudges
from pipeline.cases.record.events import Event
from pipeline.danish import COPENHAGEN
from pipeline.documents.kinds import PDF
from pipeline.documents.visit_notice import NoticeOrder, sealed_visit_notice
from pipeline.journey.engine.step import Work
from pipeline.journey.sending import to_send
from pipeline.journey.steps.documents.making import Made, Making
from pipeline.store.files import NewDocument

_TITLES = {
    Tells.NEW: "Besked om tilsynsbesøg",
    Tells.CHANGED: "Ny besked om tilsynsbesøg",
    Tells.POSTPONED: "Tilsynsbesøget er udsat",
    Tells.CALLED_OFF: "Tilsynsbesøget er aflyst",
}


def make_visit_notice(work: Work, order: DocumentOrdered, making: Making) -> Made | None:
    """Make the letter; None where a newer notice is on its way, or the person is no party any more.

    Raises:
        StepFailed: a machine failed.
    """
    case, today = work.case(), work.now.astimezone(COPENHAGEN).date()
    newest, told = case.notices.last(order.visit), case.notices.with_id(order.about).told
    to = next((one for one in told_to(case, today) if one.person.id == order.to), None)
    if to is None or newest is None or newest.told.notice != order.about:
        return None
    with making.at_work() as workshop:
        letter = sealed_visit_notice(NoticeOrder(case, order.about, order.to, today), workshop, making.private)
    document = NewDocument(
        kind=order.kind,
        title=_TITLES[told.tells],
        original_name=f"{order.kind}.pdf",
        media_type=PDF,
        visit=order.visit,
        dated=today,
        seen_by=may_read(case, order.to, today),
    )

    def events(file: str) -> Sequence[Event]:
        sent = to_send(order.visit, file, order.to, reads_here=to.reads_here)
        return (sent, *nudges(case, [order.to], f"visit-{order.about}", today))

    return Made(letter.pdf, document, events)
