"""What a running server clears away: ended sessions and old counters, round after round, whatever the database does."""

import logging
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import StoreUnavailable
from pipeline.store.opening import Places, open_store
from pipeline.store.rate_limits import Limit, RateLimits
from pipeline.store.sessions import Sessions
from webforms.housekeeping import Housekeeping

OFTEN = 0.005


@dataclass(frozen=True)
class Kept:
    """What is cleared."""

    sessions: Any
    limits: Any


class Clears:
    """Stands for sessions and counters alike; counts its rounds, and fails in those that it is told."""

    def __init__(self, fails_until: int = 0) -> None:
        self.rounds, self._fails_until = 0, fails_until
        self.third = threading.Event()

    def forget_ended(self) -> int:
        self.rounds += 1
        if self.rounds >= 3:
            self.third.set()
        if self.rounds <= self._fails_until:
            raise StoreUnavailable("Der kan ikke gemmes eller hentes lige nu.")
        return 0

    def forget_old(self) -> int:
        return self.forget_ended()


def test_ended_sessions_and_old_counters_are_gone_after_a_round(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    store = open_store(Places.in_home(tmp_path / "home"), lambda: moment)
    sessions = Sessions(store.database, store.keyring, lambda: moment)
    limits = RateLimits(store.database, store.keyring, lambda: moment)
    sessions.begin("en opdigtet", b"x")
    limits.take(Limit("prøve", 1, timedelta(minutes=1)), "en opdigtet")
    moment += timedelta(days=2)
    kept = sessions.begin("en anden opdigtet", b"x")
    Housekeeping(Kept(sessions, limits)).tidy()
    with store.database.read() as connection:
        left = [
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608 - names of our own
            for table in ("sessions", "rate_limits")
        ]
    assert left == [1, 0]
    assert sessions.find(kept)
    store.close()


def test_it_comes_round_again_and_again_and_ends_with_the_block() -> None:
    sessions, limits = Clears(), Clears()
    with Housekeeping(Kept(sessions, limits), OFTEN):
        assert limits.third.wait(30)
    rounds = sessions.rounds
    time.sleep(10 * OFTEN)
    assert sessions.rounds == rounds


def test_the_block_does_not_wait_for_the_next_round() -> None:
    begun = time.monotonic()
    with Housekeeping(Kept(Clears(), Clears()), seconds=600):
        pass
    assert time.monotonic() - begun < 60


def test_it_goes_on_after_the_database_has_failed_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    sessions = Clears(fails_until=2)
    with caplog.at_level(logging.WARNING), Housekeeping(Kept(sessions, Clears()), OFTEN):
        assert sessions.third.wait(30)
    assert [record.getMessage() for record in caplog.records] == [
        "housekeeping: StoreUnavailable: Der kan ikke gemmes eller hentes lige nu."
    ] * 2
