"""What has come of the journey of a case's visits, folded from its events."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from pipeline.cases.journey import events as ev


@dataclass(frozen=True)
class Noted:
    """Something of the journey with when it happened and by whom."""

    at: datetime
    by: str
    what: ev.ReminderGiven | ev.SteppedIn


@dataclass(frozen=True)
class Travelled:
    """How far the visits of a case have come.

    Attributes:
        ordered: by id of the order.
        to_send, withdrawn: by id of the delivery.
        called_off, outcomes, reassessed, archived: by id of the visit; the newest counts.
        not_held: oldest first.
        noted: reminders, and what was done by hand, oldest first.
    """

    ordered: Mapping[str, ev.DocumentOrdered] = field(default_factory=dict)
    to_send: Mapping[str, ev.DocumentToSend] = field(default_factory=dict)
    withdrawn: Mapping[str, ev.DeliveryWithdrawn] = field(default_factory=dict)
    called_off: Mapping[str, ev.VisitCalledOff] = field(default_factory=dict)
    not_held: tuple[ev.VisitNotHeld, ...] = ()
    outcomes: Mapping[str, ev.OutcomeDecided] = field(default_factory=dict)
    reassessed: Mapping[str, ev.ReassessmentDone] = field(default_factory=dict)
    archived: Mapping[str, ev.VisitArchived] = field(default_factory=dict)
    noted: tuple[Noted, ...] = ()

    @property
    def archived_up_to(self) -> int:
        """The last event of the case that the archive holds."""
        return max((one.up_to for one in self.archived.values()), default=0)


def after(travelled: Travelled, event: Any, at: datetime, by: str) -> Travelled:
    """How far they have come after an event."""
    return _APPLY[type(event)](travelled, event, at, by)


def _ordered(all_: Travelled, e: ev.DocumentOrdered, at: datetime, by: str) -> Travelled:
    return replace(all_, ordered={**all_.ordered, e.order: e})


def _to_send(all_: Travelled, e: ev.DocumentToSend, at: datetime, by: str) -> Travelled:
    return replace(all_, to_send={**all_.to_send, e.delivery: e})


def _withdrawn(all_: Travelled, e: ev.DeliveryWithdrawn, at: datetime, by: str) -> Travelled:
    return replace(all_, withdrawn={**all_.withdrawn, e.delivery: e})


def _not_held(all_: Travelled, e: ev.VisitNotHeld, at: datetime, by: str) -> Travelled:
    return replace(all_, not_held=(*all_.not_held, e))


def _called_off(all_: Travelled, e: ev.VisitCalledOff, at: datetime, by: str) -> Travelled:
    return replace(all_, called_off={**all_.called_off, e.visit: e})


def _decided(all_: Travelled, e: ev.OutcomeDecided, at: datetime, by: str) -> Travelled:
    return replace(all_, outcomes={**all_.outcomes, e.visit: e})


def _reassessed(all_: Travelled, e: ev.ReassessmentDone, at: datetime, by: str) -> Travelled:
    return replace(all_, reassessed={**all_.reassessed, e.visit: e})


def _archived(all_: Travelled, e: ev.VisitArchived, at: datetime, by: str) -> Travelled:
    return replace(all_, archived={**all_.archived, e.visit: e})


def _noted(all_: Travelled, e: ev.ReminderGiven | ev.SteppedIn, at: datetime, by: str) -> Travelled:
    return replace(all_, noted=(*all_.noted, Noted(at, by, e)))


_APPLY: dict[type[Any], Callable[[Travelled, Any, datetime, str], Travelled]] = {
    ev.DocumentOrdered: _ordered,
    ev.DocumentToSend: _to_send,
    ev.DeliveryWithdrawn: _withdrawn,
    ev.VisitCalledOff: _called_off,
    ev.VisitNotHeld: _not_held,
    ev.OutcomeDecided: _decided,
    ev.ReassessmentDone: _reassessed,
    ev.VisitArchived: _archived,
    ev.ReminderGiven: _noted,
    ev.SteppedIn: _noted,
}
