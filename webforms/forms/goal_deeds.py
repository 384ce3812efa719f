"""What the buttons of the plan do: add, copy, move, remove and bring back a goal, or give it another måltype."""

from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.cases.answers import GoalOrigin
from pipeline.cases.record.events import Event
from pipeline.cases.record.history import PHONE, WEB
from pipeline.cases.record.parts import PlannedGoal
from pipeline.cases.record.to_answers import wording_of
from pipeline.cases.record.visit_events import GoalMoved, GoalPlaced, GoalRemoved, Written
from pipeline.cases.record.voices import SHARED, goal_slot
from pipeline.store.clock import new_id
from pipeline.tool.definition import Kind
from webforms.forms.section_at_hand import SectionAtHand

RESTORE = "restore"
"""Of the button that undoes a removal."""
_COPIED = ("focus", "next")


def goal_events(at_hand: SectionAtHand, form: Any) -> Sequence[Event]:
    """The events of what was pressed and chosen; nothing where the section holds no plan."""
    if not any(field.kind is Kind.GOALS for field in at_hand.section.fields):
        return ()
    return (*_other_types(at_hand, form.changed_goal_types()), *(_pressed(at_hand, form.press) if form.press else ()))


def _other_types(at_hand: SectionAtHand, chosen: dict[str, str]) -> Iterator[Event]:
    for goal in at_hand.visit.plan:
        if goal.id in chosen:
            yield GoalMoved(at_hand.visit.id, goal.id, chosen[goal.id], goal.position, _whose(at_hand))


def _pressed(at_hand: SectionAtHand, press: Any) -> Iterator[Event]:
    plan = at_hand.visit.plan
    at = next((number for number, goal in enumerate(plan) if goal.id == press.which), None)
    if press.deed == "add":
        yield _new(at_hand, at_hand.tool.goal_types[0].code)
    elif press.deed == RESTORE:
        yield from _restored(at_hand, press.which)
    elif at is None:
        return
    elif press.deed == "copy":
        yield from _copy(at_hand, plan[at])
    elif press.deed == "remove":
        yield GoalRemoved(at_hand.visit.id, plan[at].id, on_behalf_of=_whose(at_hand))
    elif press.deed in ("up", "down"):
        yield from _swapped(at_hand, plan, at, at - 1 if press.deed == "up" else at + 1)


def _restored(at_hand: SectionAtHand, goal_id: str) -> Iterator[Event]:
    """A removed goal stands again where it stood; its words were never gone."""
    goal = at_hand.visit.goals.get(goal_id)
    if goal and goal.removed:
        place = (goal.goal_type, goal.origin, goal.position, goal.before)
        yield GoalPlaced(at_hand.visit.id, goal.id, *place, _whose(at_hand))


def _new(at_hand: SectionAtHand, goal_type: str) -> GoalPlaced:
    position = max((goal.position for goal in at_hand.visit.goals.values()), default=-1) + 1
    whose = _whose(at_hand)
    return GoalPlaced(at_hand.visit.id, new_id(), goal_type, GoalOrigin.NEW.value, position, on_behalf_of=whose)


def _copy(at_hand: SectionAtHand, goal: PlannedGoal) -> Iterator[Event]:
    placed, writer = _new(at_hand, goal.goal_type), at_hand.writer
    yield placed
    wording = wording_of(at_hand.visit, goal.id)
    if wording:
        named = goal_slot(placed.goal, "wording")
        yield Written(at_hand.visit.id, named, SHARED, {"text": wording}, writer.on_behalf_of, writer.through)
    for slot in at_hand.visit.answers:
        current = at_hand.visit.current(slot)
        if slot.voice == writer.voice and slot.key in {goal_slot(goal.id, column) for column in _COPIED} and current:
            column = slot.key.rpartition("/")[2]
            copied = goal_slot(placed.goal, column)
            yield Written(at_hand.visit.id, copied, writer.voice, current.value, writer.on_behalf_of, writer.through)


def _swapped(at_hand: SectionAtHand, plan: Sequence[PlannedGoal], one: int, other: int) -> Iterator[Event]:
    if 0 <= other < len(plan):
        first, second = plan[one], plan[other]
        yield GoalMoved(at_hand.visit.id, first.id, first.goal_type, second.position, _whose(at_hand))
        yield GoalMoved(at_hand.visit.id, second.id, second.goal_type, first.position, _whose(at_hand))


def _whose(at_hand: SectionAtHand) -> str:
    """The person whose plan it is, where somebody else holds the pen; what came on paper has come."""
    writer = at_hand.writer
    return writer.on_behalf_of if writer.through in (WEB, PHONE) else ""
