"""What has reached the municipality: what was handed in, or told to somebody of it, or known since the last visit.

What is saved and not handed in is its writers' own: it is in no document of the municipality, and an employee who
holds the pen for somebody sees it only when that person has asked for it the same day.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date

from pipeline.cases.record.case import Case
from pipeline.cases.record.history import CARRIED_OVER
from pipeline.cases.record.parts import Slot, Version, Visit
from pipeline.cases.record.voices import SHARED, section_of
from pipeline.danish import COPENHAGEN
from pipeline.tool.definition import FilledBy, Tool

Editions = Callable[[str], Tool]


def reached(case: Case, editions: Editions) -> Case:
    """The case with those answers alone that have reached the municipality.

    Args:
        case: as it stands now.
        editions: gives the tool of an edition (pipeline.tool.load.load_tool).
    """
    employees = _employees(case)
    visits = {visit.id: _reached(visit, editions(visit.edition), employees) for visit in case.visits.values()}
    return replace(case, visits=visits)


def has_unsent(case: Case, visit: Visit, section: str, voice: str, tool: Tool) -> bool:
    """Whether a voice has saved something in a section that has not reached the municipality."""
    employees = _employees(case)
    return any(
        slot.voice == voice
        and (found := section_of(slot.key, tool)) is not None
        and found.key == section
        and not _has_reached(visit, slot, versions[-1], tool, employees)
        for slot, versions in visit.answers.items()
    )


def was_asked_for(visit: Visit, employee: str, voice: str, person_id: str, day: date) -> bool:
    """Whether a person has asked an employee on a day to fill in for them in a voice."""
    return any(
        (one.by, one.voice, one.person_id) == (employee, voice, person_id)
        and one.at.astimezone(COPENHAGEN).date() == day
        for one in visit.helped
    )


def _reached(visit: Visit, tool: Tool, employees: Collection[str]) -> Visit:
    answers = {
        slot: kept
        for slot, versions in visit.answers.items()
        if (kept := tuple(one for one in versions if _has_reached(visit, slot, one, tool, employees)))
    }
    return replace(visit, answers=answers)


def _has_reached(visit: Visit, slot: Slot, version: Version, tool: Tool, employees: Collection[str]) -> bool:
    if slot.voice == SHARED or version.by in employees or version.through == CARRIED_OVER:
        return True
    section = section_of(slot.key, tool)
    if section is None or section.filled_by is FilledBy.MUNICIPALITY:
        return True
    return (section.key, slot.voice) in visit.handed_in


def _employees(case: Case) -> frozenset[str]:
    return frozenset(s.person_id for s in case.standings.values() if s.place.is_municipal)
