"""What a server clears away while it runs: ended sessions and counters that nobody needs any more."""

import logging
import threading
from types import TracebackType
from typing import Protocol, Self

from pipeline.errors import TilsynError

_SECONDS_BETWEEN = 600.0
_log = logging.getLogger(__name__)


class KeepsSessions(Protocol):
    """Who is signed in."""

    def forget_ended(self) -> int:
        """Remove what has ended."""


class KeepsCounters(Protocol):
    """How often somebody has done something."""

    def forget_old(self) -> int:
        """Remove what no limit needs any more."""


class Keeps(Protocol):
    """What is cleared; `identity.Services` is one."""

    @property
    def sessions(self) -> KeepsSessions:
        """The sessions."""

    @property
    def limits(self) -> KeepsCounters:
        """The counters."""


class Housekeeping:
    """A thread that lives as long as the block.

    Args:
        services: hold what is cleared.
        seconds: between two rounds.
    """

    def __init__(self, services: Keeps, seconds: float = _SECONDS_BETWEEN) -> None:
        self._services, self._seconds = services, seconds
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="housekeeping", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def tidy(self) -> None:
        """One round.

        Raises:
            StoreUnavailable: the database does not answer; the next round tries again.
        """
        self._services.sessions.forget_ended()
        self._services.limits.forget_old()

    def _run(self) -> None:
        while not self._over.wait(self._seconds):
            try:
                self.tidy()
            except TilsynError as problem:
                _log.warning("housekeeping: %s: %s", type(problem).__name__, problem)
