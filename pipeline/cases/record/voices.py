"""Whose voice a person answers with in a visit, and which sections the person may fill.

Parents of one household answer with one voice; each may still add a view of their own under their own name. Parents
living apart, helpers and the municipality's people each have their own. Who holds the pen for somebody else is named.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from pipeline.cases.record.access_pause import open_standings
from pipeline.cases.record.case import Case
from pipeline.cases.record.people import CasePerson, Place, Standing
from pipeline.cases.record.visit_events import Written
from pipeline.tool.definition import Section, Tool

SHARED = "alle"
"""The voice of what is one for all, e.g. what a goal is called; whoever may fill the plan may change it."""

GOAL_COLUMNS = ("wording", "focus", "attainment", "next")
"""The slots of a goal: `goal/<id>/<column>`; `wording` has the voice SHARED."""


@dataclass(frozen=True)
class Voice:
    """A way in which a person may answer.

    Attributes:
        id: what stands as `voice` in an answer.
        sections: keys of the sections that may be filled with it.
        on_behalf_of: the person whose words they are, where somebody else holds the pen; empty otherwise.
        own_view: a parent's own view beside the household's answer; a page offers it second.
    """

    id: str
    sections: frozenset[str]
    on_behalf_of: str = ""
    own_view: bool = False


def goal_slot(goal_id: str, column: str) -> str:
    """The slot of a column of a goal."""
    return f"goal/{goal_id}/{column}"


def section_of(slot: str, tool: Tool) -> Section | None:
    """The section that a slot stands in; None where the edition has no such field."""
    return tool.section_with(tool.goals_field.key if slot.startswith("goal/") else slot)


def voices_of(case: Case, person_id: str, day: date, tool: Tool) -> tuple[Voice, ...]:
    """Every voice a person may answer with on a day, the one to offer first first; empty: may write nothing."""
    merged: dict[tuple[str, str], Voice] = {}
    for standing in open_standings(case, person_id, day):
        for voice in _voices(case, standing, day, tool):
            known = merged.get((voice.id, voice.on_behalf_of))
            both = replace(voice, sections=voice.sections | known.sections) if known else voice
            merged[voice.id, voice.on_behalf_of] = both
    return tuple(voice for voice in merged.values() if voice.sections)


def may_write(case: Case, person_id: str, day: date, tool: Tool, written: Written) -> bool:
    """Whether a person may write an answer; whatever a page sends, nothing else is taken.

    Locks and what is not asked are another matter (parts.Visit).
    """
    section = section_of(written.slot, tool)
    allowed = [v for v in voices_of(case, person_id, day, tool) if section and section.key in v.sections]
    if written.slot.startswith("goal/"):
        column = written.slot.rpartition("/")[2]
        if column not in GOAL_COLUMNS or (column == "wording") != (written.voice == SHARED):
            return False
    if written.voice == SHARED:
        return written.slot.startswith("goal/") and any(v.on_behalf_of == written.on_behalf_of for v in allowed)
    return any((v.id, v.on_behalf_of) == (written.voice, written.on_behalf_of) for v in allowed)


def household_of(case: Case, person_id: str, day: date) -> str:
    """The voice a parent shares with others of the household; their own id where they live alone."""
    homes = (s.household for s in case.standings_of(person_id, day) if s.place.is_parent and s.household)
    return next(homes, person_id)


def members_of(case: Case, voice: str) -> tuple[CasePerson, ...]:
    """The people whose voice it is or was."""
    ids = {s.person_id for s in case.standings.values() if s.household == voice} | {voice}
    return tuple(person for person in case.people.values() if person.id in ids)


def contact_person(case: Case, day: date) -> CasePerson | None:
    """The caseworker whom people can call on a day; while a substitute stands in, the substitute."""
    for place in (Place.SUBSTITUTE, Place.CASEWORKER):
        standing = case.standings_on(day, place)
        if standing:
            return case.people.get(max(standing, key=lambda s: s.since).person_id)
    return None


def _voices(case: Case, standing: Standing, day: date, tool: Tool) -> Iterator[Voice]:
    place = standing.place
    if place.is_parent:
        yield from _own(case, standing.person_id, day, tool.sections_of_parents)
        if case.child:  # a parent writes down what the child says or shows
            yield Voice(case.child.id, tool.sections_of_parents, case.child.id)
    elif place.is_helper or place is Place.CHILD:
        yield Voice(standing.person_id, frozenset(standing.sections))
    elif place in (Place.PARTY_REPRESENTATIVE, Place.POWER_OF_ATTORNEY):
        yield from _for_another(case, standing, day, tool)
    elif place.is_municipal and place is not Place.MANAGER:
        yield from _municipal(case, standing, day, tool)


def _own(case: Case, person_id: str, day: date, sections: frozenset[str], behalf: str = "") -> Iterator[Voice]:
    """A household's voice first, then, where others share it, the person's own view."""
    household = household_of(case, person_id, day)
    yield Voice(household, sections, behalf)
    if any(s.household == household and s.person_id != person_id for s in case.standings_on(day)):
        yield Voice(person_id, sections, behalf, own_view=True)


def _for_another(case: Case, standing: Standing, day: date, tool: Tool) -> Iterator[Voice]:
    """A partsrepræsentant fills what the party may; a fuldmagt covers the sections it names and no others."""
    sections = frozenset(standing.sections)
    if standing.place is Place.PARTY_REPRESENTATIVE and not sections:
        sections = tool.sections_of_parents
    theirs = [s for s in case.standings_of(standing.speaks_for, day) if not s.place.speaks_for_somebody]
    if any(s.place.is_parent for s in theirs):
        yield from _own(case, standing.speaks_for, day, sections & tool.sections_of_parents, standing.speaks_for)
    elif theirs:
        yield Voice(standing.speaks_for, sections, standing.speaks_for)


def _municipal(case: Case, standing: Standing, day: date, tool: Tool) -> Iterator[Voice]:
    """Professionals fill the municipality's sections and give their view of the goals; caseworkers write for others."""
    yield Voice(standing.person_id, tool.sections_of_municipality | tool.sections_of_plan)
    if standing.place not in (Place.CASEWORKER, Place.SUBSTITUTE):
        return
    for other in case.standings_on(day):
        if other.place.is_parent:
            yield from _own(case, other.person_id, day, tool.sections_of_parents, other.person_id)
        elif other.place.is_helper or other.place is Place.CHILD:
            yield Voice(other.person_id, frozenset(other.sections), other.person_id)
