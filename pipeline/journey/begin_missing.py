"""Begins what is missing in cases from before this release, or written by a command: visits, and answers' documents."""

from pipeline.journey.follow import Follow
from pipeline.journey.moves import SYSTEM
from pipeline.store.opening import Store
from pipeline.store.refusals import CaseNotFound


def begin_missing(store: Store, follow: Follow) -> int:
    """Begin what was never begun in open cases; returns in how many that was.

    Raises:
        StoreUnavailable: the database does not answer; the next start goes on.
    """
    return sum(_begin(store, follow, case_id) for case_id in store.journeys.cases_to_begin())


def _begin(store: Store, follow: Follow, case_id: str) -> bool:
    try:
        if not store.cases.case(case_id).visits:
            return False  # nothing to write, and no line in the audit log either
        with store.cases.change(case_id, SYSTEM, "journey.begin") as change:
            follow.begin(change.journeys, change.case)
    except CaseNotFound:  # erased since
        return False
    return True
