"""Who is heard over a report, and whose hearing somebody may answer.

Sources: § 4 of BEK 717/2016 as DUKH tells it (parents, and where possible and relevant the child), barnets lov § 5 with
the child's right to be heard; a child under 18 is heard, never served as a party (barnets lov § 3, domain.md 2.3).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.cases.hearing.events import Capacity
from pipeline.cases.hearing.state import Hearing
from pipeline.cases.record.access_pause import open_standings, paused
from pipeline.cases.record.case import Case
from pipeline.cases.record.people import Act, CasePerson, Place
from pipeline.cases.record.speaking_for import speakers, spoken_for


@dataclass(frozen=True)
class ToHear:
    """Somebody who is, or may be, heard.

    Attributes:
        is_required: holders of parental authority always are; the others by the municipality's decision.
        reads_here: whether the person gets in today; else the report has to go out on paper.
    """

    person: CasePerson
    capacity: Capacity
    is_required: bool
    reads_here: bool


def to_hear(case: Case, day: date) -> tuple[ToHear, ...]:
    """Everybody who can be heard on a day: holders of parental authority, other training parents, the child."""
    found: dict[str, ToHear] = {}
    for one in _candidates(case, day):
        found.setdefault(one.person.id, one)  # who holds authority and trains too is heard once, as a party
    return tuple(found.values())


def _candidates(case: Case, day: date) -> Iterator[ToHear]:
    for place, capacity in (
        (Place.PARENTAL_AUTHORITY, Capacity.PARTY),
        (Place.TRAINING_PARENT, Capacity.TRAINING_PARENT),
        (Place.CHILD, Capacity.CHILD),
    ):
        for standing in case.standings_on(day, place):
            person = case.people.get(standing.person_id)
            if person:
                reads_here = paused(case, person.id, day) is None
                yield ToHear(person, capacity, capacity is Capacity.PARTY, reads_here)


def may_read(case: Case, person_id: str, day: date, act: Act | None = None) -> tuple[str, ...]:
    """Ids of those who may open what is sent to somebody: the person, who represents them, and who may act on it."""
    represented = (s.person_id for s in case.standings_on(day, Place.PARTY_REPRESENTATIVE) if s.speaks_for == person_id)
    acting = speakers(case, person_id, act, day) if act else ()
    return tuple(dict.fromkeys((person_id, *represented, *acting)))


def hearings_for(case: Case, actor: str, day: date) -> tuple[Hearing, ...]:
    """The hearings that somebody may answer on a day, their own first.

    A parent also writes down what the child says or shows.
    """
    mine = own_hearings_for(case, actor, day)
    if case.child is None or not any(s.place.is_parent for s in open_standings(case, actor, day)):
        return mine
    of_child = (one for one in case.hearings.by_id.values() if case.child and one.opened.person_id == case.child.id)
    return (*mine, *(one for one in of_child if one not in mine))


def own_hearings_for(case: Case, actor: str, day: date) -> tuple[Hearing, ...]:
    """The hearings of somebody, and of those whose hearing they may answer as representative or by a fuldmagt."""
    standings = open_standings(case, actor, day)
    own = {actor, *spoken_for(standings, Act.HEARING)} if standings else set()
    return tuple(one for one in case.hearings.by_id.values() if one.opened.person_id in own)
