"""The time for material is over: from now on the row waits for the end of the visit's day."""

from pipeline.deadlines.deadline import end_of
from pipeline.journey.engine.step import Done, Work
from pipeline.journey.moves import Moves
from pipeline.store.case_change import CaseChange
from pipeline.store.journey_facts import Times


def await_the_day(work: Work) -> Done:
    """Wait for the visit to be held; one without a day is waited for when it gets one."""

    def wait(change: CaseChange) -> None:
        day = change.case.visits[work.journey.about].day
        row = change.journeys.with_id(work.journey.id)
        if row:
            Moves(change.journeys).new_times(row, Times(None, end_of(day) if day else None))

    return Done(within=wait)
