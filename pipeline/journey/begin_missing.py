"""Begins the journeys of cases that have none: from before there were journeys, or written by a command."""

from pipeline.journey.follow import Follow
from pipeline.journey.moves import SYSTEM
from pipeline.store.opening import Store
from pipeline.store.refusals import CaseNotFound


def begin_missing(store: Store, follow: Follow) -> int:
    """Begin the row of the newest visit of every open case that has no row; returns how many that were.

    Raises:
        StoreUnavailable: the database does not answer; the next start goes on.
    """
    return sum(_begin(store, follow, case_id) for case_id in store.journeys.cases_without())


def _begin(store: Store, follow: Follow, case_id: str) -> bool:
    try:
        if not store.cases.case(case_id).visits:
            return False
        with store.cases.change(case_id, SYSTEM, "journey.begin") as change:
            follow.begin(change.journeys, change.case)
    except CaseNotFound:  # erased since
        return False
    return True
