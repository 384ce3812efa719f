"""What a flow is made of: states, what wakes them, the step that is done there, and the deeds that lead elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from pipeline.store.journey_facts import Times


class Wakes(Enum):
    """What makes the engine look at a row in a state."""

    NEVER = "a person's deed leads on"
    AT_ONCE = "there is something to do"
    AT_REMINDER = "the time to remind has come"
    AFTER_DEADLINE = "the last moment has passed"
    WITH_LAST_CHILD = "nothing is left of what it waits for"


AFTER_DEADLINE = timedelta(seconds=60)
"""So long after a deadline it is acted upon: an answer that came in time may still be on its way to the disk."""


@dataclass(frozen=True)
class State:
    """One state.

    Attributes:
        wakes: what makes the engine look.
        step: what is then done, by the name it is handed in under; empty: it only goes on.
        then: where it leads.
        deeds: what people do here, and where that leads.
        ends: there is nothing more to do.
        at_most: so long it may stand here before somebody should look.
    """

    name: str
    wakes: Wakes = Wakes.NEVER
    step: str = ""
    then: str = ""
    deeds: Mapping[str, str] = field(default_factory=dict)
    ends: bool = False
    at_most: timedelta | None = None

    def wake_at(self, times: Times, now: datetime) -> datetime | None:
        """When the engine looks at a row that stands here; None where it does not."""
        match self.wakes:
            case Wakes.AT_ONCE:
                return now
            case Wakes.AT_REMINDER:
                return times.remind_at
            case Wakes.AFTER_DEADLINE:
                return times.deadline_at + AFTER_DEADLINE if times.deadline_at else None
        return None


class Flow:
    """All states of one kind of row; the first is where it begins.

    Args:
        kind: of the rows.
        states: each leads only to others of these.

    Raises:
        ValueError: a state leads to one that is not there; a fault of ours, found when the program starts.
    """

    def __init__(self, kind: str, *states: State) -> None:
        self.kind, self.begins = kind, states[0]
        self.states = {state.name: state for state in states}
        for state in states:
            if unknown := {*state.deeds.values(), *filter(None, [state.then])} - set(self.states):
                raise ValueError(f"{kind}: {state.name} leads to {sorted(unknown)}, which is no state")

    def state(self, name: str) -> State:
        """The state of this name; one that this release does not have waits for an operator and knows no deed."""
        return self.states.get(name, State(name))

    def has(self, name: str) -> bool:
        """Whether this release has such a state."""
        return name in self.states

    @property
    def steps(self) -> frozenset[str]:
        """Names of the steps that somebody must hand in."""
        return frozenset(state.step for state in self.states.values() if state.step)
