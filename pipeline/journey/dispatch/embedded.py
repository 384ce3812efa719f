"""Dispatches in this process, for as long as the block lasts: one thread looks what is due, some do it."""

import fcntl
import logging
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.errors import StoreUnavailable
from pipeline.journey.begin_missing import begin_missing
from pipeline.journey.engine.engine import Engine
from pipeline.journey.follow import Follow
from pipeline.vault.private_file import PRIVATE_FILE

_log = logging.getLogger(__name__)
_THREADS = 4
_SECONDS_BETWEEN_LOOKS = 0.5
_AT_A_TIME = 100
_IN_HAND = 2
"""So many cases for each thread are handed out before one is done; what waits longer is looked at anew."""


class Embedded:
    """A dispatcher of its own for a database in a file, which only one process may dispatch.

    Of several on one file the first works; when it ends, however it ends, the next takes over.

    Args:
        engine: does the steps.
        follow: begins the rows that are missing.
        threads: how many at once.
        seconds: between two looks at what is due.
    """

    def __init__(
        self, engine: Engine, follow: Follow, threads: int = _THREADS, seconds: float = _SECONDS_BETWEEN_LOOKS
    ) -> None:
        self._engine, self._follow, self._threads, self._seconds = engine, follow, threads, seconds
        self._under_way: set[str] = set()
        self._lock, self._over, self._open = threading.Lock(), threading.Event(), ExitStack()
        self._look_again = threading.Event()
        self._looker = threading.Thread(target=self._run, name="journeys", daemon=True)

    def __enter__(self) -> Self:
        self._open.enter_context(self._engine)
        self._looker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, what: BaseException | None, where: TracebackType | None
    ) -> None:
        """Take nothing more, and wait for what is under way."""
        self._over.set()
        self._look_again.set()
        self._looker.join()
        self._open.__exit__(kind, what, where)

    def _run(self) -> None:
        with ExitStack() as ours:
            if not self._is_alone(ours):
                return
            self._begin()
            workers = ours.enter_context(ThreadPoolExecutor(self._threads, "journey"))
            ours.callback(workers.shutdown, cancel_futures=True)
            while not self._over.is_set():
                self._look_again.clear()
                self._look(workers)
                self._look_again.wait(self._seconds)

    def _is_alone(self, ours: ExitStack) -> bool:
        """Wait until nobody else dispatches on this file; False where we are to end before."""
        database = self._engine.store.database.file
        if database is None:
            return True
        lock = os.open(_lock_file(database), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, PRIVATE_FILE)
        ours.callback(os.close, lock)
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                if self._over.wait(self._seconds):
                    return False

    def _begin(self) -> None:
        """Nobody else runs anything, so whatever is taken was taken by somebody who is gone."""
        while not self._over.is_set():
            try:
                if self._engine.store.database.file:
                    self._engine.store.journeys.free_all(self._engine.clock())
                begin_missing(self._engine.store, self._follow)
                return
            except StoreUnavailable as fault:
                _log.warning("journeys cannot begin: %s", type(fault).__name__)
                self._over.wait(self._seconds)

    def _look(self, workers: ThreadPoolExecutor) -> None:
        """Hand out what is due and not under way."""
        try:
            due = self._engine.due_cases(_AT_A_TIME)
        except Exception as fault:  # whatever it is, the next look may be better; without this thread nothing goes on
            _log.warning("what is due is not known: %s", type(fault).__name__)
            return
        with self._lock:
            room = _IN_HAND * self._threads - len(self._under_way)
            new = [case_id for case_id in due if case_id not in self._under_way][:room]
            self._under_way.update(new)
        for case_id in new:
            workers.submit(self._run_case, case_id)

    def _run_case(self, case_id: str) -> None:
        has_run = False
        try:
            has_run = self._engine.run_case(case_id)
        except Exception as fault:  # as above; its rows stay due
            _log.warning("journeys of case %s could not be taken: %s", case_id, type(fault).__name__)
        finally:
            with self._lock:
                self._under_way.discard(case_id)
            if has_run:  # somebody may have waited for room; where there was none a look can wait
                self._look_again.set()


def _lock_file(database: Path) -> Path:
    return database.with_name(f"{database.name}.rejser")
