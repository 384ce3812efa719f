"""Ten thousand hearings that wait cost nothing: what is due is done right after a start, and waiting takes no CPU.

Measured is the time of the processor, not of the clock on the wall: other tests run beside this one.
"""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fictional_case import MOTHER
from travelling import NO_MACHINES, CountingChannel, CountingTarget, RoundTrip

from pipeline.cases.record.codec import instant_as_text
from pipeline.deadlines.rules import load_deadlines
from pipeline.journey.dispatch.embedded import Embedded
from pipeline.journey.engine.engine import Engine
from pipeline.journey.follow import Follow
from pipeline.journey.steps.all_steps import all_steps
from pipeline.law.kle import kle_on
from pipeline.store.clock import new_id
from pipeline.store.opening import Places, Store, open_store
from pipeline.store.tables import journeys
from pipeline.tool.load import EDITIONS

_HEARINGS = 10_000
_SECONDS_LOOKED_AT = 3.0
_MOTHERS = f"hoering-{MOTHER}"


@pytest.fixture
def places(home: Path) -> Places:
    """An installation in which so many hearings wait; the mother's is due, and its deadline has passed."""
    places = Places.in_home(home)
    with RoundTrip(places) as trip:
        trip.opens_hearings()
        row = {"kind": "hearing", "case_id": trip.case_id, "state": "open", "since": _text(0), "tries": 0}
        waiting = [
            row | {"id": new_id(), "about": new_id(), "wake_at": _text(n), "deadline_at": _text(n)}
            for n in range(1, _HEARINGS)
        ]
        with trip.store.database.write() as connection:
            connection.execute(journeys.update().values(wake_at=None))
            connection.execute(journeys.update().where(journeys.c.about == _MOTHERS).values(wake_at=_text(-1)))
            connection.execute(journeys.insert(), waiting)
    return places


def _text(days: int) -> str:
    return instant_as_text(datetime.now(UTC) + timedelta(days=days))


def _is_done(store: Store) -> bool:
    (case_id,) = (case.id for case in store.lists.listing().cases)
    return any(row.about == _MOTHERS and row.state == "silent" for row in store.journeys.of_case(case_id))


def test_ten_thousand_waiting_hearings_delay_no_start_and_take_no_cpu(places: Places) -> None:
    begun, until = time.process_time(), time.monotonic() + 60
    store = open_store(places)
    steps = all_steps(
        {"page": CountingChannel()}, CountingTarget(), kle_on, EDITIONS, NO_MACHINES, deadlines=load_deadlines()
    )
    with Embedded(Engine(store, steps), Follow(load_deadlines())):
        while not _is_done(store):
            assert time.monotonic() < until
            time.sleep(0.05)
        started = time.process_time() - begun
        before = time.process_time()
        time.sleep(_SECONDS_LOOKED_AT)
        idle = (time.process_time() - before) / _SECONDS_LOOKED_AT
    store.close()
    assert started < 2.0
    assert idle < 0.02
