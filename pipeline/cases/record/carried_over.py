"""What comes along from the last visit: its goals stand in the new one as “in focus”, with the words agreed on then."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.cases.answers import GoalOrigin
from pipeline.cases.record.events import Event, GoalPlaced, Written
from pipeline.cases.record.history import CARRIED_OVER
from pipeline.cases.record.parts import PlannedGoal, Slot, Version, Visit
from pipeline.cases.record.to_answers import wording_of
from pipeline.cases.record.voices import SHARED, goal_slot
from pipeline.cases.record.word_changes import Segment, segments


@dataclass(frozen=True)
class Carried:
    """The goals that come along.

    Attributes:
        events: to be added to the case right after the new visit was opened, by whoever opens it.
        left: ids of goals that nobody wrote further words for; a page offers to take them along or let them rest.
    """

    events: tuple[Event, ...]
    left: tuple[str, ...]


def carried_over(last: Visit, new_visit: str) -> Carried:
    """The goals of the last visit as the plan of a new one begins.

    A goal comes along as continued, with the wording it had as `before`; once the family rewords it, it shows as
    adjusted (to_answers.origin_of). The words of “next” become each voice's words of “in focus” and remain their own.
    """
    going_on = [goal for goal in last.plan if _said(last, goal, "next")]
    left = tuple(goal.id for goal in last.plan if goal not in going_on)
    events = (e for position, goal in enumerate(going_on) for e in _events(last, goal, new_visit, position))
    return Carried(tuple(events), left)


def what_is_new(last: Visit, goal_id: str, voice: str) -> tuple[Segment, ...]:
    """What a voice's words for the time to come changed in what had been in focus; empty where it said neither."""
    was, agreed = (_text(last.current(Slot(goal_slot(goal_id, column), voice))) for column in ("focus", "next"))
    return segments(was, agreed)


def _events(last: Visit, goal: PlannedGoal, new_visit: str, position: int) -> Iterator[Event]:
    wording = wording_of(last, goal.id)
    yield GoalPlaced(new_visit, goal.id, goal.goal_type, GoalOrigin.CONTINUED, position, before=wording)
    yield Written(new_visit, goal_slot(goal.id, "wording"), SHARED, {"text": wording}, through=CARRIED_OVER)
    for slot, version in _said(last, goal, "next"):
        author = version.on_behalf_of or version.by
        words = {"text": _text(version)}
        yield Written(new_visit, goal_slot(goal.id, "focus"), slot.voice, words, author, CARRIED_OVER)


def _said(visit: Visit, goal: PlannedGoal, column: str) -> list[tuple[Slot, Version]]:
    slots = (slot for slot in visit.answers if slot.key == goal_slot(goal.id, column))
    said = [(slot, version) for slot in slots if (version := visit.current(slot)) and _text(version).strip()]
    return sorted(said, key=lambda one: visit.answers[one[0]][0].seq)


def _text(version: Version | None) -> str:
    return str((version.value or {}).get("text", "")) if version else ""
