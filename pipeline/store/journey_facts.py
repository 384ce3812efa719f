"""What is known of where something stands, and what is told when it moves: plain facts, ids and codes alone."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from pipeline.cases.record.codec import instant_as_text, instant_from_text


@dataclass(frozen=True)
class Journey:
    """Where a visit, a hearing or an outgoing document stands.

    Attributes:
        about: id of the visit, hearing or delivery.
        parent_id: the row that waits for this one.
        since: when it came into its state.
        wake_at: when the engine looks at it next; None: it waits for a person or for its children, or has ended. While
            a step is under way: until when nobody else may take it.
        deadline_at: the first instant that is too late.
        lease: token of whoever runs its step right now.
        tries: how often the step of this state was begun.
        last_error: name of the kind of error.
        dead_at: when the engine gave it up; an operator must look at it.
        ended_at: when there was nothing more to do.
    """

    id: str
    kind: str
    case_id: str
    about: str
    parent_id: str | None
    state: str
    since: datetime
    wake_at: datetime | None
    remind_at: datetime | None
    deadline_at: datetime | None
    lease: str | None = None
    tries: int = 0
    last_error: str | None = None
    dead_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def times(self) -> "Times":
        """What it waits for."""
        return Times(self.remind_at, self.deadline_at)

    @property
    def is_live(self) -> bool:
        """Whether something is still to come."""
        return self.ended_at is None


@dataclass(frozen=True)
class Times:
    """The instants that a row waits for.

    Attributes:
        remind_at: when somebody is reminded.
        deadline_at: the first instant that is too late.
    """

    remind_at: datetime | None = None
    deadline_at: datetime | None = None


NO_TIMES = Times()


@dataclass(frozen=True)
class NewJourney:
    """A row that begins.

    Attributes:
        parent: kind and id of what waits for it.
    """

    kind: str
    about: str
    state: str
    wake_at: datetime | None = None
    times: Times = NO_TIMES
    parent: tuple[str, str] | None = None


@dataclass(frozen=True)
class Move:
    """Where a row goes.

    Attributes:
        wake_at: when the engine looks at it there.
        ends: there is nothing more to do there.
        actor: who moved it; `system` for the engine.
        outcome: code for why.
    """

    led_to: str
    wake_at: datetime | None = None
    ends: bool = False
    actor: str = "system"
    outcome: str = "ok"


@dataclass(frozen=True)
class LoggedMove:
    """A line of the journal of a row."""

    at: datetime
    actor: str
    state: str
    led_to: str
    outcome: str
    tries: int


_INSTANTS = frozenset({"since", "wake_at", "remind_at", "deadline_at", "dead_at", "ended_at"})
_ARE_INSTANTS = tuple(field.name in _INSTANTS for field in fields(Journey))


def journey_of(row: Sequence[Any]) -> Journey:
    """A journey from its row; the columns of its table have the names and the order of the attributes."""
    pairs = zip(row, _ARE_INSTANTS, strict=True)
    values: list[Any] = [instant_from_text(value) if is_instant and value else value for value, is_instant in pairs]
    return Journey(*values)


def row_of(journey: Journey) -> dict[str, str | int | None]:
    """The row of a journey."""
    facts = vars(journey).items()
    return {name: instant_as_text(value) if isinstance(value, datetime) else value for name, value in facts}


def text_or_none(instant: datetime | None) -> str | None:
    """An instant as it is stored, where there is one."""
    return instant_as_text(instant) if instant else None
