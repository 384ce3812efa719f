"""A case as some voices tell it, so that a form on paper or a receipt shows nobody else's words."""

from collections.abc import Collection
from dataclasses import replace

from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.voices import SHARED, section_of
from pipeline.tool.definition import Tool


def in_voices(case: Case, visit_id: str, voices: Collection[str], sections: Collection[str], tool: Tool) -> Case:
    """The case with the answers of some voices alone.

    Args:
        case: as it stands now.
        visit_id: the visit that is filled in; of other visits the voices' own grades stay, for the plan's columns.
        voices: households or persons.
        sections: keys of the sections whose answers stay; the goals stay where the plan's section is among them.
        tool: the edition of the visit.
    """
    visits = {visit.id: _own(visit, voices) for visit in case.visits.values()}
    asked = visits[visit_id]
    kept = {
        slot: versions
        for slot, versions in asked.answers.items()
        if (section := section_of(slot.key, tool)) and section.key in sections
    }
    plan = section_of(tool.goals_field.key, tool)
    has_plan = plan is not None and plan.key in sections
    goals, steps = (asked.goals, asked.goal_steps) if has_plan else ({}, {})
    visits[visit_id] = replace(asked, answers=kept, goals=goals, goal_steps=steps)
    return replace(case, visits=visits)


def _own(visit: Visit, voices: Collection[str]) -> Visit:
    return replace(visit, answers={slot: of for slot, of in visit.answers.items() if slot.voice in {SHARED, *voices}})
