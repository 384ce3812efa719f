"""The whole round of the supervision on one screen: what each visit, hearing and outgoing document waits for.

A state waits for a person (`deeds`), for a time, or for the rows that hang under it; or the program does a step there.
What happened stands in the case's events; `follow.py` says which event is which deed. A waiting row is nothing but the
name of its state, so a new release goes on with it; a state that is renamed needs a migration.
"""

from collections.abc import Mapping
from datetime import timedelta

from pipeline.journey.flow import Flow, State, Wakes

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)

# Until it is sent to the parties a visit may be moved or called off, and a hearing opened however far things have come.
_BEFORE = {"day_moved": "material", "day_open": "planned", "called_off": "cancelled", "hearing_opened": "hearing"}
_AFTER = {"called_off": "cancelled", "hearing_opened": "hearing"}

VISIT = Flow(
    "visit",
    State("planned", deeds=_BEFORE, at_most=90 * _DAY),
    State("material", Wakes.AT_REMINDER, step="remind_of_material", then="reminded", deeds=_BEFORE),
    State("reminded", Wakes.AFTER_DEADLINE, then="preparing", deeds=_BEFORE),
    State("preparing", deeds=_BEFORE, at_most=60 * _DAY),
    State("hearing", Wakes.WITH_LAST_CHILD, then="weighing", deeds=_AFTER | {"weighed": "finishing"}),
    State("weighing", deeds=_AFTER | {"weighed": "finishing"}, at_most=14 * _DAY),
    State("finishing", deeds=_AFTER | {"final_made": "sending"}, at_most=3 * _DAY),
    State("sending", Wakes.WITH_LAST_CHILD, then="deciding", deeds={"decided": "archiving"}, at_most=3 * _DAY),
    State("deciding", deeds=_AFTER | {"decided": "archiving"}, at_most=14 * _DAY),
    State("archiving", Wakes.AT_ONCE, step="archive", then="planning", at_most=_DAY),
    State("planning", Wakes.AT_ONCE, step="plan_next", then="done", at_most=_DAY),
    State("done", ends=True),
    State("cancelled", ends=True),
)

_ANSWER = {"in_time": "answered", "late": "late", "withdrawn": "withdrawn", "more_time": "open"}

HEARING = Flow(
    "hearing",
    State("open", Wakes.AT_REMINDER, step="remind_of_hearing", then="reminded", deeds=_ANSWER),
    State("reminded", Wakes.AFTER_DEADLINE, step="record_silence", then="silent", deeds=_ANSWER),
    State("silent", ends=True, deeds=_ANSWER),
    State("answered", ends=True),
    State("late", ends=True),
    State("withdrawn", ends=True),
)

DELIVERY = Flow(
    "delivery",
    State("queued", Wakes.AT_ONCE, step="send", then="sent", deeds={"withdrawn": "withdrawn"}, at_most=_HOUR),
    State("sent", ends=True),
    State("withdrawn", ends=True),
)

FLOWS: Mapping[str, Flow] = {flow.kind: flow for flow in (VISIT, HEARING, DELIVERY)}
"""Every flow by the kind of its rows."""

STEPS = frozenset().union(*(flow.steps for flow in FLOWS.values()))
"""What the program does by itself; each is handed in by name (pipeline/journey/steps)."""
