"""A report goes out in hearing: made, sealed, kept for those who are heard, and a hearing opened for each of them."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.cases.hearing.events import Capacity, ChildNotHeard, HearingOpened
from pipeline.cases.hearing.who import ToHear, may_read
from pipeline.cases.record.case import Case
from pipeline.cases.record.events import Event
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.protected import protected_text_found
from pipeline.cases.record.to_answers import to_answers
from pipeline.deadlines.deadline import Deadline
from pipeline.documents.kinds import PDF, REPORT
from pipeline.documents.visit_report import report_of
from pipeline.errors import AnswersError
from pipeline.store.clock import new_id
from pipeline.store.files import NewDocument
from webforms.caseworkers.at_case import AtCase

OPEN = "hearing.open"


@dataclass(frozen=True)
class Opening:
    """What the caseworker has decided.

    Attributes:
        heard: whom to hear.
        child_reason: why the child is not heard; empty where it is, or where the case has no child.
    """

    heard: Sequence[ToHear]
    deadline: Deadline
    child_reason: str


def open_hearings(at: AtCase, visit: Visit, opening: Opening) -> None:
    """Make the report and open the hearings; whoever has an open one already keeps it, so a double click opens none.

    Raises:
        TilsynError: the report could not be made, or nothing could be written.
    """
    services, revision = at.services, at.case.revision
    with services.machines.at_work() as workshop:
        report = report_of(at.case, visit.id, workshop, at.today, services.private)
    readers = {reader for one in opening.heard for reader in may_read(at.case, one.person.id, at.today)}
    document = NewDocument(
        kind=REPORT.key,
        title=at.say("hearing.report_title", number=visit.number),
        original_name=REPORT.file_name,
        media_type=PDF,
        visit=visit.id,
        dated=at.today,
        seen_by=tuple(sorted(readers)),
    )
    file = services.store.files.keep(at.view.id, io.BytesIO(report.pdf), document, at.view.actor, OPEN)
    with services.store.cases.change(at.view.id, at.view.actor, OPEN) as change:
        opened = HearingOpened("", visit.id, "", opening.deadline.instant, file, report.sha256, revision)
        change.add([*_hearings(change.case, opening, opened), *_child(opening, visit)], at.view.actor)


def _hearings(case: Case, opening: Opening, like: HearingOpened) -> Iterator[Event]:
    known = {one.opened.person_id for one in case.hearings.of_visit(like.visit) if not one.withdrawn}
    for one in opening.heard:
        if one.person.id not in known:
            yield HearingOpened(
                hearing=new_id(),
                visit=like.visit,
                person_id=one.person.id,
                deadline=like.deadline,
                report=like.report,
                sha256=like.sha256,
                revision=like.revision,
                capacity=one.capacity,
            )


def _child(opening: Opening, visit: Visit) -> Iterator[Event]:
    if opening.child_reason:
        yield ChildNotHeard(visit.id, opening.child_reason)


def is_heard(visit: Visit, case: Case) -> bool:
    """Whether a report of the visit is in hearing now, or has been heard."""
    return any(not one.withdrawn for one in case.hearings.of_visit(visit.id))


def protected_places(at: AtCase, visit: Visit, day: date) -> tuple[str, ...]:
    """Where free text of the report tells a protected person's address, phone number or e-mail, in words."""
    try:
        found = protected_text_found(at.case, to_answers(at.case, visit.id, day, root=at.services.editions))
    except AnswersError:
        return ()  # there is no report yet, and what it lacks is told beside this
    tool = at.services.tool(visit.edition)
    places = []
    for one in found:
        field = tool.find(one.place)
        label = (field.heading or field.label) if field else at.say("hearing.open.place_goal")
        person = at.case.people[one.person_id]
        places.append(at.say("hearing.open.place", what=one.what, name=person.name, place=label))
    return tuple(dict.fromkeys(places))


def is_child(one: ToHear) -> bool:
    """Whether it is the child that would be heard."""
    return one.capacity is Capacity.CHILD
