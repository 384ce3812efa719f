"""Who may do something for somebody else in a case, and what for: a partsrepræsentant, or one with a fuldmagt.

Source: forvaltningsloven § 8; what a fuldmagt covers is what was written down of it, and no more.
"""

from collections.abc import Iterable
from datetime import date

from pipeline.cases.record.case import Case
from pipeline.cases.record.people import Act, Place, Standing


def may_act(standing: Standing, act: Act) -> bool:
    """Whether somebody may do something for the person whom they speak for.

    A partsrepræsentant of whom nothing else was said acts in everything; a fuldmagt covers what it names.
    """
    if standing.place is Place.PARTY_REPRESENTATIVE:
        return bool(standing.speaks_for) and (not standing.acts or act in standing.acts)
    return standing.place is Place.POWER_OF_ATTORNEY and bool(standing.speaks_for) and act in standing.acts


def spoken_for(standings: Iterable[Standing], act: Act) -> tuple[str, ...]:
    """Ids of those for whom somebody with these standings may do something."""
    return tuple(dict.fromkeys(one.speaks_for for one in standings if may_act(one, act)))


def speakers(case: Case, person_id: str, act: Act, day: date) -> tuple[str, ...]:
    """Ids of those who may do something for a person on a day."""
    return tuple(s.person_id for s in case.standings_on(day) if s.speaks_for == person_id and may_act(s, act))


def acts_as(case: Case, actor: str, person_id: str, act: Act, day: date) -> Place | None:
    """What somebody who does something for a person stands in the case as on a day; None for the person's own."""
    found = (s for s in case.standings_of(actor, day) if s.speaks_for == person_id and may_act(s, act))
    return next((one.place for one in found), None) if actor != person_id else None
