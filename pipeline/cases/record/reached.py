"""What has reached the municipality: what was handed in, or sent to it on paper, or known since the last visit.

What is saved and not handed in is its writers' own: it is in no document of the municipality, and an employee who
holds the pen for somebody sees it only when that person has asked for it the same day. What an employee wrote down on
the phone is nobody's own, but no answer of the family's either before it was read out to them and they said yes.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date

from pipeline.cases.record.case import Case
from pipeline.cases.record.history import CARRIED_OVER, PHONE
from pipeline.cases.record.parts import Slot, Version, Visit
from pipeline.cases.record.reached_plan import deeds_on_their_way, reached_plan
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
    visits = {visit.id: _reached(case, visit, editions(visit.edition), employees) for visit in case.visits.values()}
    return replace(case, visits=visits)


def on_their_way(case: Case, editions: Editions) -> frozenset[int]:
    """Numbers of the events that hold what has not reached the municipality: answers, and deeds on goals.

    Args:
        case: as it stands now.
        editions: as `reached` takes them.
    """
    known = reached(case, editions).visits
    unsent = {one.seq for visit in case.visits.values() for said in visit.answers.values() for one in said}
    unsent -= {one.seq for visit in known.values() for said in visit.answers.values() for one in said}
    for visit in case.visits.values():
        unsent.update(deeds_on_their_way(case, visit, editions(visit.edition)))
    return frozenset(unsent)


def has_come(visit: Visit, section: str) -> bool:
    """Whether a section of the family's has come, as the municipality's pages say: somebody handed it in."""
    return any(key == section for key, _ in visit.handed_in)


def has_unsent(case: Case, visit: Visit, section: str, voice: str, tool: Tool) -> bool:
    """Whether a voice has saved something of its own in a section that has not reached the municipality."""
    if _is_plan(section, tool) and reached_plan(case, visit, tool, with_noted=True) is not visit:
        return True
    employees = _employees(case)
    written = _written(visit, section, voice, tool)
    return any(one.by not in employees and not _has_reached(visit, slot, one, tool, employees) for slot, one in written)


def waits_to_be_read_back(case: Case, visit: Visit, section: str, voice: str, tool: Tool) -> tuple[Version, ...]:
    """What employees wrote down on the phone in a section and have not handed in for the voice, in order of time."""
    employees = _employees(case)
    handed_in = visit.handed_in.get((section, voice))
    written = (one for _, one in _written(visit, section, voice, tool) if one.by in employees and one.through == PHONE)
    return tuple(sorted((one for one in written if handed_in is None or one.at > handed_in), key=lambda one: one.seq))


def written_since(visit: Visit, section: str, voice: str, tool: Tool, *, revision: int, by: str) -> bool:
    """Whether anybody but one employee (`by`) has written in a section in a voice after a revision of the case."""
    return any(one.seq > revision and one.by != by for _, one in _written(visit, section, voice, tool))


def was_asked_for(visit: Visit, employee: str, voice: str, person_id: str, day: date) -> bool:
    """Whether a person has asked an employee on a day to fill in for them in a voice."""
    return any(
        (one.by, one.voice, one.person_id) == (employee, voice, person_id)
        and one.at.astimezone(COPENHAGEN).date() == day
        for one in visit.helped
    )


def _reached(case: Case, visit: Visit, tool: Tool, employees: Collection[str]) -> Visit:
    answers = {
        slot: kept
        for slot, versions in visit.answers.items()
        if (kept := tuple(one for one in versions if _has_reached(visit, slot, one, tool, employees)))
    }
    return reached_plan(case, replace(visit, answers=answers), tool)


def _written(visit: Visit, section: str, voice: str, tool: Tool) -> Iterator[tuple[Slot, Version]]:
    """The newest version of each answer of a voice in a section."""
    for slot, versions in visit.answers.items():
        found = section_of(slot.key, tool) if slot.voice == voice else None
        if found is not None and found.key == section:
            yield slot, versions[-1]


def _has_reached(visit: Visit, slot: Slot, version: Version, tool: Tool, employees: Collection[str]) -> bool:
    if slot.voice == SHARED or version.through == CARRIED_OVER:
        return True
    if version.by in employees and version.through != PHONE:
        return True
    section = section_of(slot.key, tool)
    if section is None or section.filled_by is FilledBy.MUNICIPALITY:
        return True
    return (section.key, slot.voice) in visit.handed_in


def _is_plan(section: str, tool: Tool) -> bool:
    found = section_of(tool.goals_field.key, tool)
    return found is not None and found.key == section


def _employees(case: Case) -> frozenset[str]:
    return frozenset(s.person_id for s in case.standings.values() if s.place.is_municipal)
