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
from pipeline.cases.record.people import CasePerson, Place


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


def may_read(case: Case, person_id: str, day: date) -> tuple[str, ...]:
    """Ids of those who may open what is sent to somebody: the person, and who represents them as a party."""
    represented = (s.person_id for s in case.standings_on(day, Place.PARTY_REPRESENTATIVE) if s.speaks_for == person_id)
    return (person_id, *represented)


def hearings_for(case: Case, actor: str, day: date) -> tuple[Hearing, ...]:
    """The hearings that somebody may answer on a day, their own first.

    A parent also writes down what the child says or shows; a representative answers for the party.
    """
    standings = open_standings(case, actor, day)
    own = {actor} if standings else set()
    own |= {s.speaks_for for s in standings if s.place is Place.PARTY_REPRESENTATIVE}
    helped = {case.child.id} if case.child and any(s.place.is_parent for s in standings) else set()
    mine = [one for one in case.hearings.by_id.values() if one.opened.person_id in own]
    child = [one for one in case.hearings.by_id.values() if one.opened.person_id in helped - own]
    return (*mine, *child)
