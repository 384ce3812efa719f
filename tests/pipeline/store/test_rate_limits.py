"""A limit is held exactly, over several processes and threads, and nothing tells whom it was counted for."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from movable_clock import MovableClock
from sqlalchemy import select

from pipeline.store.opening import Store
from pipeline.store.rate_limits import Limit, RateLimits
from pipeline.store.tables import rate_limits as table

MINUTE = timedelta(minutes=1)
CODE = Limit("code", 5, MINUTE)
READING = Limit("reading", 50, MINUTE, lease=20)
ADDRESS, OTHER = "192.0.2.7", "192.0.2.8"


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


def processes(store: Store, clock: MovableClock, count: int) -> list[RateLimits]:
    return [RateLimits(store.database, store.keyring, clock) for _ in range(count)]


def test_the_limit_is_held_and_the_waiting_time_told(store: Store, clock: MovableClock) -> None:
    [limits] = processes(store, clock, 1)
    assert [limits.take(CODE, ADDRESS) for _ in range(5)] == [None] * 5
    clock.move(timedelta(seconds=20))
    assert limits.take(CODE, ADDRESS) == timedelta(seconds=40)
    assert limits.take(CODE, OTHER) is None
    assert limits.take(Limit("something else", 5, MINUTE), ADDRESS) is None
    clock.move(timedelta(seconds=40))
    assert limits.take(CODE, ADDRESS) is None


def test_the_limit_holds_for_all_processes_together(store: Store, clock: MovableClock) -> None:
    limits = processes(store, clock, 4)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: limits[n % 4].take(CODE, ADDRESS), range(40)))
    assert answers.count(None) == 5


def test_leases_save_commits_and_never_give_more_than_the_limit(store: Store, clock: MovableClock) -> None:
    one, two, three = processes(store, clock, 3)
    allowed = [limits.take(READING, ADDRESS) for _ in range(40) for limits in (one, two, three)].count(None)
    assert allowed == 50
    assert {kept for _, kept in _counted(store)} == {50}


def test_what_was_leased_ends_with_its_window(store: Store, clock: MovableClock) -> None:
    [limits] = processes(store, clock, 1)
    assert [limits.take(READING, ADDRESS) for _ in range(50)].count(None) == 50
    clock.move(MINUTE)
    assert [limits.take(READING, ADDRESS) for _ in range(60)].count(None) == 50


def test_one_leaser_gets_the_whole_limit(store: Store, clock: MovableClock) -> None:
    [limits] = processes(store, clock, 1)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: limits.take(READING, ADDRESS), range(30))).count(None) == 30


def test_a_clock_that_was_set_back_locks_nobody_out(store: Store, clock: MovableClock) -> None:
    [limits] = processes(store, clock, 1)
    for _ in range(6):
        limits.take(CODE, ADDRESS)
    clock.move(-timedelta(days=1))
    assert limits.take(CODE, ADDRESS) is None


def test_no_address_stands_in_the_database(store: Store, clock: MovableClock) -> None:
    [limits] = processes(store, clock, 1)
    limits.take(CODE, ADDRESS)
    [(bucket, _)] = _counted(store)
    assert len(bucket) == 32
    assert ADDRESS.encode() not in bucket


def test_old_counters_are_swept(store: Store, clock: MovableClock) -> None:
    [limits] = processes(store, clock, 1)
    limits.take(CODE, ADDRESS)
    clock.move(timedelta(days=1, seconds=1))
    limits.take(CODE, OTHER)
    assert limits.forget_old() == 1
    assert len(_counted(store)) == 1


def _counted(store: Store) -> list[tuple[bytes, int]]:
    with store.database.read() as connection:
        return [(bytes(bucket), used) for bucket, used in connection.execute(select(table.c.bucket, table.c.used))]
