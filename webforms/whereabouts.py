"""Where is my case, who has it, what happens next and when, and what cannot be taken from us without warning."""

from datetime import date, timedelta

from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.voices import contact_person
from webforms.design.page import Contact, WhereIsMyCase
from webforms.design.words import Speaker

MATERIAL_DUE = timedelta(weeks=2)
"""So long before the visit the material should be there (handbook, section g: “bør ske 2 uger inden”)."""


def where_is(case: Case, day: date, say: Speaker) -> WhereIsMyCase:
    """The panel that every page of a case shows."""
    visit = visit_at_hand(case, day)
    state, next_step, when = (
        _open(visit, day, say) if case.is_open else (say("where.closed"), say("where.closed_next"), "")
    )
    return WhereIsMyCase(state, _holder(case, day, say), next_step, when, say("where.promise") if case.is_open else "")


def visit_at_hand(case: Case, day: date) -> Visit | None:
    """The visit that is being prepared or has just been held: the newest."""
    return max(case.visits.values(), key=lambda visit: visit.number, default=None)


def material_due(visit: Visit) -> date | None:
    """The day by which the material should be there; None while the visit has no day."""
    return visit.day - MATERIAL_DUE if visit.day else None


def _open(visit: Visit | None, day: date, say: Speaker) -> tuple[str, str, str]:
    if visit is None:
        return say("where.no_visit"), say("where.no_visit_next"), ""
    due = material_due(visit)
    if visit.day is None or due is None:
        return say("where.preparing", number=visit.number), say("where.day_follows"), ""
    if day <= due:
        when = say("where.material_when", day=say.day(due))
        return say("where.preparing", number=visit.number), say("where.material_next"), when
    if day <= visit.day:
        return say("where.preparing", number=visit.number), say("where.visit_next"), say.day(visit.day)
    return say("where.held", number=visit.number, day=say.day(visit.day)), say("where.report_next"), ""


def _holder(case: Case, day: date, say: Speaker) -> Contact:
    person = contact_person(case, day)
    return (
        Contact(person.name, person.contact.phone, case.unit) if person else Contact(say("where.nobody"), "", case.unit)
    )
