"""The machines that make documents for the pages: started with the first document, kept warm, ended with the server."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from pipeline.documents.render import Workshop
from pipeline.errors import StepFailed

_BUSY = "Der bliver lavet mange dokumenter lige nu. Vent et øjeblik, og prøv igen."
_CLOSED = "Systemet er ved at lukke ned. Prøv igen, når det kører."


class Machines:
    """One workshop for the pages.

    Args:
        start: opens the workshop.
        places: how many requests may make documents at a time; fewer than the server's threads, so that pages are
            still answered meanwhile.
    """

    def __init__(self, start: Callable[[], AbstractContextManager[Workshop]], places: int = 4) -> None:
        self._start, self._stack = start, ExitStack()
        self._places, self._opening = threading.BoundedSemaphore(places), threading.Lock()
        self._workshop: Workshop | None = None
        self._closed = False

    @contextmanager
    def at_work(self) -> Iterator[Workshop]:
        """The workshop, for the length of the block; the first to ask waits until it is started.

        Raises:
            StepFailed: too many are at work, or the server is closing down.
        """
        if not self._places.acquire(blocking=False):
            raise StepFailed(_BUSY)
        try:
            yield self._opened()
        finally:
            self._places.release()

    def close(self) -> None:
        """End every process that was started."""
        with self._opening:
            self._closed, self._workshop = True, None
            self._stack.close()

    def _opened(self) -> Workshop:
        with self._opening:
            if self._closed:
                raise StepFailed(_CLOSED)
            if self._workshop is None:
                self._workshop = self._stack.enter_context(self._start())
            return self._workshop
