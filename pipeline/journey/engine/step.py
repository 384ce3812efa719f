"""How a step looks: it is given the row and the store, does what may be done twice, and says what has happened."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from pipeline.cases.record.case import Case
from pipeline.cases.record.events import Event
from pipeline.store.case_change import CaseChange
from pipeline.store.journey_facts import Journey
from pipeline.store.opening import Store


@dataclass(frozen=True)
class Work:
    """What a step works with.

    Attributes:
        now: when this try began.
        until_committed: is closed after the commit, or with the fault that prevented it; here go files in the making.
    """

    journey: Journey
    store: Store
    now: datetime
    until_committed: ExitStack

    @property
    def key(self) -> str:
        """The same for every try of this step: whoever delivers something under it delivers it once."""
        return f"{self.journey.case_id}-{self.journey.kind}-{self.journey.about}"

    def case(self) -> Case:
        """The case as it was when the step first asked."""
        return self._case

    @cached_property
    def _case(self) -> Case:
        return self.store.cases.case(self.journey.case_id)


@dataclass(frozen=True)
class Done:
    """What a step has done.

    Attributes:
        events: are added to the case, by `system`, in the transaction that moves the row.
        within: does more in that transaction, e.g. tells of a file that the step has made.
        led_to: another state than the workflow's `then`.
    """

    events: Sequence[Event] = ()
    within: Callable[[CaseChange], None] | None = None
    led_to: str = ""


Step = Callable[[Work], Done]
"""Does one step. It may be run again after a crash, so whatever it does outside the database must bear that."""

NOTHING = Done()
