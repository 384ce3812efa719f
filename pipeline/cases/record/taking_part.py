"""Who of the municipality must take part in a visit, and whether somebody who can has been chosen.

Always somebody from the authority; somebody with health expertise where the method has physical, health-related
elements to a not insignificant degree (barnets lov § 85, stk. 4; handbook, part 4, “Forløbet”, step 3).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.people import CasePerson, Place


class Expertise(StrEnum):
    """What somebody brings to a visit that it must not lack."""

    AUTHORITY = "authority"
    HEALTH = "health"


_BRINGS = {
    Place.CASEWORKER: Expertise.AUTHORITY,
    Place.SUBSTITUTE: Expertise.AUTHORITY,
    Place.MANAGER: Expertise.AUTHORITY,
    Place.HEALTH_PROFESSIONAL: Expertise.HEALTH,
}


class Demand(StrEnum):
    """Whether an expertise must be there; `UNKNOWN`: no approval says what the method is made of."""

    NEEDED = "needed"
    NOT_NEEDED = "not_needed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Seat:
    """An expertise, whether the visit needs it, and who brings it.

    Attributes:
        why: the reason that the approval gives; empty where the rule itself is the reason.
        taken_by: of those who were chosen.
    """

    expertise: Expertise
    demand: Demand
    why: str
    taken_by: tuple[CasePerson, ...]

    @property
    def is_missing(self) -> bool:
        """Whether the visit lacks what it must have."""
        return self.demand is Demand.NEEDED and not self.taken_by


def seats(case: Case, visit: Visit, today: date, chosen: Iterable[str] | None = None) -> tuple[Seat, ...]:
    """What the visit needs, and who brings it.

    Args:
        case: the case.
        visit: the visit; while it has no day, today's people and approval count.
        today: the day in Denmark.
        chosen: ids of people as somebody is just choosing them; else those that were chosen.
    """
    day = visit.day or today
    ids = tuple(chosen) if chosen is not None else visit.team.people if visit.team else ()
    demand, why = _health(case, day)
    return (
        Seat(Expertise.AUTHORITY, Demand.NEEDED, "", _bringing(case, ids, Expertise.AUTHORITY, day)),
        Seat(Expertise.HEALTH, demand, why, _bringing(case, ids, Expertise.HEALTH, day)),
    )


def may_take_part(case: Case, day: date) -> tuple[CasePerson, ...]:
    """The municipality's people in the case on a day, each once."""
    municipal = dict.fromkeys(s.person_id for s in case.standings_on(day) if s.place.is_municipal)
    return tuple(case.people[person] for person in municipal if person in case.people)


def _health(case: Case, day: date) -> tuple[Demand, str]:
    approval = case.approval_on(day)
    if approval is None:
        return Demand.UNKNOWN, ""
    return (Demand.NEEDED, approval.health_reason) if approval.health_elements else (Demand.NOT_NEEDED, "")


def _bringing(case: Case, ids: tuple[str, ...], expertise: Expertise, day: date) -> tuple[CasePerson, ...]:
    able = {s.person_id for s in case.standings_on(day) if _BRINGS.get(s.place) is expertise}
    return tuple(person for person in may_take_part(case, day) if person.id in able and person.id in ids)
