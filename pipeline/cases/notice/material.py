"""Which households still owe the family's part before a visit: every section of theirs that asks anything."""

from collections.abc import Iterator
from datetime import date

from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.voices import household_of
from pipeline.tool.definition import FilledBy, Section, Tool


def asked_sections(tool: Tool, visit: Visit) -> Iterator[Section]:
    """The sections that parents fill and in which anything is asked for this visit."""
    for section in tool.sections:
        if section.filled_by is FilledBy.PARENTS and any(field.key not in visit.not_asked for field in section.fields):
            yield section


def owing_parents(case: Case, visit: Visit, tool: Tool, day: date) -> tuple[str, ...]:
    """Ids of the parents whose household has not handed in all that is asked."""
    parents = dict.fromkeys(s.person_id for s in case.standings_on(day) if s.place.is_parent)
    return tuple(one for one in parents if _owes(visit, household_of(case, one, day), tool))


def _owes(visit: Visit, household: str, tool: Tool) -> bool:
    asked = asked_sections(tool, visit)
    return any((s.key, household) not in visit.handed_in and s.key not in visit.locked for s in asked)
