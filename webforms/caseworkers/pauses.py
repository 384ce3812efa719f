"""Who from outside waits for a decision on their access, and why."""

from dataclasses import dataclass
from datetime import date

from pipeline.cases.record.access_pause import PauseKind, paused
from pipeline.cases.record.case import Case

_NEEDS_DECISION = (
    PauseKind.NOT_DECIDED,
    PauseKind.AUTHORITY_CHANGED,
    PauseKind.CHILD_OF_AGE,
    PauseKind.AGE_UNKNOWN,
)


@dataclass(frozen=True)
class WaitingPause:
    """A parent whose access rests until somebody in the municipality decides."""

    person_id: str
    name: str
    kind: PauseKind


def waiting_pauses(case: Case, day: date) -> tuple[WaitingPause, ...]:
    """The parents of a case who wait; a child and siblings have no access unless somebody gives it."""
    if not case.is_open:
        return ()
    parents = dict.fromkeys(s.person_id for s in case.standings_on(day) if s.place.is_parent)
    found = ((person_id, paused(case, person_id, day)) for person_id in parents)
    return tuple(
        WaitingPause(person_id, case.people[person_id].name, pause.kind)
        for person_id, pause in found
        if pause and pause.kind in _NEEDS_DECISION
    )
