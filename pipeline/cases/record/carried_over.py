"""What comes along from the last visit: its goals stand in the new one as “in focus”, with the words agreed on then.

The municipality's final goals come along too: they reword the goal of the plan that they go on with, or are new there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.cases.answers import GoalOrigin
from pipeline.cases.record.events import Event
from pipeline.cases.record.final_goals import FinalGoal, final_goals
from pipeline.cases.record.history import CARRIED_OVER
from pipeline.cases.record.parts import PlannedGoal, Slot, Version, Visit
from pipeline.cases.record.to_answers import wording_of
from pipeline.cases.record.visit_events import GoalPlaced, Written
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


def carried_over(last: Visit, new_visit: str, whole: Visit | None = None) -> Carried:
    """The goals of the last visit as the plan of a new one begins.

    Args:
        last: as it has reached the municipality (reached.py): what comes along is known to all.
        new_visit: id of the new one.
        whole: the same visit with what was never handed in: a known goal that somebody wrote further words for goes on,
            though the words stay where they were written.

    A goal comes along as continued, with the wording it had as `before`; once it is reworded, by the family or by a
    final goal, it shows as adjusted (to_answers.origin_of). The words of “next” become each voice's words of “in focus”
    and remain their own.
    """
    placed = [(final, final.place) for final in final_goals(last) if final.place and final.place.goal_type]
    final_of = {place.continues: final for final, place in placed if place.continues}
    going_on = [goal for goal in last.plan if goal.id in final_of or _said(whole or last, goal, "next")]
    left = tuple(goal.id for goal in last.plan if goal not in going_on)
    events = [
        event
        for position, goal in enumerate(going_on)
        for event in _events(last, goal, new_visit, position, final_of.get(goal.id))
    ]
    new = [(final, place.goal_type) for final, place in placed if not place.continues]
    for number, (final, goal_type) in enumerate(new, start=1):
        # The id says where the goal comes from: carried over twice it is still one goal.
        goal = PlannedGoal(f"{last.id}-endeligt-{number}", goal_type, GoalOrigin.NEW, len(going_on) + number - 1)
        events += _new_goal(new_visit, goal, final)
    return Carried(tuple(events), left)


def what_is_new(last: Visit, goal_id: str, voice: str) -> tuple[Segment, ...]:
    """What a voice's words for the time to come changed in what had been in focus; empty where it said neither."""
    was, agreed = (_text(last.current(Slot(goal_slot(goal_id, column), voice))) for column in ("focus", "next"))
    return segments(was, agreed)


def _events(last: Visit, goal: PlannedGoal, new_visit: str, position: int, final: FinalGoal | None) -> Iterator[Event]:
    before = wording_of(last, goal.id)
    yield GoalPlaced(new_visit, goal.id, goal.goal_type, GoalOrigin.CONTINUED, position, before=before)
    yield _wording(new_visit, goal, final.goal if final else before)
    for slot, version in _said(last, goal, "next"):
        if final is None or slot.voice != final.voice:
            author = version.on_behalf_of or version.by
            yield _focus(new_visit, goal, slot.voice, _text(version), author)
    if final:
        yield _focus(new_visit, goal, final.voice, final.in_focus, final.author)


def _new_goal(new_visit: str, goal: PlannedGoal, final: FinalGoal) -> Iterator[Event]:
    yield GoalPlaced(new_visit, goal.id, goal.goal_type, goal.origin, goal.position)
    yield _wording(new_visit, goal, final.goal)
    yield _focus(new_visit, goal, final.voice, final.in_focus, final.author)


def _wording(new_visit: str, goal: PlannedGoal, words: str) -> Written:
    return Written(new_visit, goal_slot(goal.id, "wording"), SHARED, {"text": words}, through=CARRIED_OVER)


def _focus(new_visit: str, goal: PlannedGoal, voice: str, words: str, author: str) -> Written:
    return Written(new_visit, goal_slot(goal.id, "focus"), voice, {"text": words}, author, CARRIED_OVER)


def _said(visit: Visit, goal: PlannedGoal, column: str) -> list[tuple[Slot, Version]]:
    key = goal_slot(goal.id, column)
    slots = (slot for slot in visit.answers if slot.key == key)
    said = [(slot, version) for slot in slots if (version := visit.current(slot)) and _text(version).strip()]
    return sorted(said, key=lambda one: visit.answers[one[0]][0].seq)


def _text(version: Version | None) -> str:
    return str((version.value or {}).get("text", "")) if version else ""
