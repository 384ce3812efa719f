"""The case's front for the municipality: where it stands, what to do next, who is in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.cases.record.parts import Visit
from pipeline.cases.record.people import Place
from pipeline.cases.record.place_words import place_in_words
from pipeline.cases.record.voices import contact_person
from pipeline.danish import danish_date, danish_list
from webforms.caseworkers.at_case import AtCase, address_of
from webforms.caseworkers.deadlines import Due, What, dues, missing_sections
from webforms.caseworkers.deliveries import unsent
from webforms.caseworkers.worklist import state_of
from webforms.design.page import Contact, Task, WhereIsMyCase
from webforms.whereabouts import visit_at_hand

_DECIDED_AT = {What.REFUSED: "what_follows", What.EXTRA: "what_follows", What.REASSESSMENT: "reassessed"}
_FAMILY = (Place.CHILD, Place.PARENTAL_AUTHORITY, Place.TRAINING_PARENT)


@dataclass(frozen=True)
class PersonLine:
    """Somebody in the case, and as what."""

    name: str
    places: str


@dataclass(frozen=True)
class VisitLine:
    """A visit on the front."""

    id: str
    number: int
    day: str
    received: str
    is_at_hand: bool


def all_dues(at: AtCase) -> tuple[Due, ...]:
    """What falls due in the case."""
    visit = visit_at_hand(at.case, at.today)
    return dues(at.case, at.today, at.services.tool(visit.edition) if visit else None)


def where(at: AtCase) -> WhereIsMyCase:
    """The panel, in the municipality's words."""
    first = next(iter(all_dues(at)), None)
    state, _ = state_of(at.case, at.today, first)
    visit = visit_at_hand(at.case, at.today)
    holder = contact_person(at.case, at.today)
    return WhereIsMyCase(
        state=at.say(f"caseworkers.where.{state}", number=str(visit.number) if visit else ""),
        holder=Contact(
            holder.name if holder else at.say("caseworkers.where.nobody"),
            holder.contact.phone if holder else "",
            at.case.unit,
        ),
        next_step=first.in_words(at.say) if first else at.say("caseworkers.where.nothing"),
        when=first.when(at.today, at.say) if first else "",
    )


def next_steps(at: AtCase) -> tuple[Task, ...]:
    """What somebody in the municipality should do, the most urgent first, each with where it is done."""
    return (*_set_up(at), *_unsent(at), *(_task(at, due) for due in all_dues(at)))


def _unsent(at: AtCase) -> Iterator[Task]:
    """What could not be sent, and is either tried again or waits for somebody."""
    for one in unsent(at):
        words = at.say("caseworkers.due.not_sent", who=one.who, title=one.title)
        state = at.say(f"caseworkers.due.{'given_up' if one.is_given_up else 'is_tried'}")
        address = at.url("resend", delivery=one.delivery) if at.may("document.send") else ""
        yield Task(words, state, address, "error" if one.is_given_up else "warning")


def _set_up(at: AtCase) -> Iterator[Task]:
    """What a case needs before the first visit."""
    case, say = at.case, at.say
    if not case.is_open:
        return
    missing = (
        (contact_person(case, at.today) is None, "assign", "people.change"),
        (case.child is None, "new_person", "people.change"),
        (not case.standings_on(at.today, Place.PARENTAL_AUTHORITY), "new_person", "people.change"),
        (not case.approvals, "approve", "approval.decide"),
        (visit_at_hand(case, at.today) is None, "open_visit", "visit.plan"),
    )
    for number, (is_missing, endpoint, action) in enumerate(missing, start=1):
        if is_missing:
            words = say(f"caseworkers.steps.set_up_{number}")
            yield Task(words, say("caseworkers.steps.missing"), at.url(endpoint) if at.may(action) else "", "warning")


def _task(at: AtCase, due: Due) -> Task:
    visit = visit_at_hand(at.case, at.today)
    hint = ""
    if due.what is What.MATERIAL and visit:
        tool = at.services.tool(visit.edition)
        missing = missing_sections(visit, tool)
        hint = at.say("caseworkers.steps.material_missing", sections=danish_list([f"({key})" for key in missing]))
    address = at.url("agreements") if due.what is What.AGREEMENT else at.url("visits")
    if due.what in (What.MATERIAL, What.VISIT) and visit:
        address = at.url("at_visit" if visit.day == at.today else "preparing", visit=visit.id)
    if due.what is What.REPORT and visit:
        address = at.url("conclusion", visit=visit.id)
    if due.what in (What.HEARING, What.FINAL):
        address = address_of("hearing.follow", case_id=at.view.id, visit=due.visit)
    if due.what in _DECIDED_AT:
        address = at.url(_DECIDED_AT[due.what], visit=due.visit) if at.may("visit.plan") else ""
    if due.what is What.DAY and visit and at.may("visit.plan"):
        address = at.url("visit_day", visit=visit.id)
    tone = "error" if due.is_late(at.today) else "info" if due.what is What.REPORT else ""
    return Task(due.in_words(at.say), due.when(at.today, at.say), address, tone, hint)


@dataclass(frozen=True)
class PeopleToday:
    """Who has a place in the case today."""

    family: tuple[PersonLine, ...]
    others: tuple[PersonLine, ...]
    staff: tuple[PersonLine, ...]


def people_today(at: AtCase) -> PeopleToday:
    """The family, others from outside, and the municipality's people."""
    case = at.case
    family, others, staff = [], [], []
    for person in case.people.values():
        held = case.standings_of(person.id, at.today)
        if not held:
            continue
        line = PersonLine(person.name, danish_list(list(dict.fromkeys(place_in_words(s.place) for s in held))))
        if any(s.place in _FAMILY for s in held):
            family.append(line)
        elif any(s.place.is_municipal for s in held):
            staff.append(line)
        else:
            others.append(line)
    return PeopleToday(tuple(family), tuple(others), tuple(staff))


def visit_lines(at: AtCase) -> tuple[VisitLine, ...]:
    """The visits, the newest first."""
    at_hand = visit_at_hand(at.case, at.today)
    lines = []
    for visit in sorted(at.case.visits.values(), key=lambda one: -one.number):
        day = danish_date(visit.day) if visit.day else at.say("caseworkers.due.no_day")
        lines.append(VisitLine(visit.id, visit.number, day, _received(at, visit), visit == at_hand))
    return tuple(lines)


def _received(at: AtCase, visit: Visit) -> str:
    """What has come in for a visit; before an extra one nothing is asked for."""
    if visit.is_extra:
        return at.say("caseworkers.visits.extra")
    missing = missing_sections(visit, at.services.tool(visit.edition))
    if not missing:
        return at.say("caseworkers.case.received")
    return at.say("caseworkers.case.lacks", sections=danish_list([f"({key})" for key in missing]))
