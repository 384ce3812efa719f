"""What stands longer than it should, and why somebody should look: nothing stands still unseen."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pipeline.journey.workflow import FLOWS
from pipeline.store.journey_facts import Journey
from pipeline.store.journeys import Journeys, StandsAtMost

LIMITS: StandsAtMost = {
    (flow.kind, state.name): state.at_most for flow in FLOWS.values() for state in flow.states.values() if state.at_most
}
"""How long a row may stand in a state, from the workflow."""
_OVERDUE = timedelta(minutes=15)
"""Nobody has looked at a row for so long after its time: nothing dispatches, or everything is busy."""


class Why(StrEnum):
    """Why somebody should look."""

    DEAD = "dead"
    NOT_RUN = "not_run"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Standing:
    """A row that stands longer than it should."""

    why: Why
    journey: Journey


def standing_too_long(journeys: Journeys, now: datetime) -> tuple[Standing, ...]:
    """Everything that somebody should look at; each row once, for its gravest reason."""
    found: dict[str, Standing] = {}
    for why, rows in (
        (Why.DEAD, journeys.dead()),
        (Why.NOT_RUN, journeys.due(now - _OVERDUE, most=200)),
        (Why.TOO_LONG, journeys.overstaying(LIMITS, now)),
    ):
        for row in rows:
            found.setdefault(row.id, Standing(why, row))
    return tuple(found.values())
