"""Renews the leases of the steps that run right now, so that a long step is not taken for a dead one."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import TracebackType
from typing import Self

from pipeline.errors import StoreUnavailable
from pipeline.store.clock import Clock
from pipeline.store.journey_facts import Journey
from pipeline.store.journeys import Journeys

_log = logging.getLogger(__name__)
_RENEWALS_IN_A_LEASE = 3


class LeaseKeeper:
    """A thread that lives as long as the block.

    Args:
        journeys: hold the leases.
        lease: how long each lasts.
        clock: tells the moment.
    """

    def __init__(self, journeys: Journeys, lease: timedelta, clock: Clock) -> None:
        self._journeys, self._lease, self._clock = journeys, lease, clock
        self._kept: dict[str, Journey] = {}
        self._lock, self._over = threading.Lock(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="lease-keeper", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, what: BaseException | None, where: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    @contextmanager
    def keeping(self, taken: Journey) -> Iterator[None]:
        """Keep a row while the block lasts."""
        # By lease, not by row: after a long standstill this process may have taken the same row again.
        lease = str(taken.lease)
        with self._lock:
            self._kept[lease] = taken
        try:
            yield
        finally:
            with self._lock:
                del self._kept[lease]

    def _run(self) -> None:
        while not self._over.wait(self._lease.total_seconds() / _RENEWALS_IN_A_LEASE):
            with self._lock:
                kept = tuple(self._kept.values())
            for taken in kept:
                self._renew(taken)

    def _renew(self, taken: Journey) -> None:
        """One that is no longer ours needs nothing: its commit will be refused."""
        try:
            self._journeys.renew(taken, self._clock() + self._lease)
        except StoreUnavailable as fault:
            _log.warning("a lease could not be renewed: %s", type(fault).__name__)
