"""Where a row stands, in words, for those who keep the system running: nobody's name, number or words."""

from dataclasses import dataclass

from pipeline.danish import danish_moment
from pipeline.journey.flow import Wakes
from pipeline.journey.step_in import Deed
from pipeline.journey.watchdog import Standing
from pipeline.journey.workflow import FLOWS
from pipeline.store.journey_facts import Journey, LoggedMove
from webforms.design.words import Speaker

_STATE = "operator.journey_state"
_BY_HAND = {Deed.RETRY, Deed.SKIP, Deed.CANCEL}
_OF_PEOPLE = {deed for flow in FLOWS.values() for state in flow.states.values() for deed in state.deeds}
OUTCOMES = frozenset({"ok", "last_child", "again", *_BY_HAND, *_OF_PEOPLE})
"""What a journal may say of a move; whatever else stands there is the name of a fault."""


@dataclass(frozen=True)
class JourneyLine:
    """A row as the list shows it; tone: empty, warning or error."""

    id: str
    number: str
    what: str
    state: str
    since: str
    wakes: str
    tries: int
    error: str
    tone: str


@dataclass(frozen=True)
class MoveLine:
    """A line of a row's journal."""

    when: str
    move: str
    outcome: str
    tries: int


def journey_line(row: Journey, number: str, say: Speaker) -> JourneyLine:
    """A row in words."""
    return JourneyLine(
        id=row.id,
        number=number,
        what=say(f"operator.journey_kind.{row.kind}"),
        state=state_in_words(row.kind, row.state, say),
        since=danish_moment(row.since),
        wakes=_wakes(row, say),
        tries=row.tries,
        error=row.last_error or "",
        tone="error" if row.dead_at else "warning" if row.last_error else "",
    )


def move_line(kind: str, line: LoggedMove, say: Speaker) -> MoveLine:
    """A line of the journal in words."""
    before, after = (state_in_words(kind, state, say) for state in (line.state, line.led_to))
    return MoveLine(danish_moment(line.at), f"{before} → {after}", _outcome(line.outcome, say), line.tries)


def state_in_words(kind: str, state: str, say: Speaker) -> str:
    """A state of the workflow in words; one that this release does not have by its name."""
    return say(f"{_STATE}.{kind}_{state}") if FLOWS[kind].has(state) else state


def _outcome(outcome: str, say: Speaker) -> str:
    return say(f"operator.journey_outcome.{outcome}") if outcome in OUTCOMES else outcome


def standing_in_words(standing: tuple[Standing, ...], say: Speaker) -> str:
    """How much stands longer than it should."""
    if not standing:
        return say("operator.journeys.none_stand")
    return say("operator.journeys.some_stand", count=len(standing))


def _wakes(row: Journey, say: Speaker) -> str:
    if row.dead_at:
        return say("operator.journeys.given_up", moment=danish_moment(row.dead_at))
    if row.lease:
        return say("operator.journeys.running")
    if row.wake_at:
        return danish_moment(row.wake_at)
    is_for_others = FLOWS[row.kind].state(row.state).wakes is Wakes.WITH_LAST_CHILD
    return say(f"operator.journeys.waits_for_{'others' if is_for_others else 'people'}")
