"""What the form of a section is filled with: the stored answers of one voice, and what others have said."""

from collections.abc import Mapping

from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Slot, Version, Visit
from pipeline.cases.record.to_answers import origin_of, wording_of
from pipeline.cases.record.voices import GOAL_COLUMNS, SHARED, goal_slot
from pipeline.tool.definition import Field, Kind, Section, Tool
from webforms.forms.whose_words import Reader, beside
from webforms.inputs.base import Value
from webforms.inputs.goals import PlanGoal
from webforms.inputs.section_form import Fill


def slot_for(key: str, voice: str) -> Slot:
    """The slot that a voice writes a key in."""
    return Slot(key, _voice_for(key, voice))


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
    keys = [key for field in section.fields for key in keys_of(field, visit)]
    own = _own_answers(visit, reader.voice)
    plan = visit.plan if any(field.kind is Kind.GOALS for field in section.fields) else ()
    return Fill(
        answers={key: own[key].value if key in own else None for key in keys},
        goals=tuple(
            PlanGoal(goal.id, goal.goal_type, origin_of(goal, wording_of(visit, goal.id)).value, goal.before)
            for goal in plan
        ),
        beside=beside(case, visit, section, tool, reader),
        hidden=visit.not_asked,
        locked=[field.key for field in section.fields] if locked else (),
        shown=shown,
        based_on={key: own[key].seq if key in own else 0 for key in keys},
    )


def stored(visit: Visit, slot: Slot) -> Value:
    """The answer that stands in a slot."""
    current = visit.current(slot)
    return current.value if current else None


def _own_answers(visit: Visit, voice: str) -> dict[str, Version]:
    """By key the newest version of each answer of a voice, also of one that was taken back."""
    return {
        slot.key: versions[-1]
        for slot, versions in visit.answers.items()
        if versions and slot.voice == _voice_for(slot.key, voice)
    }


def _voice_for(key: str, voice: str) -> str:
    """What a goal is called is one for all."""
    return SHARED if key.startswith("goal/") and key.endswith("/wording") else voice
