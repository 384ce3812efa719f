"""What somebody is heard about does not change under them: while a report is in hearing, what it says stands still.

A report that is wrong is taken out of hearing (`HearingWithdrawn`), put right, and sent anew.
"""

from collections.abc import Iterable
from datetime import datetime

from pipeline.cases.hearing.state import Stand
from pipeline.cases.record import events as ev
from pipeline.cases.record.case import Case

_SAYS = (
    ev.VisitDayChanged,
    ev.Written,
    ev.GoalPlaced,
    ev.GoalMoved,
    ev.GoalRemoved,
    ev.FieldsNotAsked,
    ev.FieldsSkipped,
    ev.SectionHandedIn,
    ev.ContributionWeighed,
    ev.FinalGoalsPlaced,
)
"""What makes the report of a visit say something else."""


def is_heard_now(case: Case, visit: str, at: datetime) -> bool:
    """Whether somebody may still answer in time over the report of a visit; a given extension begins it again."""
    return any(one.stand(at) is Stand.OPEN for one in case.hearings.of_visit(visit))


def changes_what_is_heard(case: Case, events: Iterable[ev.Event], at: datetime) -> bool:
    """Whether events would change a report while it is heard."""
    visits = {event.visit for event in events if isinstance(event, _SAYS)}
    return any(is_heard_now(case, visit, at) for visit in visits)
