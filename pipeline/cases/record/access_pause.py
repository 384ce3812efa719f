"""Whether a person of the case gets in on a day, and if not why, and what the person can do about it.

A parent gets in only by a caseworker's decision. It has to be taken again after every change among the parents, and
once the child is 18. A child that joins in with help needs a decision too. Everybody else follows the dates of what
they stand in the case as, and who speaks for somebody gets in no further than that person.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.cases.record.birthdays import of_age_on
from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Decided
from pipeline.cases.record.people import Place, Standing
from pipeline.danish import COPENHAGEN


class PauseKind(StrEnum):
    """Why somebody does not get in, as a code for logs."""

    NO_STANDING = "no_standing"
    NOT_DECIDED = "not_decided"
    AUTHORITY_CHANGED = "authority_changed"
    CHILD_OF_AGE = "child_of_age"
    AGE_UNKNOWN = "age_unknown"
    CLOSED = "closed"


@dataclass(frozen=True)
class Pause:
    """Why somebody does not get in, in Danish, with the next step; names nobody."""

    kind: PauseKind
    reason: str
    next_step: str


def paused(case: Case, person_id: str, day: date) -> Pause | None:
    """Why a person does not get in on a day; None: the person gets in.

    A person who stands in the case as several things gets in by any of them that is open (`open_standings`).
    """
    pauses = [_pause_of(case, standing, day) for standing in case.standings_of(person_id, day)]
    if None in pauses:
        return None
    return next((pause for pause in pauses if pause), _PAUSES[PauseKind.NO_STANDING])


def open_standings(case: Case, person_id: str, day: date) -> tuple[Standing, ...]:
    """What a person stands in the case as on a day and gets in by."""
    return tuple(s for s in case.standings_of(person_id, day) if _pause_of(case, s, day) is None)


def _pause_of(case: Case, standing: Standing, day: date) -> Pause | None:
    if standing.place.is_parent:
        kind = _parent(case, standing.person_id, day)
    elif standing.place in (Place.CHILD, Place.SIBLING):
        kind = _decision_missing(case.access.get(standing.person_id))
    elif standing.place.speaks_for_somebody:
        kind = _speaker(case, standing, day)
    else:
        kind = None
    return _PAUSES[kind] if kind else None


def _parent(case: Case, person_id: str, day: date) -> PauseKind | None:
    decided = case.access.get(person_id)
    missing = _decision_missing(decided)
    if missing or decided is None:
        return missing
    if decided.seq <= case.authority_changed:
        return PauseKind.AUTHORITY_CHANGED
    of_age = of_age_on(case.child) if case.child else None
    if of_age is None:
        return PauseKind.AGE_UNKNOWN
    decided_on = decided.at.astimezone(COPENHAGEN).date()
    return PauseKind.CHILD_OF_AGE if decided_on < of_age <= day else None


def _decision_missing(decided: Decided | None) -> PauseKind | None:
    if decided is None:
        return PauseKind.NOT_DECIDED
    return None if decided.granted else PauseKind.CLOSED


def _speaker(case: Case, standing: Standing, day: date) -> PauseKind | None:
    """One who speaks for a parent gets in while that parent does; one who speaks for a grown child by the scope."""
    theirs = [s for s in case.standings_of(standing.speaks_for, day) if not s.place.speaks_for_somebody]
    if not theirs:
        return PauseKind.NO_STANDING
    if any(s.place.is_parent for s in theirs):
        return _parent(case, standing.speaks_for, day)
    return None


_PAUSES = {
    kind: Pause(kind, reason, next_step)
    for kind, reason, next_step in (
        (
            PauseKind.NO_STANDING,
            "Du er ikke med i sagen i dag.",
            "Ring til kontaktpersonen i kommunen, hvis du mener, at du skal være med.",
        ),
        (
            PauseKind.NOT_DECIDED,
            "Kommunen har ikke åbnet sagen for dig endnu.",
            "Du behøver ikke gøre noget. Kontaktpersonen i kommunen åbner sagen, eller du kan ringe og spørge.",
        ),
        (
            PauseKind.AUTHORITY_CHANGED,
            "Der er sket en ændring i, hvem der er forældre i sagen. Derfor er adgangen sat på pause.",
            "Det, du har skrevet, er gemt. Ring til kontaktpersonen i kommunen. Sagsbehandleren afgør, om du igen "
            "kan komme ind.",
        ),
        (
            PauseKind.CHILD_OF_AGE,
            "Barnet er fyldt 18 år. Derfor er forældrenes adgang sat på pause.",
            "Det, du har skrevet, er gemt. Ring til kontaktpersonen i kommunen. Sagsbehandleren afgør, om du igen "
            "kan komme ind.",
        ),
        (
            PauseKind.AGE_UNKNOWN,
            "Barnets fødselsdag mangler i sagen. Derfor er adgangen sat på pause.",
            "Ring til kontaktpersonen i kommunen, så sagsbehandleren kan skrive fødselsdagen på.",
        ),
        (
            PauseKind.CLOSED,
            "Sagsbehandleren har lukket for din adgang til sagen.",
            "Ring til kontaktpersonen i kommunen, hvis du vil vide hvorfor. Du kan bede om aktindsigt.",
        ),
    )
}
