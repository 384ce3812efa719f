"""The municipality's people on the case: put on it from the list of employees; the case given to another team."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from flask import abort

from pipeline.cases.record.events import CaseHandedOver, Event, PersonRecorded, StandingBegun, StandingChanged
from pipeline.cases.record.people import CasePerson, Contact, Place, Standing
from pipeline.cases.record.place_words import place_in_words
from pipeline.store.clock import new_id
from pipeline.store.employees import KnownEmployee
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.deeds import Deed
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.design.page import Option
from webforms.identity.roles import ROLE_OF
from webforms.inputs.danish_day import written_day

MUNICIPAL = tuple(place for place in Place if place.is_municipal)
_ASSIGN, _HAND_OVER = "caseworkers.assign_as", "caseworkers.hand_over"
_ONE_AT_A_TIME = (Place.CASEWORKER, Place.SUBSTITUTE)


def teams(employees: Sequence[KnownEmployee]) -> tuple[str, ...]:
    """The teams that active employees belong to, by name."""
    return tuple(sorted({team for known in employees if known.employee.active for team in known.employee.teams}))


def _place(at: AtCase) -> Place:
    found = next((place for place in MUNICIPAL if place.value == at.address.get("place")), None)
    return found or abort(404)


def _fitting(at: AtCase) -> tuple[KnownEmployee, ...]:
    """Who is employed as what the place asks for: anybody else would be put on the case and not get in."""
    role = ROLE_OF[_place(at)]
    return tuple(
        known
        for known in at.services.store.employees.all()
        if known.employee.active and role.value in known.employee.roles
    )


def _assign_form(at: AtCase) -> SmallForm:
    place = _place(at)
    options = tuple(Option(known.id, _in_words(known)) for known in _fitting(at))
    asks = [
        Ask("employee", Look.LIST, required=True, hint=True, options=options),
        Ask("since", Look.DAY, required=True, hint=True, begins=(written_day(at.today),)),
        Ask("until", Look.DAY, required=place is Place.SUBSTITUTE, hint=True),
    ]
    if place in _ONE_AT_A_TIME and at.case.standings_on(at.today, place):
        asks.append(Ask("replaces", Look.TICK, hint=True, begins=("1",)))
    return SmallForm(_ASSIGN, asks, at.say)


def _in_words(known: KnownEmployee) -> str:
    about = ", ".join(part for part in (known.employee.title, *known.employee.teams) if part)
    return f"{known.employee.name} ({about})" if about else known.employee.name


def _assign_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    place, since, until = _place(at), form.day("since") or at.today, form.day("until")
    known = next((one for one in _fitting(at) if one.id == form.text("employee")), None)
    if until and until < since:
        form.refuse("until", "caseworkers.person.until_before_since")
    if known is None:
        return ()
    if any(s.place is place and s.until is None for s in at.case.standings_of(known.id, since)):
        form.refuse("employee", f"{_ASSIGN}.has_place")
    standing = Standing(new_id(), known.id, place, since, until)
    person = person_of(known, at.case.people.get(known.id))
    return (*_ended(at, form, place, standing), PersonRecorded(person), StandingBegun(standing))


def _ended(at: AtCase, form: SmallForm, place: Place, new: Standing) -> Iterator[Event]:
    """Who has the place now leaves it the day before; a place that would begin after it ends stays as it is."""
    if not form.ticked("replaces"):
        return
    for standing in at.case.standings_on(new.since, place):
        last = new.since - timedelta(days=1)
        if last >= standing.since:
            yield StandingChanged(replace(standing, until=last), at.say(f"{_ASSIGN}.replaced"))


def person_of(known: KnownEmployee, before: CasePerson | None) -> CasePerson:
    """An employee as a person of a case; the place of work that the case knows already stays."""
    employee = known.employee
    contact = Contact(phone=employee.phone, email=employee.email)
    organisation = before.organisation if before else ", ".join(employee.teams)
    return CasePerson(known.id, employee.name, title=employee.title, organisation=organisation, contact=contact)


def _hand_over_form(at: AtCase) -> SmallForm:
    known = teams(at.services.store.employees.all())
    options = tuple(Option(team, team) for team in known if team != at.case.team)
    asks = (
        Ask("team", Look.LIST, required=True, options=options),
        Ask("unit", hint=True, begins=(at.case.unit,)),
        Ask("reason", Look.AREA, required=True, hint=True, rows=3),
    )
    return SmallForm(_HAND_OVER, asks, at.say)


def _hand_over_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    return (CaseHandedOver(form.text("team"), form.text("unit") or at.case.unit, form.text("reason")),)


ASSIGN = Deed(
    name="assign_as",
    path="/kommunen/<place>",
    action="people.change",
    form=_assign_form,
    events=_assign_events,
    onwards=lambda at: at.url("people"),
    about=lambda at: place_in_words(_place(at)),
)
HAND_OVER = Deed(
    name="hand_over",
    path="/andet-team",
    action="case.hand_over",
    form=_hand_over_form,
    events=_hand_over_events,
    # After this the visitor may see the case no more, unless by a place of their own.
    onwards=lambda at: at.url("case") if at.may("case.read") else at.list_url(),
    record=lambda at: (at.case.team, at.case.unit),
)
