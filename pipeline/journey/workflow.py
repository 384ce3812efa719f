"""The whole round of the supervision on one screen: what each visit, hearing and outgoing document waits for.

A state waits for a person (`deeds`), for a time, or for the rows that hang under it; or the program does a step there.
What happened stands in the case's events; `follow.py` says which event is which deed. A waiting row is nothing but the
name of its state, so a new release goes on with it; a state that is renamed needs a migration.
"""

from collections.abc import Mapping
from datetime import timedelta

from pipeline.journey.flow import Flow, State, Wakes

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)

# Until it is sent to the parties a visit may be moved, and called off or put in hearing however far things have come.
_AFTER = {
    "called_off": "replacing",
    "refused": "refused",
    "closed": "cancelled",
    "hearing_opened": "hearing",
}
# An extra visit asks for no material and may end without a report: with what was decided, as the pages see to.
_DAY_SET = {"day_moved": "material", "extra_day": "preparing", "day_open": "planned"}
_BEFORE = _AFTER | _DAY_SET | {"decided": "archiving"}

VISIT = Flow(
    "visit",
    State("planned", deeds=_BEFORE, at_most=90 * _DAY),
    State("material", Wakes.AT_REMINDER, step="remind_of_material", then="reminded", deeds=_BEFORE),
    State("reminded", Wakes.AFTER_DEADLINE, step="await_the_day", then="preparing", deeds=_BEFORE),
    State("preparing", Wakes.AFTER_DEADLINE, then="gathering", deeds=_BEFORE),
    State("gathering", deeds=_BEFORE, at_most=30 * _DAY),
    State("hearing", Wakes.WITH_LAST_CHILD, then="weighing", deeds=_AFTER | {"weighed": "finishing"}),
    State("weighing", deeds=_AFTER | {"weighed": "finishing"}, at_most=14 * _DAY),
    State("finishing", deeds=_AFTER | {"final_made": "sending"}, at_most=3 * _DAY),
    State(
        "sending",
        Wakes.WITH_LAST_CHILD,
        then="deciding",
        deeds={"decided": "archiving", "closed": "cancelled"},
        at_most=3 * _DAY,
    ),
    State("deciding", deeds=_AFTER | {"decided": "archiving"}, at_most=14 * _DAY),
    State("archiving", Wakes.AT_ONCE, step="archive", then="planning", at_most=_DAY),
    State("planning", Wakes.AT_ONCE, step="plan_next", then="done", at_most=_DAY),
    State("refused", deeds={"decided": "planning", "closed": "cancelled"}, at_most=14 * _DAY),
    State("replacing", Wakes.AT_ONCE, step="plan_next", then="cancelled", deeds={"closed": "cancelled"}, at_most=_DAY),
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

_MADE = {"made": "made", "withdrawn": "withdrawn"}

DOCUMENT = Flow(
    "document",
    State("queued", Wakes.AT_ONCE, step="make_document", then="made", deeds=_MADE, at_most=_HOUR),
    State("made", ends=True),
    State("withdrawn", ends=True),
)

_SIGNING = {"signed": "signed", "declined": "declined", "withdrawn": "withdrawn"}

SIGNING = Flow(
    "signing",
    State("open", Wakes.AT_REMINDER, step="remind_of_signing", then="reminded", deeds=_SIGNING),
    State("reminded", Wakes.AFTER_DEADLINE, step="end_signing", then="expired", deeds=_SIGNING),
    State("signed", ends=True),
    State("declined", ends=True),
    State("expired", ends=True, deeds={"signed": "signed"}),  # a paper that came late is taken in
    State("withdrawn", ends=True),
)

# What is told of a visit waits until nothing of it has changed for a while: day, team and place make one letter.
_CHANGED = {"changed": "settling"}

NOTICE = Flow(
    "notice",
    State("settling", Wakes.AT_REMINDER, step="give_notice", then="told", deeds=_CHANGED, at_most=_DAY),
    State("told", ends=True, deeds=_CHANGED),
    State("stopped", ends=True, deeds=_CHANGED),
)

NUDGE = Flow(
    "nudge",
    State("queued", Wakes.AT_ONCE, step="nudge", then="sent", at_most=_DAY),
    State("sent", ends=True),
    State("unsent", ends=True),
)

FLOWS: Mapping[str, Flow] = {flow.kind: flow for flow in (VISIT, HEARING, DELIVERY, DOCUMENT, SIGNING, NOTICE, NUDGE)}
"""Every flow by the kind of its rows."""

STEPS = frozenset().union(*(flow.steps for flow in FLOWS.values()))
"""What the program does by itself; each is handed in by name (pipeline/journey/steps)."""
