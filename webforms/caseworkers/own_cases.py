"""A case on the list that somebody from outside sees, who is in several."""

from dataclasses import dataclass
from datetime import date

from pipeline.cases.record.access_pause import Pause
from pipeline.cases.record.case import Case
from pipeline.cases.record.voices import contact_person


@dataclass(frozen=True)
class OwnCaseRow:
    """One of somebody's own cases; `pause` says why it cannot be opened now."""

    id: str
    number: str
    child: str
    is_open: bool
    holder: str
    phone: str
    pause: Pause | None

    @classmethod
    def of(cls, case_id: str, case: Case, day: date, pause: Pause | None) -> "OwnCaseRow":
        """The line of a case; while access rests the child's name is not shown."""
        holder = contact_person(case, day)
        return cls(
            id=case_id,
            number=case.number,
            child=case.child.name if case.child and not pause else "",
            is_open=case.is_open,
            holder=holder.name if holder else "",
            phone=holder.contact.phone if holder else "",
            pause=pause,
        )
