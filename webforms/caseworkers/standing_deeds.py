"""A person's places in the case: one more, another last day or other sections, the end of one."""

from collections.abc import Sequence
from dataclasses import replace

from flask import abort

from pipeline.cases.record.events import Event, StandingBegun, StandingChanged
from pipeline.cases.record.people import Place
from pipeline.cases.record.place_words import place_in_words
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.deeds import Deed, Remark
from webforms.caseworkers.person_deeds import place_in_address
from webforms.caseworkers.place_questions import authority_warning, place_asks, standing_from, touches_authority
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.inputs.danish_day import written_day

_WORDS = "caseworkers.person"


def _new_form(at: AtCase) -> SmallForm:
    at.person()
    return SmallForm(_WORDS, place_asks(at, place_in_address(at)), at.say)


def _new_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    person, place = at.person(), place_in_address(at)
    if any(s.place is place for s in at.case.standings_of(person.id, at.today)) and not place.speaks_for_somebody:
        form.refuse("since", f"{_WORDS}.has_place")
    if place is Place.CHILD and at.case.child:
        form.refuse("since", f"{_WORDS}.has_a_child")
    return (StandingBegun(standing_from(at, form, place, person.id)),)


def _change_form(at: AtCase) -> SmallForm:
    standing = at.standing()
    asks = place_asks(at, standing.place, standing)
    return SmallForm(_WORDS, (*asks, Ask("reason", Look.AREA, hint=True, rows=2)), at.say)


def _change_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    before = at.standing()
    after = standing_from(at, form, before.place, before.person_id, before)
    return () if after == before else (StandingChanged(after, form.text("reason")),)


def _end_form(at: AtCase) -> SmallForm:
    standing = at.standing()
    if standing.place is Place.CHILD:
        abort(404)  # a case is about its child as long as it lasts
    asks = [
        Ask("until", Look.DAY, required=True, hint=True, begins=(written_day(at.today),)),
        Ask("reason", Look.AREA, required=True, rows=2),
    ]
    if standing.place.is_parent:
        asks.append(Ask("pauses", Look.TICK, hint=True))
    return SmallForm("caseworkers.end_standing", asks, at.say)


def _end_events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    before = at.standing()
    after = replace(before, until=form.day("until") or at.today)
    if after.until and after.until < before.since:
        form.refuse("until", f"{_WORDS}.until_before_since")
    if touches_authority(after, before) and not form.ticked("pauses"):
        form.refuse("pauses", f"{_WORDS}.pauses_missing")
    return (StandingChanged(after, form.text("reason")),)


def _warns(at: AtCase, form: SmallForm) -> tuple[Remark, ...]:
    place = place_in_address(at) if "place" in at.address else at.standing().place
    return authority_warning(at) if place.is_parent else ()


def _name_and_place(at: AtCase) -> str:
    return f"{at.person().name}, {place_in_words(at.standing().place)}"


NEW_STANDING = Deed(
    name="new_standing",
    path="/personer/<person>/plads/ny/<place>",
    action="people.change",
    form=_new_form,
    events=_new_events,
    onwards=lambda at: at.url("people"),
    reads="people.read",
    remarks=_warns,
    about=lambda at: f"{at.person().name}, {place_in_words(place_in_address(at))}",
)
CHANGE_STANDING = Deed(
    name="change_standing",
    path="/personer/<person>/plads/<standing>/ret",
    action="people.change",
    form=_change_form,
    events=_change_events,
    onwards=lambda at: at.url("people"),
    reads="people.read",
    record=lambda at: at.standing(),
    remarks=_warns,
    about=_name_and_place,
)
END_STANDING = Deed(
    name="end_standing",
    path="/personer/<person>/plads/<standing>/slut",
    action="people.change",
    form=_end_form,
    events=_end_events,
    onwards=lambda at: at.url("people"),
    reads="people.read",
    record=lambda at: at.standing(),
    remarks=_warns,
    about=_name_and_place,
    danger=True,
)
