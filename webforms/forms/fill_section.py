"""What the form of a section is filled with: the stored answers of one voice, and what others have said."""

from collections.abc import Mapping

from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Slot, Visit
from pipeline.cases.record.to_answers import origin_of, wording_of
from pipeline.cases.record.voices import GOAL_COLUMNS, SHARED, goal_slot
from pipeline.tool.definition import Field, Kind, Section, Tool
from webforms.forms.whose_words import Reader, beside
from webforms.inputs.base import Value
from webforms.inputs.goals import PlanGoal
from webforms.inputs.section_form import Fill


def slot_for(key: str, voice: str) -> Slot:
    """The slot that a voice writes a key in; what a goal is called is one for all."""
    is_name_of_goal = key.startswith("goal/") and key.endswith("/wording")
    return Slot(key, SHARED if is_name_of_goal else voice)


def keys_of(field: Field, visit: Visit) -> tuple[str, ...]:
    """The keys of the slots of a field."""
    if field.kind is not Kind.GOALS:
        return (field.key,)
    return tuple(goal_slot(goal.id, column) for goal in visit.plan for column in GOAL_COLUMNS)


def fill_for(
    case: Case, visit: Visit, section: Section, tool: Tool, reader: Reader, shown: Mapping[str, str], *, locked: bool
) -> Fill:
    """The filling of a section's form.

    Args:
        case: the case.
        visit: the visit that is answered.
        section: of the visit's edition, or some of its fields.
        tool: that edition.
        reader: who looks, and in whose voice the page writes.
        shown: words of fields that can only be read.
        locked: whether the section can only be read.
    """
    slots = {key: slot_for(key, reader.voice) for field in section.fields for key in keys_of(field, visit)}
    return Fill(
        answers={key: stored(visit, slot) for key, slot in slots.items()},
        goals=tuple(
            PlanGoal(goal.id, goal.goal_type, origin_of(goal, wording_of(visit, goal.id)).value, goal.before)
            for goal in visit.plan
        ),
        beside=beside(case, visit, section, tool, reader),
        hidden=visit.not_asked,
        locked=[field.key for field in section.fields] if locked else (),
        shown=shown,
        based_on={key: visit.revision_of(slot) for key, slot in slots.items()},
    )


def stored(visit: Visit, slot: Slot) -> Value:
    """The answer that stands in a slot."""
    current = visit.current(slot)
    return current.value if current else None
