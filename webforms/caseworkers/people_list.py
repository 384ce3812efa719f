"""The people of a case as the list shows them: who they are, as what and until when, whether they get in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.cases.record.access_pause import paused
from pipeline.cases.record.birthdays import born_on
from pipeline.cases.record.cpr import read_cpr
from pipeline.cases.record.people import Act, CasePerson, Place, Standing
from pipeline.cases.record.place_words import place_in_words
from pipeline.cases.record.speaking_for import may_act
from pipeline.danish import danish_date, danish_list
from webforms.caseworkers.at_case import AtCase
from webforms.design.page import Line
from webforms.identity.roles import ROLE_OF

GROUPS = ("family", "speakers", "helpers", "staff", "earlier")


@dataclass(frozen=True)
class StandingLine:
    """What a person stands in the case as; `can_change` while it has not ended."""

    id: str
    place: str
    when: str
    more: tuple[str, ...]
    can_change: bool
    can_end: bool


@dataclass(frozen=True)
class PersonCard:
    """A person on the list.

    Attributes:
        contact: None where the visitor may not see it; a protected address is then not even told of.
        is_protected: marked only where the contact is shown.
        access: whether the person gets in, in words; empty for employees and for who uses nothing here.
        why_not: the reason, where the person does not.
        is_employee: then name and phone come from the municipality's own list.
    """

    id: str
    name: str
    about: str
    number: str
    contact: tuple[Line, ...] | None
    is_protected: bool
    standings: tuple[StandingLine, ...]
    access: str
    access_tone: str
    why_not: str
    is_employee: bool
    can_decide: bool


def groups(at: AtCase) -> tuple[tuple[str, tuple[PersonCard, ...]], ...]:
    """The people by what they are in the case today; groups without people are left out."""
    by_group: dict[str, list[PersonCard]] = {name: [] for name in GROUPS}
    for person in at.case.people.values():
        by_group[_group(at, person.id)].append(_card(at, person))
    return tuple((name, tuple(cards)) for name, cards in by_group.items() if cards)


def _group(at: AtCase, person_id: str) -> str:
    places = [s.place for s in at.case.standings_of(person_id, at.today)]
    if not places:
        return "earlier"
    if any(place.is_municipal for place in places):
        return "staff"
    if any(place.is_helper for place in places):
        return "helpers"
    return "speakers" if all(place.speaks_for_somebody for place in places) else "family"


def _card(at: AtCase, person: CasePerson) -> PersonCard:
    held = [s for s in at.case.standings.values() if s.person_id == person.id]
    is_employee = any(s.place.is_municipal for s in held)
    access, tone, why_not = ("", "", "") if is_employee else _access(at, person.id)
    may_contact = at.may("people.contact")
    return PersonCard(
        id=person.id,
        name=person.name,
        about=", ".join(part for part in (person.title, person.organisation) if part),
        number=_number(at, person),
        contact=_contact(at, person) if may_contact else None,
        is_protected=may_contact and person.contact.protected,
        standings=tuple(_standing(at, s) for s in sorted(held, key=lambda s: (s.since, s.id))),
        access=access,
        access_tone=tone,
        why_not=why_not,
        is_employee=is_employee,
        can_decide=bool(access) and at.may("access.decide"),
    )


def _number(at: AtCase, person: CasePerson) -> str:
    if person.cpr:
        return at.say("caseworkers.people.cpr", number=read_cpr(person.cpr).masked)
    born = born_on(person)
    return at.say("caseworkers.people.born", day=danish_date(born)) if born else ""


def _contact(at: AtCase, person: CasePerson) -> tuple[Line, ...]:
    contact = person.contact
    said = (("address", contact.address), ("phone", contact.phone), ("email", contact.email))
    return tuple(Line(at.say(f"caseworkers.person.{name}"), value) for name, value in said if value)


def _standing(at: AtCase, standing: Standing) -> StandingLine:
    ended = standing.until is not None and standing.until < at.today
    key = "ended" if ended else "until" if standing.until else "since"
    when = at.say(
        f"caseworkers.people.{key}",
        since=danish_date(standing.since),
        until=danish_date(standing.until) if standing.until else "",
    )
    can_change = not ended and at.may("people.change")
    can_end = can_change and standing.place is not Place.CHILD
    return StandingLine(
        standing.id, place_in_words(standing.place), when, tuple(_more(at, standing)), can_change, can_end
    )


def _more(at: AtCase, standing: Standing) -> Iterator[str]:
    """What else there is to say of a standing."""
    if standing.speaks_for:
        yield at.say("caseworkers.people.speaks_for", name=_names(at, (standing.speaks_for,)))
    if standing.sections:
        yield at.say("caseworkers.people.sections", sections=danish_list([f"({key})" for key in standing.sections]))
    acts = [act for act in Act if may_act(standing, act)]
    if acts:
        yield at.say("caseworkers.people.acts", acts=danish_list([at.say(f"caseworkers.people.act_{a}") for a in acts]))
    if standing.scope:
        yield standing.scope
    if standing.household:
        others = _household(at, standing)
        if others:
            yield at.say("caseworkers.people.lives_with", names=_names(at, others))


def _household(at: AtCase, standing: Standing) -> tuple[str, ...]:
    ids = (
        s.person_id
        for s in at.case.standings_on(at.today)
        if s.household == standing.household and s.person_id != standing.person_id
    )
    return tuple(dict.fromkeys(ids))


def _names(at: AtCase, ids: Iterable[str]) -> str:
    return danish_list([at.case.people[i].name for i in ids if i in at.case.people])


def _access(at: AtCase, person_id: str) -> tuple[str, str, str]:
    places = [s.place for s in at.case.standings_of(person_id, at.today)]
    if not any(place in ROLE_OF for place in places):
        return "", "", ""  # siblings and companions use nothing here
    pause = paused(at.case, person_id, at.today)
    if pause is None:
        return at.say("caseworkers.people.gets_in"), "success", ""
    tone = "warning" if any(place.is_parent for place in places) else ""
    return at.say("caseworkers.people.kept_out"), tone, at.say(f"caseworkers.pause_why.{pause.kind}")
