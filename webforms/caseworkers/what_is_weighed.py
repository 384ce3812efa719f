"""Which answers the authority decides on before the report: professionals' own, in their sections and to goals."""

from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Slot, Visit
from pipeline.cases.record.voices import goal_slot, section_of
from pipeline.tool.definition import FilledBy, Tool

_COLUMNS = ("focus", "attainment", "next")
"""What a goal is called is one for all, and nobody's to leave out."""


def is_weighed(case: Case, visit: Visit, slot: Slot, tool: Tool) -> bool:
    """Whether the authority decides on an answer; what a family or its helpers wrote always goes in."""
    if visit.current(slot) is None:
        return False
    if slot.key.startswith("goal/"):
        return any(s.person_id == slot.voice and s.place.is_municipal for s in case.standings.values())
    section = section_of(slot.key, tool)
    return section is not None and section.filled_by is FilledBy.MUNICIPALITY


def weighed_at_goals(case: Case, visit: Visit, tool: Tool) -> tuple[tuple[int, str, tuple[Slot, ...]], ...]:
    """By goal of the plan, with its number and id, what professionals wrote to it, column by column."""
    found = []
    for number, goal in enumerate(visit.plan, start=1):
        keys = [goal_slot(goal.id, column) for column in _COLUMNS]
        slots = [slot for key in keys for slot in visit.answers if slot.key == key]
        mine = tuple(slot for slot in slots if is_weighed(case, visit, slot, tool))
        found += [(number, goal.id, mine)] if mine else []
    return tuple(found)


def place_of(slot: str) -> str:
    """The place of an answer on the page of the conclusion: its field, or its goal."""
    return f"maal-{slot.split('/')[1]}" if slot.startswith("goal/") else slot
