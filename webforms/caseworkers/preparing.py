"""What is known before a visit: which material has come or is missing, the family's points, what to follow up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.cases.record.case import Case
from pipeline.cases.record.history import words_of
from pipeline.cases.record.parts import Slot, Version, Visit
from pipeline.cases.record.place_words import consent_in_words
from pipeline.cases.record.to_answers import wording_of
from pipeline.cases.record.voices import goal_slot, household_of
from pipeline.danish import COPENHAGEN, danish_date, danish_day
from pipeline.tool.definition import FilledBy, Section, Tool
from webforms.caseworkers.agreements import AgreementLine, agreement_lines
from webforms.caseworkers.at_case import AtCase, address_of
from webforms.caseworkers.visit_themes import before_of, section_of_field
from webforms.forms.choose_voice import names_of
from webforms.inputs.base import Said
from webforms.whereabouts import material_due

_STANDING = ("late", "stands")


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


@dataclass(frozen=True)
class Point:
    """Something that the family wants to talk about, or to say about the visit."""

    who: str
    words: str
    about: str = ""


@dataclass(frozen=True)
class FocusGoal:
    """A goal that has been in focus since the last visit; `before` is how far it was then, by whom."""

    wording: str
    goal_type: str
    before: tuple[Said, ...]


@dataclass(frozen=True)
class FollowUp:
    """What should be followed up.

    Attributes:
        points: what the last visit's report left to be followed up.
        unmet: conditions of the act that somebody found not to be met at the last visit.
    """

    agreements: tuple[AgreementLine, ...]
    goals: tuple[FocusGoal, ...]
    points: tuple[Point, ...]
    unmet: tuple[Point, ...]


def material(at: AtCase, visit: Visit) -> tuple[Material, ...]:
    """What each is to hand in: every household with a parent in it, and the helpers who were given sections."""
    sections = _parents_sections(at, visit)
    voices = dict.fromkeys(voice for section in sections for voice in _voices(at.case, section, at.today))
    return tuple(_material(at, visit, voice, sections) for voice in voices)


def consents(case: Case) -> tuple[Point, ...]:
    """Sources that the family was asked about, and what it answered."""
    return tuple(Point(one.asked.source, consent_in_words(one)) for one in case.consents.values())


def agenda(at: AtCase, visit: Visit) -> tuple[Point, ...]:
    """The points of the family and the helpers for the visit, then what they handed in about it."""
    points = [Point(names_of(at.case, point.voice), point.text) for point in visit.agenda.values()]
    return (*points, *_handed_in(at, visit, before_of(at.services.tool(visit.edition)).agenda))


def follow_up(at: AtCase, visit: Visit) -> FollowUp:
    """What the last visit left."""
    last = at.case.visits.get(visit.before)
    keys = before_of(at.services.tool(last.edition)) if last else None
    return FollowUp(
        agreements=tuple(line for line in agreement_lines(at.case, at.today) if line.state in _STANDING),
        goals=tuple(_goals(at, visit, last)),
        points=tuple(_said(at, last, keys.follow_up)) if last and keys else (),
        unmet=tuple(_unmet(at, last, keys.conditions)) if last and keys else (),
    )


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
    return Material(names_of(at.case, voice), own, state, told)


def _expected(at: AtCase, visit: Visit, section: Section, voice: str) -> Expected:
    came = visit.handed_in.get((section.key, voice))
    return Expected(
        key=section.key,
        title=at.services.law(visit.day or at.today).in_words(section.title),
        came=at.say("caseworkers.preparing.came", day=danish_day(came)) if came else "",
        address=address_of("forms.own", case_id=at.view.id, visit=visit.id, section=section.key) if came else "",
    )


def _handed_in(at: AtCase, visit: Visit, keys: tuple[str, ...]) -> Iterator[Point]:
    """What was handed in; what is still being written is nobody's business."""
    tool = at.services.tool(visit.edition)
    for slot, version in _answers(visit, keys):
        if (section_of_field(tool, slot.key).key, slot.voice) in visit.handed_in:
            yield _point(at, visit, slot, version, tool)


def _said(at: AtCase, visit: Visit, keys: tuple[str, ...]) -> Iterator[Point]:
    for slot, version in _answers(visit, keys):
        yield _point(at, visit, slot, version, at.services.tool(visit.edition))


def _unmet(at: AtCase, visit: Visit, keys: tuple[str, ...]) -> Iterator[Point]:
    for slot, version in _answers(visit, keys):
        if (version.value or {}).get("choice") == "no":
            yield _point(at, visit, slot, version, at.services.tool(visit.edition))


def _answers(visit: Visit, keys: tuple[str, ...]) -> Iterator[tuple[Slot, Version]]:
    for key in keys:
        for slot in visit.answers:
            version = visit.current(slot) if slot.key == key else None
            if version:
                yield slot, version


def _point(at: AtCase, visit: Visit, slot: Slot, version: Version, tool: Tool) -> Point:
    field, law = tool.find(slot.key), at.services.law(visit.day or at.today)
    about = law.in_words(field.label) if field else ""
    return Point(names_of(at.case, slot.voice), words_of(slot.key, version.value or {}, tool), about)


def _goals(at: AtCase, visit: Visit, last: Visit | None) -> Iterator[FocusGoal]:
    tool = at.services.tool(visit.edition)
    types = {choice.code: choice.label for choice in tool.goal_types}
    for goal in visit.plan:
        before = tuple(_said(at, last, (goal_slot(goal.id, "attainment"),))) if last else ()
        said = tuple(Said(point.who, point.words) for point in before)
        yield FocusGoal(wording_of(visit, goal.id), types.get(goal.goal_type, ""), said)


def material_day(visit: Visit, expected: tuple[Material, ...]) -> date | None:
    """The day on which the last of the material came; None while something is missing."""
    if not expected or any(whose.state != "came" for whose in expected):
        return None
    return max(visit.handed_in.values()).astimezone(COPENHAGEN).date()
