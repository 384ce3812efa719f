"""Whoever keeps the system running makes a row go on, wait or end by hand, with a reason that the case keeps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.cases.hearing.events import HearingWithdrawn, MoreTimeGiven
from pipeline.cases.journey.events import SteppedIn, VisitCalledOff
from pipeline.cases.signing.events import SigningWithdrawn
from pipeline.deadlines.deadline import Deadline
from pipeline.errors import TilsynError
from pipeline.journey.flow import State
from pipeline.journey.moves import Moves
from pipeline.journey.workflow import FLOWS
from pipeline.store.case_change import CaseChange
from pipeline.store.journey_facts import Journey, Times
from pipeline.store.opening import Store

_ACTION = "operation.act"
_ENDS_AS = {
    "visit": "cancelled",
    "hearing": "withdrawn",
    "delivery": "withdrawn",
    "document": "withdrawn",
    "signing": "withdrawn",
    "notice": "stopped",
    "nudge": "unsent",
}


class Deed(StrEnum):
    """What may be done by hand."""

    RETRY = "retry"
    SKIP = "skip"
    CANCEL = "cancel"
    EXTEND = "extend"


class NotPossible(TilsynError):
    """The deed does not fit where the row stands."""


@dataclass(frozen=True)
class Order:
    """What somebody wants done.

    Attributes:
        until: the new last day, where a deadline is extended.
    """

    deed: Deed
    reason: str
    until: date | None = None


class StepIn:
    """Does it, with a line in the case and one in the audit log.

    Args:
        store: holds cases and journeys.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def do(self, journey_id: str, order: Order, by: str) -> None:
        """Do what somebody orders with a row.

        Raises:
            NotPossible: the row is not there any more, or the deed does not fit where it stands; nothing was changed.
            StoreUnavailable: nothing was changed.
        """
        known = self._store.journeys.with_id(journey_id)
        if known is None:
            raise NotPossible("Den findes ikke mere. Gå tilbage til listen, og vælg den derfra.")
        with self._store.cases.change(known.case_id, by, _ACTION) as change:
            row = change.journeys.with_id(journey_id) or known
            if not FLOWS[row.kind].has(row.state) and order.deed is not Deed.CANCEL:
                raise NotPossible(
                    "Denne udgave af systemet kender ikke tilstanden. Stop det, eller spørg leverandøren."
                )
            if not row.is_live:
                raise NotPossible("Der er intet tilbage at gøre: Den er færdig. Vis listen igen.")
            event = SteppedIn(row.kind, row.about, row.state, order.deed.value, order.reason)
            _DEEDS[order.deed](_Hand(change, row, order, by))
            change.add([event], by)


@dataclass(frozen=True)
class _Hand:
    """One deed at one row."""

    change: CaseChange
    row: Journey
    order: Order
    by: str

    @property
    def state(self) -> State:
        return FLOWS[self.row.kind].state(self.row.state)

    @property
    def moves(self) -> Moves:
        return Moves(self.change.journeys, self.by)

    def retry(self) -> None:
        """Try its step again now; what waits for a person or a time has nothing to try."""
        if not (self.row.dead_at or self.row.last_error):
            raise NotPossible("Der er intet at prøve igen: Den venter på et menneske eller på en dato.")
        self.moves.by_hand(self.row, self.row.state, Deed.RETRY)

    def skip(self) -> None:
        """Let it go on as if its step had been done."""
        if not self.state.then:
            raise NotPossible(
                "Den venter på et menneske og kan ikke springes over. Bed sagsbehandleren om at gøre det."
            )
        self.moves.by_hand(self.row, self.state.then, Deed.SKIP)

    def cancel(self) -> None:
        """End it; what the case has to be told is told as if a caseworker had done it."""
        if self.row.kind == "visit":
            self.change.add([VisitCalledOff(self.row.about, "cancelled", self.order.reason)], self.by)
        if self.row.kind == "hearing":
            self.change.add([HearingWithdrawn(self.row.about, self.order.reason)], self.by)
        if self.row.kind == "signing":
            self.change.add([SigningWithdrawn(self.row.about, self.order.reason)], self.by)
        after = self.change.journeys.with_id(self.row.id)
        if after and after.is_live:
            self.moves.by_hand(after, _ENDS_AS[self.row.kind], Deed.CANCEL)

    def extend(self) -> None:
        """Give it a later last day."""
        if self.row.deadline_at is None or self.order.until is None:
            raise NotPossible("Den har ingen frist, der kan forlænges, eller der mangler en dato. Skriv en dato.")
        if self.row.kind == "signing":
            raise NotPossible("Den sidste dag står i det forseglede dokument. Bed sagsbehandleren om at sende et nyt.")
        deadline = Deadline(self.order.until).instant
        if deadline <= self.row.deadline_at:
            raise NotPossible("Den nye frist skal ligge senere end den, der gælder. Skriv en senere dato.")
        if self.row.kind == "hearing":
            self.change.add([MoreTimeGiven(self.row.about, deadline, self.order.reason)], self.by)
        else:
            self.moves.new_times(self.row, Times(self.row.remind_at, deadline))


_DEEDS: dict[Deed, Callable[[_Hand], None]] = {
    Deed.RETRY: _Hand.retry,
    Deed.SKIP: _Hand.skip,
    Deed.CANCEL: _Hand.cancel,
    Deed.EXTEND: _Hand.extend,
}
