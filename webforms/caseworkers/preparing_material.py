"""Which material has come before a visit and which is missing: what, from whom, since when."""

from dataclasses import dataclass
from datetime import date

from pipeline.cases.record.case import Case
from pipeline.cases.record.history import CARRIED_OVER
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.voices import household_of, section_of
from pipeline.danish import COPENHAGEN, danish_date, danish_day
from pipeline.tool.definition import FilledBy, Section
from webforms.caseworkers.at_case import AtCase, address_of
from webforms.forms.choose_voice import names_of
from webforms.whereabouts import material_due


@dataclass(frozen=True)
class Expected:
    """A section that somebody is to hand in.

    Attributes:
        came: when it came, in words; empty while it is missing.
        address: of the section, once it can be read.
    """

    key: str
    title: str
    came: str
    address: str


@dataclass(frozen=True)
class Material:
    """What one household or helper is to hand in.

    Attributes:
        state: came, waits, late or no_day.
        told: by when it should be here, or since when it is missing; empty once all has come.
    """

    who: str
    sections: tuple[Expected, ...]
    state: str
    told: str

    @property
    def came(self) -> int:
        """How many sections have come."""
        return sum(bool(section.came) for section in self.sections)


def material(at: AtCase, visit: Visit) -> tuple[Material, ...]:
    """What each is to hand in: every household with a parent in it, and the helpers who were given sections."""
    sections = _parents_sections(at, visit)
    voices = dict.fromkeys(voice for section in sections for voice in _voices(at.case, section, at.today))
    return tuple(_material(at, visit, voice, sections) for voice in voices)


def material_day(visit: Visit, expected: tuple[Material, ...]) -> date | None:
    """The day on which the last of the material came; None while something is missing."""
    if not expected or any(whose.state != "came" for whose in expected):
        return None
    return max(visit.handed_in.values()).astimezone(COPENHAGEN).date()


def _parents_sections(at: AtCase, visit: Visit) -> tuple[Section, ...]:
    """Those of which anything is asked."""
    return tuple(
        section
        for section in at.services.tool(visit.edition).sections
        if section.filled_by is FilledBy.PARENTS and any(field.key not in visit.not_asked for field in section.fields)
    )


def _voices(case: Case, section: Section, day: date) -> tuple[str, ...]:
    households = (household_of(case, s.person_id, day) for s in case.standings_on(day) if s.place.is_parent)
    helpers = (s.person_id for s in case.standings_on(day) if s.place.is_helper and section.key in s.sections)
    return (*households, *helpers)


def _material(at: AtCase, visit: Visit, voice: str, sections: tuple[Section, ...]) -> Material:
    own = tuple(_expected(at, visit, s, voice) for s in sections if voice in _voices(at.case, s, at.today))
    due = material_due(visit)
    has_all = all(one.came for one in own)
    state = "came" if has_all else "no_day" if due is None else "late" if due < at.today else "waits"
    told = "" if has_all or due is None else at.say(f"caseworkers.preparing.{state}", day=danish_date(due))
    return Material(names_of(at.case, voice, at.say), own, state, told)


def _expected(at: AtCase, visit: Visit, section: Section, voice: str) -> Expected:
    came, how = visit.handed_in.get((section.key, voice)), visit.read_back.get((section.key, voice))
    is_empty = came is not None and not _is_answered(at, visit, section, voice)
    words = "came_empty" if is_empty else "came_by_phone" if how else "came"
    return Expected(
        key=section.key,
        title=at.services.law(visit.day or at.today).in_words(section.title),
        came=at.say(f"caseworkers.preparing.{words}", day=danish_day(came)) if came else "",
        address=address_of("forms.own", case_id=at.view.id, visit=visit.id, section=section.key) if came else "",
    )


def _is_answered(at: AtCase, visit: Visit, section: Section, voice: str) -> bool:
    """Whether a voice has said anything at this visit; what came along from last time it has not."""
    tool = at.services.tool(visit.edition)
    return any(
        slot.voice == voice and current.through != CARRIED_OVER and section_of(slot.key, tool) == section
        for slot in visit.answers
        if (current := visit.current(slot))
    )
