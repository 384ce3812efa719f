"""A person of the case: recorded anew with a place, put right, let in or kept out."""

from collections.abc import Sequence
from dataclasses import replace

from flask import abort

from pipeline.cases.record.access_pause import paused
from pipeline.cases.record.cpr import read_cpr
from pipeline.cases.record.events import AccessDecided, Event, PersonRecorded, StandingBegun
from pipeline.cases.record.people import CasePerson, Contact, Place
from pipeline.cases.record.place_words import place_in_words
from pipeline.store.clock import new_id
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.cpr_doubts import CHECKED, checked_ask, doubt_about
from webforms.caseworkers.deeds import Deed, Remark
from webforms.caseworkers.place_questions import authority_warning, place_asks, standing_from
from webforms.caseworkers.small_form import Ask, Look, SmallForm, beginning
from webforms.design.page import Option
from webforms.inputs.danish_day import written_day

_WORDS = "caseworkers.person"
OUTSIDE = tuple(place for place in Place if not place.is_municipal)
_WITH_NUMBER = (Place.CHILD, Place.PARENTAL_AUTHORITY, Place.TRAINING_PARENT, Place.SIBLING)
_OPEN, _CLOSED = "aaben", "lukket"

PERSON: tuple[Ask, ...] = (
    Ask("name", required=True),
    Ask("cpr", Look.CPR, hint=True),
    Ask("born", Look.DAY, hint=True),
    Ask("title", hint=True),
    Ask("organisation"),
    Ask("address", Look.AREA, rows=2),
    Ask("phone", kind="tel", width="m"),
    Ask("email", kind="email"),
    Ask("protected", Look.TICK, hint=True),
)


def place_in_address(at: AtCase) -> Place:
    """The place that the address names; 404 where people from outside cannot have it."""
    found = next((place for place in OUTSIDE if place.value == at.address.get("place")), None)
    return found or abort(404)


def person_from(form: SmallForm, before: CasePerson) -> CasePerson:
    """The person as the form says."""
    contact = Contact(form.text("address"), form.text("phone"), form.text("email"), form.ticked("protected"))
    return replace(
        before,
        name=form.text("name"),
        cpr=form.text("cpr"),
        born=form.day("born"),
        title=form.text("title"),
        organisation=form.text("organisation"),
        contact=contact,
    )


def check_person(at: AtCase, form: SmallForm, before: CasePerson, *, is_child: bool) -> None:
    """Refuse a person who is in the case already; ask once more where the number is unusual or known elsewhere."""
    cpr = form.text("cpr")
    if not cpr or cpr == before.cpr:
        return
    if any(other.cpr == cpr for other in at.case.people.values() if other.id != before.id):
        form.refuse("cpr", f"{_WORDS}.in_this_case")
    elif doubt_about(at.services, at.say, cpr, is_child=is_child) and not form.ticked(CHECKED):
        form.refuse(CHECKED, f"{_WORDS}.{CHECKED}_missing")
    born = form.day("born")
    from_number = read_cpr(cpr).born
    if born and from_number and born != from_number:
        form.refuse("born", f"{_WORDS}.born_differs")


def _new_form(at: AtCase) -> SmallForm:
    place = place_in_address(at)
    asks = PERSON if place in _WITH_NUMBER else tuple(ask for ask in PERSON if ask.name not in ("cpr", "born"))
    return SmallForm(_WORDS, (*asks, *checked_ask(at, place), *place_asks(at, place)), at.say)


def _new_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    place, person_id = place_in_address(at), new_id()
    before = CasePerson(person_id, "")
    check_person(at, form, before, is_child=place is Place.CHILD)
    if place is Place.CHILD and at.case.child:
        form.refuse("name", f"{_WORDS}.has_a_child")
    standing = standing_from(at, form, place, person_id)
    return (PersonRecorded(person_from(form, before)), StandingBegun(standing))


def _change_form(at: AtCase) -> SmallForm:
    person = at.person()
    if _is_employee(at, person.id):
        abort(404)
    contact = person.contact
    begins = {
        "name": (person.name,),
        "cpr": (person.cpr,) if person.cpr else (),
        "born": (written_day(person.born),) if person.born else (),
        "title": (person.title,) if person.title else (),
        "organisation": (person.organisation,) if person.organisation else (),
        "address": (contact.address,) if contact.address else (),
        "phone": (contact.phone,) if contact.phone else (),
        "email": (contact.email,) if contact.email else (),
        "protected": ("1",) if contact.protected else (),
    }
    return SmallForm(_WORDS, (*beginning(PERSON, begins), *checked_ask(at, None)), at.say)


def _change_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    before = at.person()
    is_child = bool(at.case.child and at.case.child.id == before.id)
    check_person(at, form, before, is_child=is_child)
    after = person_from(form, before)
    return () if after == before else (PersonRecorded(after),)


def _is_employee(at: AtCase, person_id: str) -> bool:
    return any(s.place.is_municipal for s in at.case.standings.values() if s.person_id == person_id)


def _doubts(at: AtCase, form: SmallForm) -> tuple[Remark, ...]:
    """What is unusual about the number that was typed."""
    doubt = doubt_about(at.services, at.say, form.text("cpr"), is_child=at.address.get("place") == Place.CHILD)
    return (Remark("warning", at.say(f"{_WORDS}.doubt"), doubt),) if doubt and form.problems else ()


def _new_remarks(at: AtCase, form: SmallForm) -> tuple[Remark, ...]:
    warning = authority_warning(at) if place_in_address(at).is_parent else ()
    return (*warning, *_doubts(at, form))


def _access_form(at: AtCase) -> SmallForm:
    if _is_employee(at, at.person().id):
        abort(404)
    words = "caseworkers.decide_access"
    options = (Option(_OPEN, at.say(f"{words}.open")), Option(_CLOSED, at.say(f"{words}.closed")))
    return SmallForm(
        words,
        (
            Ask("access", Look.RADIOS, required=True, options=options),
            Ask("reason", Look.AREA, required=True, hint=True, rows=3),
        ),
        at.say,
    )


def _access_remarks(at: AtCase, form: SmallForm) -> tuple[Remark, ...]:
    pause = paused(at.case, at.person().id, at.today)
    if pause is None:
        return (Remark("info", at.say("caseworkers.decide_access.now_open"), at.say("caseworkers.people.gets_in")),)
    heading = at.say("caseworkers.decide_access.now_paused")
    return (Remark("warning", heading, at.say(f"caseworkers.pause_told.{pause.kind}")),)


def _access_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    return (AccessDecided(at.person().id, granted=form.text("access") == _OPEN, reason=form.text("reason")),)


NEW_PERSON = Deed(
    name="new_person_as",
    path="/personer/ny/<place>",
    action="people.change",
    form=_new_form,
    events=_new_events,
    onwards=lambda at: at.url("people"),
    remarks=_new_remarks,
    about=lambda at: place_in_words(place_in_address(at)),
)
CHANGE_PERSON = Deed(
    name="change_person",
    path="/personer/<person>/ret",
    action="people.change",
    form=_change_form,
    events=_change_events,
    onwards=lambda at: at.url("people"),
    reads="people.contact",
    record=lambda at: at.person(),
    remarks=_doubts,
    about=lambda at: at.person().name,
)
DECIDE_ACCESS = Deed(
    name="decide_access",
    path="/personer/<person>/adgang",
    action="access.decide",
    form=_access_form,
    events=_access_events,
    onwards=lambda at: at.url("people"),
    reads="people.read",
    remarks=_access_remarks,
    about=lambda at: at.person().name,
)
