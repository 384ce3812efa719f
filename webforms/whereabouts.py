"""Where is my case, who has it, what happens next and when, and what cannot be taken from us without warning."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.cases.hearing.state import Hearing
from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.voices import contact_person
from pipeline.deadlines.deadline import Deadline
from webforms.design.page import Contact, WhereIsMyCase
from webforms.design.words import Speaker
from webforms.identity.current import CaseInView

MATERIAL_DUE = timedelta(weeks=2)
"""So long before the visit the material should be there (handbook, section g: “bør ske 2 uger inden”)."""


@dataclass(frozen=True)
class _Now:
    """Where a case is.

    Attributes:
        state: in words.
        next_step: as the catalogue names it, in the words of the family or of the municipality.
        when: in words; may be empty.
    """

    state: str
    next_step: str
    when: str = ""


def where_for(view: CaseInView, day: date, say: Speaker) -> WhereIsMyCase:
    """The panel, spoken to whoever reads: the family, its helpers, or the municipality's people."""
    is_employed = bool(view.decision.role and view.decision.role.is_employed)
    return where_is(view.case, day, say, view.actor, is_employed=is_employed)


def where_is(case: Case, day: date, say: Speaker, reader: str = "", *, is_employed: bool = False) -> WhereIsMyCase:
    """The panel that every page of a case shows.

    Args:
        case: the case.
        day: the day in Denmark.
        say: our own words.
        reader: id of the person who reads; whoever is heard is told their own deadline and no other.
        is_employed: whether the reader is one of the municipality's people.
    """
    now = _open(case, day, say, reader) if case.is_open else _Now(say("where.closed"), "closed_next")
    return WhereIsMyCase(
        state=now.state,
        holder=_holder(case, day, say),
        next_step=say(f"where.{'to_employee.' if is_employed else ''}{now.next_step}"),
        when=now.when,
        promise=say("where.promise") if case.is_open and not is_employed else "",
    )


def visit_at_hand(case: Case, day: date) -> Visit | None:
    """The visit that is being prepared or has just been held: the newest; an extra visit only until it is over."""
    found = (visit for visit in case.visits.values() if not (visit.is_extra and is_over(case, visit)))
    return max(found, key=lambda visit: visit.number, default=None)


def is_over(case: Case, visit: Visit) -> bool:
    """Whether nothing is waited for at a visit any more but the next one."""
    return visit.id in case.travelled.called_off or visit.id in case.travelled.outcomes


def material_due(visit: Visit) -> date | None:
    """The day by which the material should be there; None while the visit has no day."""
    return visit.day - MATERIAL_DUE if visit.day else None


def _open(case: Case, day: date, say: Speaker, reader: str) -> _Now:
    own = next((one for one in _awaited(case, day) if one.opened.person_id == reader), None)
    if own:
        when = say("where.hearing_when", day=say.day(Deadline.at(own.deadline).day))
        return _Now(say("where.hearing", number=case.visits[own.opened.visit].number), "hearing_next", when)
    visit = visit_at_hand(case, day)
    if visit is None:
        return _Now(say("where.no_visit"), "no_visit_next")
    if visit.id in case.travelled.called_off:
        return _Now(say("where.called_off", number=visit.number), "day_follows")
    due, preparing = material_due(visit), say("where.preparing", number=visit.number)
    if visit.day is None or due is None:
        return _Now(preparing, "day_follows")
    if day <= due and not visit.is_extra:
        return _Now(preparing, "material_next", say("where.material_when", day=say.day(due)))
    return _Now(preparing, "visit_next", say.day(visit.day)) if day <= visit.day else _held(case, visit, day, say)


def _held(case: Case, visit: Visit, day: date, say: Speaker) -> _Now:
    if visit.id in case.hearings.final:
        return _Now(say("where.reported", number=visit.number), "reported_next")
    if any(one.opened.visit == visit.id for one in _awaited(case, day)):
        return _Now(say("where.hearing", number=visit.number), "awaited_next")
    if any(not one.withdrawn for one in case.hearings.of_visit(visit.id)):
        return _Now(say("where.heard", number=visit.number), "heard_next")
    held = say("where.held", number=visit.number, day=say.day(visit.day)) if visit.day else ""
    return _Now(held, "extra_next" if visit.is_extra else "report_next")


def _awaited(case: Case, day: date) -> Iterator[Hearing]:
    return (one for one in case.hearings.by_id.values() if is_awaited(one, day))


def is_awaited(hearing: Hearing, day: date) -> bool:
    """Whether an answer can still come in time."""
    is_settled = hearing.withdrawn or hearing.answers or hearing.silent_at
    return not is_settled and Deadline.at(hearing.deadline).day >= day


def _holder(case: Case, day: date, say: Speaker) -> Contact:
    person = contact_person(case, day)
    return (
        Contact(person.name, person.contact.phone, case.unit) if person else Contact(say("where.nobody"), "", case.unit)
    )
