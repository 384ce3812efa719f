"""What of a case stands in the clear in the database: enough to find and sort it, nothing about anybody."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from pipeline.cases.record.case import Case
from pipeline.cases.record.codec import instant_as_text

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


def clear_columns(case: Case) -> ClearColumns:
    """The columns for a case as it is now."""
    if case.opened_at is None:
        raise ValueError("a case is opened before anything else happens in it")
    deadline = next_deadline(case)
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


def next_deadline(case: Case) -> date | None:
    """The first day that something falls due: the newest visit, or an agreement that still stands."""
    if not case.is_open:
        return None
    newest = max(case.visits.values(), key=lambda visit: visit.number, default=None)
    days = [agreement.agreed.by_day for agreement in case.agreements.values() if agreement.ended is None]
    return min((day for day in (newest and newest.day, *days) if day), default=None)
