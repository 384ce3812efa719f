"""How patiently and how much at once: back-off, tries, leases, and how many of a kind of step run beside each other."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

_FOUR_TIMES = 4


@dataclass(frozen=True)
class Pace:
    """How the engine works.

    Attributes:
        lease: so long nobody else takes a row whose worker has fallen silent; a working one renews it.
        first_wait: after the first failure; each further wait is four times as long.
        longest_wait: between two tries.
        tries: after so many an operator must look at it. With the usual waits that is after more than six hours.
        at_once: of which step at most how many run at once in one process, e.g. as many as there are LibreOffices.
    """

    lease: timedelta = timedelta(seconds=30)
    first_wait: timedelta = timedelta(seconds=15)
    longest_wait: timedelta = timedelta(hours=1)
    tries: int = 10
    at_once: Mapping[str, int] = field(default_factory=dict)

    def wait_after(self, tries: int) -> timedelta | None:
        """How long to wait after so many failures; None: it has been tried often enough."""
        if tries >= self.tries:
            return None
        return min(self.first_wait * float(_FOUR_TIMES ** (tries - 1)), self.longest_wait)


class Slots:
    """Room for the steps of which only so many run at once."""

    def __init__(self, at_once: Mapping[str, int]) -> None:
        self._room, self._lock = dict(at_once), threading.Lock()

    def has_room(self, step: str) -> bool:
        """Whether one more of a step may run."""
        return self._room.get(step, 1) > 0

    @contextmanager
    def taken(self, step: str) -> Iterator[bool]:
        """Take room while the block lasts; False where there is none. Nobody waits: the row stays due."""
        with self._lock:
            is_taken = self.has_room(step)
            self._change(step, -is_taken)
        try:
            yield is_taken
        finally:
            with self._lock:
                self._change(step, is_taken)

    def _change(self, step: str, by: int) -> None:
        if step in self._room:
            self._room[step] += by
