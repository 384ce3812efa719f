"""One case at a time: who comes meanwhile waits, who presses twice is served once, too many are sent away."""

import threading
from collections import Counter
from collections.abc import Callable

from pipeline.errors import StepFailed

_BUSY = "Der er mange i kø lige nu. Vent et øjeblik, og tryk på knappen igen."
_CLOSED = "Systemet er ved at lukke ned. Prøv igen, når det kører."


class QueueOfOne:
    """Lets one piece of work run at a time.

    Args:
        places: how many may be inside, the one at work included; fewer than the server's threads, so that pages
            are still answered while work waits.
    """

    def __init__(self, places: int = 4) -> None:
        self._places = threading.BoundedSemaphore(places)
        self._turn = threading.Lock()
        self._done: Counter[str] = Counter()
        self._closed = False

    def run(self, name: str, work: Callable[[], None]) -> None:
        """Do the work, unless work of the same name was finished while this one waited.

        Raises:
            StepFailed: the queue is full or closed.
        """
        done_before = self._done[name]
        if not self._places.acquire(blocking=False):
            raise StepFailed(_BUSY)
        try:
            self._in_turn(name, work, done_before)
        finally:
            self._places.release()

    def close(self, last: Callable[[], None]) -> None:
        """Wait for the one at work, turn away the others, and do one last thing."""
        with self._turn:
            self._closed = True
            last()

    def _in_turn(self, name: str, work: Callable[[], None], done_before: int) -> None:
        with self._turn:
            if self._closed:
                raise StepFailed(_CLOSED)
            if self._done[name] == done_before:
                work()
                self._done[name] += 1
