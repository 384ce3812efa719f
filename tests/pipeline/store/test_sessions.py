"""Sessions live in the database, hold for a while, and are over at once when they are ended."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from movable_clock import MovableClock
from sqlalchemy import func, select, update

from pipeline.errors import StoreUnavailable, Tampered
from pipeline.store.opening import Store
from pipeline.store.sessions import SessionLimits, Sessions
from pipeline.store.tables import sessions as table

OWNER, OTHER = "person:opdigtet", "person:en-anden"
CONTENT = b"det, der skal huskes"
IDLE, ABSOLUTE = timedelta(minutes=30), timedelta(hours=8)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def sessions(store: Store, clock: MovableClock) -> Sessions:
    return Sessions(store.database, store.keyring, clock, SessionLimits(IDLE, ABSOLUTE))


def test_what_was_put_in_is_found_by_its_secret_alone(sessions: Sessions) -> None:
    secret = sessions.begin(OWNER, CONTENT)
    found = sessions.find(secret)
    assert found is not None
    assert found.content == CONTENT
    for guess in ("", secret[:-1], secret.swapcase(), found.handle, "\ud800"):
        assert sessions.find(guess) is None


def test_a_secret_has_256_bits_and_is_not_kept(sessions: Sessions, store: Store) -> None:
    secrets = {sessions.begin(OWNER, CONTENT) for _ in range(50)}
    assert len(secrets) == 50
    assert {len(secret) for secret in secrets} == {43}
    with store.database.read() as connection:
        kept = str(connection.execute(select(table)).all())
    assert not [secret for secret in secrets if secret in kept]
    assert OWNER not in kept
    assert CONTENT.decode() not in kept


def test_an_unused_session_ends_after_a_while(sessions: Sessions, clock: MovableClock) -> None:
    secret = sessions.begin(OWNER, CONTENT)
    clock.move(IDLE - timedelta(seconds=1))
    assert sessions.find(secret)
    clock.move(IDLE - timedelta(seconds=1))
    assert sessions.find(secret)
    clock.move(IDLE)
    assert sessions.find(secret) is None


def test_no_session_outlasts_its_end_however_much_it_is_used(sessions: Sessions, clock: MovableClock) -> None:
    secret = sessions.begin(OWNER, CONTENT)
    for _ in range(int(ABSOLUTE / IDLE) * 2 - 1):
        clock.move(IDLE / 2)
        assert sessions.find(secret)
    clock.move(IDLE / 2)
    assert sessions.find(secret) is None


def test_a_shorter_life_than_the_longest_can_be_asked_for(sessions: Sessions, clock: MovableClock) -> None:
    short = sessions.begin(OWNER, CONTENT, timedelta(minutes=10))
    long = sessions.begin(OWNER, CONTENT, timedelta(days=10))
    assert [found.ends - found.began for found in sessions.of_owner(OWNER)] in (
        [IDLE / 3, ABSOLUTE],
        [ABSOLUTE, IDLE / 3],
    )
    clock.move(timedelta(minutes=10))
    assert sessions.find(short) is None
    assert sessions.find(long)


def test_use_is_written_down_once_a_minute_at_most(sessions: Sessions, clock: MovableClock, store: Store) -> None:
    secret = sessions.begin(OWNER, CONTENT)
    began = clock()
    for seconds, seen in ((59, 0), (60, 60), (119, 60), (120, 120)):
        clock.at = began + timedelta(seconds=seconds)
        sessions.find(secret)
        [found] = sessions.of_owner(OWNER)
        assert (found.seen - began).total_seconds() == seen


def test_where_nothing_can_be_written_a_session_holds_until_it_would_have_ended_unused(
    sqlite_store: Store, clock: MovableClock
) -> None:
    sessions = Sessions(sqlite_store.database, sqlite_store.keyring, clock, SessionLimits(IDLE, ABSOLUTE))
    secret = sessions.begin(OWNER, CONTENT)
    with sqlite_store.database.engine.connect() as connection:  # back in the pool it still takes no writing
        connection.exec_driver_sql("PRAGMA query_only=1")
    with pytest.raises(StoreUnavailable):
        sessions.begin(OWNER, CONTENT)
    clock.move(timedelta(minutes=5))
    assert sessions.find(secret) is not None
    clock.move(IDLE)
    assert sessions.find(secret) is None


def test_an_ended_session_is_gone_at_once(sessions: Sessions) -> None:
    secret = sessions.begin(OWNER, CONTENT)
    assert sessions.end(secret)
    assert sessions.find(secret) is None
    assert not sessions.end(secret)
    assert sessions.of_owner(OWNER) == ()


def test_somebody_ends_their_own_sessions_and_nobody_elses(sessions: Sessions) -> None:
    mine, yours = sessions.begin(OWNER, CONTENT), sessions.begin(OTHER, CONTENT)
    [of_mine], [of_yours] = sessions.of_owner(OWNER), sessions.of_owner(OTHER)
    assert not sessions.end_one(OWNER, of_yours.handle)
    for nonsense in ("", "zz", "ab", "æ"):
        assert not sessions.end_one(OWNER, nonsense)
    assert sessions.find(yours)
    assert sessions.end_one(OWNER, of_mine.handle)
    assert sessions.find(mine) is None


def test_all_sessions_of_one_person_end_together(sessions: Sessions) -> None:
    mine = [sessions.begin(OWNER, CONTENT) for _ in range(3)]
    yours = sessions.begin(OTHER, CONTENT)
    assert sessions.end_all(OWNER) == 3
    assert [sessions.find(secret) for secret in mine] == [None] * 3
    assert sessions.find(yours)


def test_only_one_of_many_takes_a_session(sessions: Sessions) -> None:
    secret = sessions.begin(OWNER, CONTENT)
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: sessions.take(secret), range(8)))
    assert len([found for found in taken if found]) == 1
    assert sessions.find(secret) is None


@pytest.mark.parametrize("column", ["ends_at", "id_hash"])
def test_nobody_lengthens_or_swaps_a_session_by_way_of_the_database(
    sessions: Sessions, store: Store, column: str
) -> None:
    secret = sessions.begin(OWNER, CONTENT)
    sessions.begin(OTHER, b"en andens")
    [mine], [yours] = sessions.of_owner(OWNER), sessions.of_owner(OTHER)
    changed = {"ends_at": "2099-01-01T00:00:00.000000Z"} if column == "ends_at" else {}
    with store.database.write() as connection:
        which = update(table).where(table.c.id_hash == bytes.fromhex(mine.handle))
        theirs = select(table.c.sealed).where(table.c.id_hash == bytes.fromhex(yours.handle))
        connection.execute(which.values(changed or {"sealed": connection.execute(theirs).scalar_one()}))
    with pytest.raises(Tampered):
        sessions.find(secret)


def test_what_has_ended_is_swept_and_the_rest_stays(sessions: Sessions, clock: MovableClock, store: Store) -> None:
    sessions.end(sessions.begin(OWNER, CONTENT))
    sessions.begin(OWNER, CONTENT, timedelta(minutes=1))
    sessions.begin(OWNER, CONTENT)
    clock.move(IDLE - timedelta(minutes=1))
    kept = sessions.begin(OWNER, CONTENT)
    clock.move(timedelta(minutes=1))
    assert sessions.forget_ended() == 3
    with store.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 1
    assert sessions.find(kept)


def test_sessions_outlast_a_new_master_key(sessions: Sessions, store: Store) -> None:
    secret = sessions.begin(OWNER, CONTENT)
    store.keyring.add_generation()
    newer = sessions.begin(OWNER, CONTENT)
    assert sessions.find(secret)
    assert sessions.find(newer)
    assert len(sessions.of_owner(OWNER)) == 2
