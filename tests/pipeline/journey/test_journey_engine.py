"""What the engine does when something goes wrong: tries again, gives up, and never commits over somebody else."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from fictional_case import FATHER, MOTHER, VISIT
from travelling import VISIT_DAY, RoundTrip

from pipeline.cases.hearing.events import SilenceRecorded
from pipeline.errors import StepFailed
from pipeline.journey.begin_missing import begin_missing
from pipeline.journey.engine.engine import KILLED, UNKNOWN, Engine
from pipeline.journey.engine.pace import Pace
from pipeline.journey.engine.step import Done, Work
from pipeline.journey.step_in import Deed, Order, StepIn
from pipeline.journey.steps.silence import record_silence
from pipeline.store.opening import Places
from pipeline.store.tables import journeys

SILENCE = "record_silence"


@pytest.fixture
def trip_doing(home: Path) -> Callable[..., RoundTrip]:
    """A trip whose hearing is to be recorded as silent by a step that the test hands in, with its deadline passed."""

    def begin(step: Callable[[Work], Done], pace: Pace | None = None) -> RoundTrip:
        trip = RoundTrip(Places.in_home(home), pace, {SILENCE: step})
        deadline = trip.opens_hearings(MOTHER)
        trip.clock.at = deadline - timedelta(hours=1)
        trip.run_due()
        trip.clock.at = deadline + timedelta(hours=1)
        return trip

    return begin


def _hearing(trip: RoundTrip) -> str:
    return trip.row("hearing", f"hoering-{MOTHER}").state


def test_a_step_that_fails_is_tried_again_with_patience(trip_doing: Callable[..., RoundTrip]) -> None:
    faults: list[Exception] = [OSError("hemmeligt"), ValueError("også hemmeligt")]

    def fails_twice(work: Work) -> Done:
        if faults:
            raise faults.pop()
        return record_silence(work)

    trip = trip_doing(fails_twice)
    waits = []
    while _hearing(trip) != "silent":
        trip.run_due()
        row = trip.row("hearing", f"hoering-{MOTHER}")
        if row.wake_at:
            waits.append((row.last_error, row.wake_at - trip.clock.at))
            trip.clock.at = row.wake_at
    assert waits == [("ValueError", timedelta(seconds=15)), ("OSError", timedelta(minutes=1))]
    outcomes = [line.outcome for line in trip.store.journeys.log_of(trip.row("hearing", f"hoering-{MOTHER}").id)]
    assert outcomes[-3:] == ["ValueError", "OSError", "ok"]


def test_a_step_that_always_fails_is_given_up_and_shown(trip_doing: Callable[..., RoundTrip]) -> None:
    def fails(work: Work) -> Done:
        raise OSError

    trip = trip_doing(fails, Pace(tries=3))
    while wake := trip.row("hearing", f"hoering-{MOTHER}").wake_at:
        trip.clock.at = wake
        trip.run_due()
    assert [(row.about, row.tries) for row in trip.store.journeys.dead()] == [(f"hoering-{MOTHER}", 3)]


def test_a_step_that_cannot_succeed_is_not_tried_again(trip_doing: Callable[..., RoundTrip]) -> None:
    def fails(work: Work) -> Done:
        raise StepFailed("Opdigtet", permanent=True)

    trip = trip_doing(fails)
    trip.run_due()
    assert [row.tries for row in trip.store.journeys.dead()] == [1]


def test_a_step_that_takes_its_process_with_it_is_given_up_too(trip_doing: Callable[..., RoundTrip]) -> None:
    class PowerCut(BaseException):
        pass

    def kills(work: Work) -> Done:
        raise PowerCut

    trip = trip_doing(kills, Pace(tries=2))
    for _ in range(2):
        with pytest.raises(PowerCut):
            trip.run_due()
        trip.clock.move(timedelta(minutes=5))
    trip.run_due()
    assert [row.last_error for row in trip.store.journeys.dead()] == [KILLED]


def test_an_answer_that_comes_while_silence_is_being_recorded_wins(trip_doing: Callable[..., RoundTrip]) -> None:
    trips: list[RoundTrip] = []

    def is_overtaken(work: Work) -> Done:
        trip = trips[0]
        deadline = trip.row("hearing", f"hoering-{MOTHER}").deadline_at
        assert deadline
        trip.answers(MOTHER, received=deadline - timedelta(seconds=1))
        return record_silence(work)

    trips.append(trip_doing(is_overtaken))
    trips[0].run_due()
    assert _hearing(trips[0]) == "answered"
    happened = [one.event for one in trips[0].store.cases.happened(trips[0].case_id)]
    assert not any(isinstance(event, SilenceRecorded) for event in happened)
    assert trips[0].row().state == "weighing"


def test_who_was_frozen_for_longer_than_the_lease_commits_nothing(trip_doing: Callable[..., RoundTrip]) -> None:
    trips: list[RoundTrip] = []
    done_by: list[str] = []

    def freezes_once(work: Work) -> Done:
        done_by.append(work.journey.lease or "")
        if len(done_by) == 1:  # meanwhile the lease runs out, and another worker does the same step
            trips[0].clock.move(timedelta(minutes=1))
            trips[0].run_due()
        return record_silence(work)

    trips.append(trip_doing(freezes_once))
    trips[0].run_due()
    assert len(set(done_by)) == 2
    happened = [one.event for one in trips[0].store.cases.happened(trips[0].case_id)]
    assert sum(isinstance(event, SilenceRecorded) for event in happened) == 1


def test_a_renewed_lease_keeps_others_away(trip: RoundTrip) -> None:
    deadline = trip.opens_hearings(MOTHER)
    trip.clock.at = deadline + timedelta(hours=1)
    row = trip.row("hearing", f"hoering-{MOTHER}")
    at = trip.clock.at
    taken = trip.store.journeys.claim(row.id, at, at + timedelta(seconds=30))
    assert taken
    assert trip.store.journeys.renew(taken, at + timedelta(seconds=90))
    assert trip.store.journeys.claim(row.id, at + timedelta(seconds=60), at + timedelta(seconds=99)) is None
    assert trip.store.journeys.claim(row.id, at + timedelta(seconds=91), at + timedelta(seconds=99))
    assert not trip.store.journeys.renew(taken, at + timedelta(seconds=200))


def test_where_there_is_no_room_for_a_step_the_row_stays_due(home: Path) -> None:
    with RoundTrip(Places.in_home(home), Pace(at_once={SILENCE: 0})) as trip:
        deadline = trip.opens_hearings(MOTHER)
        trip.clock.at = deadline + timedelta(hours=1)
        trip.run_due()
        row = trip.row("hearing", f"hoering-{MOTHER}")
        assert (row.state, row.tries, trip.engine.due(9)) == ("reminded", 0, ())
        assert not trip.engine.run(row.id)


def test_a_workflow_with_a_step_that_nobody_does_does_not_start(trip: RoundTrip) -> None:
    with pytest.raises(LookupError, match="record_silence"):
        Engine(trip.store, {})


def test_a_state_that_this_release_does_not_have_is_shown_and_holds_nobody_up(trip: RoundTrip) -> None:
    trip.opens_hearings()
    with trip.store.database.write() as connection:
        renamed = journeys.update().where(journeys.c.about == f"hoering-{MOTHER}").values(state="omdoebt")
        connection.execute(renamed)
    trip.move_to(VISIT_DAY)
    assert [(row.about, row.last_error) for row in trip.store.journeys.dead()] == [(f"hoering-{MOTHER}", UNKNOWN)]
    assert trip.states()[f"hearing hoering-{FATHER}"] == "silent"
    StepIn(trip.store).do(trip.row("hearing", f"hoering-{MOTHER}").id, Order(Deed.CANCEL, "omdøbt"), "drift")
    assert trip.row().state == "weighing"


def test_an_erased_case_leaves_nothing_to_run(trip: RoundTrip) -> None:
    trip.opens_hearings()
    trip.store.erase.erase(trip.case_id, "system")
    assert trip.store.journeys.of_case(trip.case_id) == ()
    assert trip.run_due() == 0


def test_a_case_from_before_there_were_journeys_gets_one_at_the_next_start(home: Path) -> None:
    with RoundTrip(Places.in_home(home)) as trip:
        with trip.store.database.write() as connection:
            connection.exec_driver_sql("DELETE FROM journey_log")
            connection.exec_driver_sql("DELETE FROM journeys")
        assert begin_missing(trip.store, trip.follow) == 1
        assert trip.row("visit", VISIT).state == "material"
        assert begin_missing(trip.store, trip.follow) == 0
