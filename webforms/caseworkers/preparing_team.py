"""Who of the municipality takes part in a visit: chosen, recorded, and told in a sentence where somebody is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.cases.record.events import Event
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.place_words import place_in_words
from pipeline.cases.record.taking_part import Demand, Seat, may_take_part, seats
from pipeline.cases.record.visit_events import TeamChosen
from pipeline.danish import danish_list
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.deeds import Deed
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.design.page import Option

_WORDS = "caseworkers.choose_team"


@dataclass(frozen=True)
class Team:
    """Who comes, as the page before the visit tells it.

    Attributes:
        missing: a sentence for each expertise that the visit lacks.
        why: a sentence for each expertise, why it must be there or need not.
    """

    is_chosen: bool
    people: tuple[str, ...]
    others: str
    missing: tuple[str, ...]
    why: tuple[str, ...]


def team_of(at: AtCase, visit: Visit) -> Team:
    """Who was chosen, and what is missing."""
    found, chosen = seats(at.case, visit, at.today), visit.team
    people = tuple(_name(at, visit, person_id) for person_id in chosen.people) if chosen else ()
    return Team(
        is_chosen=chosen is not None,
        people=people,
        others=chosen.others if chosen else "",
        missing=tuple(_missing(at, seat) for seat in found if seat.is_missing),
        why=tuple(_why(at, seat) for seat in found),
    )


def contact_lines(at: AtCase, visit: Visit) -> str:
    """Who comes, each with title and phone, as the tool asks for it; empty while nobody has been chosen."""
    chosen = visit.team
    people = [at.case.people[person_id] for person_id in chosen.people if person_id in at.case.people] if chosen else []
    lines = [", ".join(part for part in (p.name, p.title, p.organisation, p.contact.phone) if part) for p in people]
    return "\n".join([*lines, *([chosen.others] if chosen and chosen.others else [])])


def _name(at: AtCase, visit: Visit, person_id: str) -> str:
    """A person with what they are; who has left the case since is said to have left."""
    person = at.case.people.get(person_id)
    held = at.case.standings_of(person_id, visit.day or at.today)
    places = danish_list(list(dict.fromkeys(place_in_words(s.place) for s in held if s.place.is_municipal)))
    titled = ", ".join(part for part in (person.name, person.title) if part) if person else ""
    return f"{titled} ({places or at.say(f'{_WORDS}.left')})"


def _missing(at: AtCase, seat: Seat) -> str:
    return at.say(f"{_WORDS}.missing_{seat.expertise}", why=_because(seat))


def _why(at: AtCase, seat: Seat) -> str:
    return at.say(f"{_WORDS}.why_{seat.expertise}_{seat.demand}", why=_because(seat))


def _because(seat: Seat) -> str:
    """The approval's reason as the end of a sentence."""
    return f": {seat.why.rstrip('. ')}" if seat.why and seat.demand is Demand.NEEDED else ""


def _form(at: AtCase) -> SmallForm:
    visit = at.visit()
    options = tuple(
        Option(person.id, _name(at, visit, person.id)) for person in may_take_part(at.case, visit.day or at.today)
    )
    now = visit.team
    asks = (
        Ask("people", Look.BOXES, required=True, hint=True, options=options, begins=now.people if now else ()),
        Ask("others", hint=True, width="xl", begins=(now.others,) if now and now.others else ()),
    )
    return SmallForm(_WORDS, asks, at.say)


def _events(at: AtCase, form: SmallForm) -> Sequence[Event]:
    visit = at.visit()
    chosen = TeamChosen(visit.id, form.chosen("people"), form.text("others"))
    return () if chosen == visit.team else (chosen,)


CHOOSE_TEAM = Deed(
    name="choose_team",
    path="/besoeg/<visit>/hold",
    action="visit.plan",
    form=_form,
    events=_events,
    onwards=lambda at: at.url("preparing", visit=at.visit().id, _anchor="team"),
    reads="people.read",
    record=lambda at: at.visit().team,
    about=lambda at: str(at.visit().number),
)
