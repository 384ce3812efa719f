"""What of a case stands in the clear in the database: enough to find and sort it, nothing about anybody."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from pipeline.cases.record.case import Case
from pipeline.cases.record.codec import instant_as_text
from pipeline.deadlines.deadline import Deadline

OPEN, CLOSED, ERASED = "open", "closed", "erased"


@dataclass(frozen=True)
class ClearColumns:
    """The columns of `tables.cases` that follow from the case."""

    number: str
    team: str
    state: str
    outcome: str | None
    next_deadline: str | None
    revision: int
    fictional: bool
    opened_at: str
    closed_at: str | None

    def as_row(self) -> dict[str, Any]:
        """Names of columns and what is put there."""
        return asdict(self)


def clear_columns(case: Case, day: date) -> ClearColumns:
    """The columns for a case as it is on a day."""
    if case.opened_at is None:
        raise ValueError("a case is opened before anything else happens in it")
    deadline = next_deadline(case, day)
    return ClearColumns(
        number=case.number,
        team=case.team,
        state=OPEN if case.is_open else CLOSED,
        outcome=case.outcome or None,
        next_deadline=deadline.isoformat() if deadline else None,
        revision=case.revision,
        fictional=case.fictional,
        opened_at=instant_as_text(case.opened_at),
        closed_at=instant_as_text(case.closed_at) if case.closed_at else None,
    )


def next_deadline(case: Case, day: date) -> date | None:
    """The first day that something falls due: the newest visit, a hearing, or an agreement that still stands.

    A visit whose day has passed is none any more; then it is the report's turn, for which no act sets a day, and after
    it the hearing's. An agreement or a hearing that was missed stays, since somebody still has to see to it.
    """
    if not case.is_open:
        return None
    newest = max(case.visits.values(), key=lambda visit: visit.number, default=None)
    days = [agreement.agreed.by_day for agreement in case.agreements.values() if agreement.ended is None]
    if newest and newest.day and newest.day >= day:
        days.append(newest.day)
    return min((due for due in (*days, *_hearings(case)) if due), default=None)


def _hearings(case: Case) -> Iterator[date]:
    """The last days of those who are heard and have not answered."""
    for hearing in case.hearings.by_id.values():
        if not hearing.answers and hearing.silent_at is None and not hearing.withdrawn:
            yield Deadline.at(hearing.deadline).day
