"""The plan of a visit as it has reached the municipality: its goals, and what they are called, follow the hand-in.

Goals are one for all, so no voice says whose a change is: the person who made it does, or the one it was made for.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.cases.record.case import Case
from pipeline.cases.record.history import CARRIED_OVER, PHONE, WEB
from pipeline.cases.record.parts import GoalStep, PlannedGoal, Version, Visit
from pipeline.cases.record.voices import SHARED, section_of
from pipeline.tool.definition import Tool


def reached_plan(case: Case, visit: Visit, tool: Tool, *, with_noted: bool = False) -> Visit:
    """The visit with those goals, and those words for them, that have reached the municipality; else the same visit.

    Args:
        case: knows who is an employee, and who shares a household.
        visit: of the case.
        tool: the edition of the visit.
        with_noted: whether what employees noted on the phone is among it before it was read out.
    """
    plan = section_of(tool.goals_field.key, tool)
    came = _Came.of(case, visit, plan.key if plan else "", with_noted=with_noted)
    goals = {goal_id: goal for goal_id, steps in visit.goal_steps.items() if (goal := came.goal(steps))}
    answers = {
        slot: came.words(versions) if slot.voice == SHARED else versions for slot, versions in visit.answers.items()
    }
    answers = {slot: versions for slot, versions in answers.items() if versions}
    is_whole = goals == visit.goals and answers == visit.answers
    return visit if is_whole else replace(visit, goals=goals, answers=answers)


def deeds_on_their_way(case: Case, visit: Visit, tool: Tool) -> Iterator[int]:
    """Numbers of the events by which somebody placed, moved or removed a goal and has not handed that in."""
    plan = section_of(tool.goals_field.key, tool)
    came = _Came.of(case, visit, plan.key if plan else "", with_noted=False)
    for steps in visit.goal_steps.values():
        yield from (one.seq for one in steps if not came.has(one))


def stands_for(case: Case, visit: Visit, person: str, goal_id: str, section: str) -> bool:
    """Whether a goal stands in the plan as a person knows it: for an employee until its removal was handed in.

    Args:
        case: the case.
        visit: of the case.
        person: id of a person or employee.
        goal_id: the goal.
        section: key of the section that holds the plan.
    """
    steps = visit.goal_steps.get(goal_id, ())
    came = _Came.of(case, visit, section, with_noted=True)
    known = (steps[-1].goal if steps else None) if person in came.outside else came.goal(steps)
    return known is not None and not known.removed


@dataclass(frozen=True)
class _Came:
    """Whose changes of a plan have reached the municipality.

    Attributes:
        outside: who is no employee.
        homes: person and household, of everybody from outside.
        handed_in: voices that have handed the plan in.
    """

    outside: frozenset[str]
    homes: frozenset[tuple[str, str]]
    handed_in: frozenset[str]
    with_noted: bool

    @classmethod
    def of(cls, case: Case, visit: Visit, plan: str, *, with_noted: bool) -> "_Came":
        others = [s for s in case.standings.values() if not s.place.is_municipal]
        return cls(
            outside=frozenset(s.person_id for s in others),
            homes=frozenset((s.person_id, s.household) for s in others if s.household),
            handed_in=frozenset(voice for section, voice in visit.handed_in if section == plan),
            with_noted=with_noted,
        )

    def goal(self, steps: Sequence[GoalStep]) -> PlannedGoal | None:
        """How a goal stood after the last deed that has come; None where none has."""
        return next((one.goal for one in reversed(steps) if self.has(one)), None)

    def has(self, step: GoalStep) -> bool:
        """Whether a deed on a goal has come."""
        return self._has_come(step.by, step.on_behalf_of)

    def words(self, versions: Sequence[Version]) -> tuple[Version, ...]:
        """What a goal was called; what came on paper was sent by those who wrote it, whoever took it in."""
        return tuple(
            one
            for one in versions
            if one.through == CARRIED_OVER
            or self._has_come(one.by, one.on_behalf_of if one.through in (WEB, PHONE) else "")
        )

    def _has_come(self, by: str, on_behalf_of: str) -> bool:
        if self.with_noted and by not in self.outside:
            return True
        whose: Collection[str] = {by, on_behalf_of} & self.outside
        voices = {*whose, *(home for person, home in self.homes if person in whose)}
        return not whose or not self.handed_in.isdisjoint(voices)
