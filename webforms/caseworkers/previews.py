"""Drafts of reports, made beside the requests: begun when the page opens, there by the time somebody presses a link.

They stay in memory only, a few at a time and for a few minutes; nothing of them is ever on the disk after it is made.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillAtWork
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pipeline.cases.answers import Answers
from pipeline.documents.draft import Draft
from pipeline.errors import StepFailed
from pipeline.store.clock import Clock

_NOT_READY = "Udkastet er ikke færdigt endnu. Vent et øjeblik, og tryk igen."
_MOST, _AT_WORK = 6, 4
_KEPT_FOR = timedelta(minutes=5)


@dataclass(frozen=True)
class DraftOf:
    """Which draft: of a visit, as the case stood at a revision, dated on a day."""

    case_id: str
    visit: str
    revision: int
    day: date


@dataclass(frozen=True)
class _Begun:
    at: datetime
    made: Future[tuple[Draft, ...]]


class Previews:
    """The drafts that are being made or were made a short while ago.

    Args:
        make: makes the drafts of a visit.
        clock: tells when one is too old to keep.
    """

    def __init__(self, make: Callable[[Answers], tuple[Draft, ...]], clock: Clock) -> None:
        self._make, self._clock = make, clock
        self._begun: OrderedDict[DraftOf, _Begun] = OrderedDict()
        self._lock = threading.Lock()
        # One at a time: the converter is one machine, and pages and saves go before drafts.
        self._hand = ThreadPoolExecutor(max_workers=1, thread_name_prefix="udkast")

    def begin(self, draft: DraftOf, answers: Answers) -> None:
        """Let a draft be made, unless it is there or being made; where too many wait, this one is not begun."""
        with self._lock:
            self._forget_old()
            at_work = sum(not one.made.done() for one in self._begun.values())
            if draft not in self._begun and at_work < _AT_WORK:
                self._begun[draft] = _Begun(self._clock(), self._hand.submit(self._make, answers))

    def wait_for(self, draft: DraftOf, answers: Answers, seconds: float) -> tuple[Draft, ...]:
        """The draft, as soon as it is made.

        Raises:
            TilsynError: it could not be made; asked again it is tried again.
            StepFailed: it takes longer than that, or too many are being made.
        """
        self.begin(draft, answers)
        with self._lock:
            begun = self._begun.get(draft)
        if begun is None:
            raise StepFailed(_NOT_READY)
        try:
            return begun.made.result(timeout=seconds)
        except StillAtWork:
            raise StepFailed(_NOT_READY) from None
        except Exception:
            with self._lock:
                self._begun.pop(draft, None)
            raise

    def _forget_old(self) -> None:
        oldest = self._clock() - _KEPT_FOR
        done = [draft for draft, begun in self._begun.items() if begun.made.done()]
        too_many = done[: max(0, len(self._begun) + 1 - _MOST)]
        for draft in done:
            if draft in too_many or self._begun[draft].at < oldest:
                del self._begun[draft]
