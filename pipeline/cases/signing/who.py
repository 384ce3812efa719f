"""Who can be asked to sign, and for whom somebody may sign today."""

from datetime import date, datetime

from pipeline.cases.record.access_pause import open_standings
from pipeline.cases.record.case import Case
from pipeline.cases.record.people import Act, CasePerson, Place
from pipeline.cases.record.speaking_for import spoken_for
from pipeline.cases.signing.state import Signing, Stand

_CAN_SIGN = (Place.PARENTAL_AUTHORITY, Place.TRAINING_PARENT, Place.CHILD)


def can_sign(case: Case, day: date) -> tuple[CasePerson, ...]:
    """The people from outside who can be asked on a day: parents first, then the child."""
    ids = [standing.person_id for place in _CAN_SIGN for standing in case.standings_on(day, place)]
    return tuple(case.people[person] for person in dict.fromkeys(ids) if person in case.people)


def is_child(case: Case, person_id: str) -> bool:
    """Whether somebody is the child of the case, who is never required to sign."""
    return case.child is not None and case.child.id == person_id


def signs_for(case: Case, actor: str, day: date) -> tuple[str, ...]:
    """Ids of those for whom somebody may sign on a day: themselves, and those whose fuldmagt to sign they have."""
    standings = open_standings(case, actor, day)
    own = [actor] if standings else []
    return (*own, *spoken_for(standings, Act.SIGN))


def signings_for(case: Case, actor: str, day: date) -> tuple[tuple[Signing, str], ...]:
    """The documents that somebody is asked to sign, each with the person whose signature it is, the newest first."""
    people = signs_for(case, actor, day)
    found = [(one, person) for one in case.signings.values() for person in people if one.signer(person)]
    return tuple(reversed(found))


def may_come_late(signing: Signing, person_id: str, now: datetime) -> bool:
    """Whether a person's paper can still come in and be taken in, after the last day has passed without it."""
    return signing.stand(now) is Stand.EXPIRED and signing.waits_for(person_id) and signing.is_turn_of(person_id)


def may_sign(signing: Signing, person_id: str, now: datetime) -> bool:
    """Whether a person's signature can be given now."""
    return signing.stand(now) is Stand.OPEN and signing.waits_for(person_id) and signing.is_turn_of(person_id)
