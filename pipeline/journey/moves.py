"""Moves rows as the workflow says, and lets a row go on when the last of what it waits for has ended."""

from datetime import datetime

from pipeline.journey.flow import State, Wakes
from pipeline.journey.workflow import FLOWS
from pipeline.store.journey_facts import NO_TIMES, Journey, Move, NewJourney, Times
from pipeline.store.journey_rows import JourneyRows

SYSTEM = "system"


class Moves:
    """The moves of one case inside one transaction.

    Args:
        rows: of the case.
        actor: who makes them; `system` for the engine.
    """

    def __init__(self, rows: JourneyRows, actor: str = SYSTEM) -> None:
        self._rows, self._actor = rows, actor

    def begin(self, kind: str, about: str, times: Times = NO_TIMES, parent: tuple[str, str] | None = None) -> Journey:
        """Begin a row where its flow begins; one that is there already stays as it is."""
        state = FLOWS[kind].begins
        wake_at = state.wake_at(times, self._rows.at)
        return self._rows.begin(NewJourney(kind, about, state.name, wake_at, times, parent))

    def deed(self, journey: Journey, deed: str, outcome: str = "") -> bool:
        """Move a row because somebody did something; False where its state knows nothing of the deed."""
        state = _state(journey)
        if deed not in state.deeds:
            return False
        self._rows.deed_done(journey, self._to(journey, state.deeds[deed], outcome or deed))
        self._release_parent(journey)
        return True

    def answer(self, journey: Journey, received: datetime) -> None:
        """Move a hearing because its answer came; one that had been answered before stays as it is."""
        deeds = _state(journey).deeds
        if "in_time" not in deeds:
            return
        in_time, late = (self._to(journey, deeds[deed], deed) for deed in ("in_time", "late"))
        self._rows.answered(journey, received, in_time, late)
        self._release_parent(journey)

    def step(self, journey: Journey, led_to: str, outcome: str = "ok") -> None:
        """Move a row after its step.

        Raises:
            LeaseLost: it was taken meanwhile; the transaction must not be committed.
        """
        self._rows.step_done(journey, self._to(journey, led_to, outcome))
        self._release_parent(journey)

    def by_hand(self, journey: Journey, led_to: str, outcome: str) -> None:
        """Move a row as somebody orders who keeps the system running."""
        self._rows.deed_done(journey, self._to(journey, led_to, outcome))
        self._release_parent(journey)

    def new_times(self, journey: Journey, times: Times) -> None:
        """Give a row other times in the state in which it stands."""
        self._rows.set_times(journey, times, _state(journey).wake_at(times, self._rows.at))

    def release(self, row: Journey) -> None:
        """Let a row go on if nothing is left of what it waits for."""
        if _state(row).wakes is Wakes.WITH_LAST_CHILD:
            self._release(row.id)

    def _release_parent(self, journey: Journey) -> None:
        if journey.parent_id:
            self._release(journey.parent_id)

    def _release(self, journey_id: str) -> None:
        row = self._rows.childless(journey_id)
        state = _state(row) if row else None
        if row and state and state.wakes is Wakes.WITH_LAST_CHILD:
            self._rows.deed_done(row, self._to(row, state.then, "last_child"))

    def _to(self, journey: Journey, name: str, outcome: str) -> Move:
        state = FLOWS[journey.kind].state(name)
        return Move(name, state.wake_at(journey.times, self._rows.at), state.ends, self._actor, outcome)


def _state(journey: Journey) -> State:
    return FLOWS[journey.kind].state(journey.state)
