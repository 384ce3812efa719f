"""What somebody is heard about does not change under them: while a report is in hearing, what it says stands still.

A report that is wrong is taken out of hearing (`HearingWithdrawn`), put right, and sent anew.
"""

from collections.abc import Iterable
from datetime import datetime

from pipeline.cases.hearing.state import Stand
from pipeline.cases.record.case import Case
from pipeline.cases.record.events import Event
from pipeline.cases.record.visit_events import (
    ContributionWeighed,
    FieldsNotAsked,
    FieldsSkipped,
    FinalGoalsPlaced,
    GoalMoved,
    GoalPlaced,
    GoalRemoved,
    SectionHandedIn,
    VisitDayChanged,
    Written,
)

_SAYS = (
    VisitDayChanged,
    Written,
    GoalPlaced,
    GoalMoved,
    GoalRemoved,
    FieldsNotAsked,
    FieldsSkipped,
    SectionHandedIn,
    ContributionWeighed,
    FinalGoalsPlaced,
)
"""What makes the report of a visit say something else."""


def is_heard_now(case: Case, visit: str, at: datetime) -> bool:
    """Whether somebody may still answer in time over the report of a visit; a given extension begins it again."""
    return any(one.stand(at) is Stand.OPEN for one in case.hearings.of_visit(visit))


def changes_what_is_heard(case: Case, events: Iterable[Event], at: datetime) -> bool:
    """Whether events would change a report while it is heard."""
    visits = {event.visit for event in events if isinstance(event, _SAYS)}
    return any(is_heard_now(case, visit, at) for visit in visits)
