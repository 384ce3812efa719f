"""Runs one due row: takes it, does its step, and commits what happened, the next state and the journal together."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from pipeline.errors import StepFailed, StoreUnavailable
from pipeline.journey.engine.lease_keeper import LeaseKeeper
from pipeline.journey.engine.pace import Pace, Slots
from pipeline.journey.engine.step import NOTHING, Done, Step, Work
from pipeline.journey.flow import State
from pipeline.journey.moves import SYSTEM, Moves
from pipeline.journey.workflow import FLOWS, STEPS
from pipeline.store.clock import Clock, now
from pipeline.store.journey_facts import Journey
from pipeline.store.journey_rows import LeaseLost
from pipeline.store.opening import Store
from pipeline.store.refusals import CaseNotFound

_log = logging.getLogger(__name__)
_USUAL = Pace()
KILLED = "Killed"
"""Stands for an error where every try ended without a word: the step takes its whole process with it."""
UNKNOWN = "UnknownState"
"""Stands for an error where this release has no such state: one that was renamed without a migration, or is newer."""


class Engine:
    """The engine of one process; dispatchers hand it the ids of cases with due rows, in as many threads as they like.

    Args:
        store: holds cases and journeys.
        steps: what is done, by name.
        pace: how patiently, and how much at once.
        clock: tells the moment.

    Raises:
        LookupError: nobody does a step of the workflow; a fault of ours, found when the program starts.
    """

    def __init__(self, store: Store, steps: Mapping[str, Step], pace: Pace = _USUAL, clock: Clock = now) -> None:
        if missing := STEPS - steps.keys():
            raise LookupError(f"nobody does the steps {sorted(missing)}")
        self.store, self.clock = store, clock
        self._steps, self._pace, self._slots = steps, pace, Slots(pace.at_once)
        self._keeper = LeaseKeeper(store.journeys, pace.lease, clock)

    def __enter__(self) -> Self:
        self._keeper.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, what: BaseException | None, where: TracebackType | None
    ) -> None:
        self._keeper.__exit__(kind, what, where)

    def due(self, most: int) -> tuple[str, ...]:
        """Ids of the rows whose time has come and for whose step there is room, the longest waiting first."""
        return tuple(row.id for row in self._due(most))

    def due_cases(self, most: int) -> tuple[str, ...]:
        """Ids of the cases with such rows: a case's rows wait for each other, so they are handed out together."""
        return tuple(dict.fromkeys(row.case_id for row in self._due(most)))

    def run_now(self, case_id: str, kind: str, about: str) -> None:
        """Run the step of a row that has just become due, for somebody who waits for it; else a dispatcher comes by.

        Whatever goes wrong is the row's business: it is tried again, as after any other try.
        """
        try:
            for row in self.store.journeys.due_of(case_id, self.clock()):
                if (row.kind, row.about) == (kind, about):
                    self._run(row)
        except StoreUnavailable as fault:
            _log.warning("a journey could not be run at once: %s", type(fault).__name__)

    def run_case(self, case_id: str) -> bool:
        """Run what is due of a case and what that leads to, row by row; False where nothing could be run.

        Raises:
            StoreUnavailable: a row could not be taken; whoever asks again later finds it due.
        """
        has_run = False
        while any([self._run(row) for row in self.store.journeys.due_of(case_id, self.clock())]):
            has_run = True
        return has_run

    def run(self, journey_id: str) -> bool:
        """Run one row's step once; False where there was nothing to run, or no room for it now.

        Raises:
            StoreUnavailable: as `run_case`.
        """
        row = self.store.journeys.with_id(journey_id)
        return row is not None and self._run(row)

    def _due(self, most: int) -> Iterator[Journey]:
        found = self.store.journeys.due(self.clock(), most)
        return (row for row in found if self._slots.has_room(_state(row).step))

    def _run(self, row: Journey) -> bool:
        with self._slots.taken(_state(row).step) as has_room:
            moment = self.clock()
            taken = self.store.journeys.claim(row.id, moment, moment + self._pace.lease) if has_room else None
            if taken is None:
                return False
            with self._keeper.keeping(taken):
                self._try(taken)
            return True

    def _try(self, taken: Journey) -> None:
        if taken.tries > self._pace.tries or not _is_known(taken):
            self._give_back(taken, KILLED if _is_known(taken) else UNKNOWN, again=False)
            return
        try:
            with ExitStack() as until_committed:
                self._commit(taken, self._do(taken, until_committed))
        except (LeaseLost, CaseNotFound):
            # Somebody's deed led elsewhere, another worker was quicker, or the case was erased: nothing is left to do.
            _log.info("journey %s was taken meanwhile", taken.id)
        except StepFailed as fault:
            self._failed(taken, fault, again=not fault.permanent)
        except Exception as fault:  # whatever it is, the row must be tried again or shown to the operator
            self._failed(taken, fault, again=True)

    def _do(self, taken: Journey, until_committed: ExitStack) -> Done:
        step = _state(taken).step
        return self._steps[step](Work(taken, self.store, self.clock(), until_committed)) if step else NOTHING

    def _commit(self, taken: Journey, done: Done) -> None:
        state = _state(taken)
        with self.store.cases.change(taken.case_id, SYSTEM, f"journey.{state.step or 'wait'}") as change:
            # First of all, so that whoever has lost the row writes nothing.
            Moves(change.journeys).step(taken, done.led_to or state.then)
            if done.within:
                done.within(change)
            change.add(done.events, SYSTEM)

    def _failed(self, taken: Journey, fault: Exception, *, again: bool) -> None:
        # Never the words of a fault: they may hold what a case holds.
        _log.warning("journey %s, %s: %s", taken.id, taken.state, type(fault).__name__)
        self._give_back(taken, type(fault).__name__, again=again)

    def _give_back(self, taken: Journey, error: str, *, again: bool) -> None:
        wait = self._pace.wait_after(taken.tries) if again else None
        moment = self.clock()
        try:
            self.store.journeys.failed(taken, error, moment + wait if wait else None, moment)
        except StoreUnavailable:
            _log.warning("journey %s could not be given back; its lease runs out by itself", taken.id)


def _state(journey: Journey) -> State:
    return FLOWS[journey.kind].state(journey.state)


def _is_known(journey: Journey) -> bool:
    return FLOWS[journey.kind].has(journey.state)
