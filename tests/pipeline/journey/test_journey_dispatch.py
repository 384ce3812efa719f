"""Dispatching in threads: what is due is done by itself, by one dispatcher on a file, and the next takes over."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta

from fictional_case import CASEWORKER, FATHER, MOTHER, PEOPLE, opening
from travelling import MORE_PEOPLE, NO_MACHINES, RoundTrip, hearing_of

from pipeline.deadlines.rules import load_deadlines
from pipeline.journey.dispatch.embedded import Embedded
from pipeline.journey.dispatch.procrastinate import Distributed
from pipeline.journey.engine.engine import Engine
from pipeline.journey.engine.step import Done, Work
from pipeline.journey.steps.all_steps import all_steps
from pipeline.journey.steps.silence import record_silence
from pipeline.law.kle import kle_on
from pipeline.tool.load import EDITIONS

_SECONDS = 20.0
_QUICK = 0.05


def _engine(trip: RoundTrip, silence: Callable[[Work], Done] | None = None) -> Engine:
    steps = all_steps({"page": trip.channel}, trip.target, kle_on, EDITIONS, NO_MACHINES, deadlines=load_deadlines())
    return Engine(trip.store, steps | ({"record_silence": silence} if silence else {}), clock=trip.clock)


def _comes(so: Callable[[], bool]) -> bool:
    until = time.monotonic() + _SECONDS
    while not so() and time.monotonic() < until:
        time.sleep(_QUICK)
    return so()


def test_what_falls_due_is_done_by_itself(either_trip: RoundTrip) -> None:
    trip = either_trip
    deadline = trip.opens_hearings()
    with Embedded(_engine(trip), trip.follow, seconds=_QUICK):
        trip.clock.at = deadline + timedelta(hours=1)
        assert _comes(lambda: trip.row().state == "weighing")


def test_of_two_dispatchers_on_a_file_the_second_takes_over_when_the_first_ends(trip: RoundTrip) -> None:
    first, second = (Embedded(_engine(trip), trip.follow, seconds=_QUICK) for _ in range(2))
    deadline = trip.opens_hearings(MOTHER)
    with ExitStack() as later:
        with first:
            trip.clock.at = deadline + timedelta(hours=1)
            assert _comes(lambda: trip.row().state == "weighing")
            later.enter_context(second)
        trip.clock.at = trip.opens_hearings(FATHER) + timedelta(hours=1)
        assert _comes(lambda: trip.row("hearing", f"hoering-{FATHER}").state == "silent")


def test_whoever_stops_waits_for_the_step_that_is_under_way(trip: RoundTrip) -> None:
    begun: list[str] = []

    def takes_a_while(work: Work) -> Done:
        begun.append(work.journey.about)
        time.sleep(0.5)
        return Done()

    trip.clock.at = trip.opens_hearings(MOTHER) + timedelta(hours=1)
    with Embedded(_engine(trip, takes_a_while), trip.follow, seconds=_QUICK):
        assert _comes(lambda: bool(begun))
    assert trip.row("hearing", f"hoering-{MOTHER}").state == "silent"


def test_what_a_dead_process_had_taken_is_free_again_at_the_next_start(trip: RoundTrip) -> None:
    trip.clock.at = trip.opens_hearings(MOTHER) + timedelta(hours=1)
    row, at = trip.row("hearing", f"hoering-{MOTHER}"), trip.clock.at
    assert trip.store.journeys.claim(row.id, at, at + timedelta(days=1))
    with Embedded(_engine(trip), trip.follow, seconds=_QUICK):
        assert _comes(lambda: trip.row("hearing", f"hoering-{MOTHER}").state == "silent")


def test_on_a_server_a_worker_takes_what_it_has_hands_for_and_hands_the_rest_out(server_trip: RoundTrip) -> None:
    trip = server_trip
    others = [trip.store.cases.open_case(opening(f"2026-9{n}"), CASEWORKER, (*PEOPLE, *MORE_PEOPLE)) for n in range(4)]
    deadline = trip.opens_hearings(MOTHER)
    for case_id in others:
        trip.store.cases.append(case_id, [hearing_of(MOTHER, deadline)], CASEWORKER, "test")
    trip.clock.at = deadline + timedelta(hours=1)
    slow = _engine(trip, lambda work: (time.sleep(_QUICK), record_silence(work))[1])
    with Distributed(slow, trip.follow, threads=1, seconds=_QUICK):
        assert _comes(lambda: all(_is_silent(trip, case_id) for case_id in (trip.case_id, *others)))
        assert _comes(lambda: _jobs(trip) == 0)


def _is_silent(trip: RoundTrip, case_id: str) -> bool:
    return any((row.kind, row.state) == ("hearing", "silent") for row in trip.store.journeys.of_case(case_id))


def _jobs(trip: RoundTrip) -> int:
    with trip.store.database.read() as connection:
        schemas = "SELECT schemaname FROM pg_tables WHERE tablename = 'procrastinate_jobs'"
        schema = connection.exec_driver_sql(schemas).scalar_one()
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {schema}.procrastinate_jobs").scalar_one())  # noqa: S608 - ours


def test_of_a_case_all_is_run_that_is_due_and_what_follows_from_it(trip: RoundTrip) -> None:
    deadline = trip.opens_hearings()
    trip.clock.at = deadline + timedelta(hours=1)
    assert trip.engine.due_cases(9) == (trip.case_id,)
    assert trip.engine.run_case(trip.case_id)
    assert trip.row().state == "weighing"
    assert trip.engine.due(9) == ()
    assert not trip.engine.run_case(trip.case_id)
