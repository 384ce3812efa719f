"""What to talk about and to follow up at a visit: the family's points, and what the last visit left."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.cases.record.case import Case
from pipeline.cases.record.history import words_of
from pipeline.cases.record.parts import Slot, Version, Visit
from pipeline.cases.record.place_words import consent_in_words
from pipeline.cases.record.to_answers import wording_of
from pipeline.cases.record.voices import goal_slot
from pipeline.tool.definition import Tool
from webforms.caseworkers.agreements import AgreementLine, agreement_lines
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.visit_themes import before_of, section_of_field
from webforms.forms.choose_voice import names_of
from webforms.inputs.base import Said

_STANDING = ("late", "stands")


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


def agenda(at: AtCase, visit: Visit) -> tuple[Point, ...]:
    """The points of the family and the helpers for the visit, then what they handed in about it."""
    points = [Point(names_of(at.case, point.voice, at.say), point.text) for point in visit.agenda.values()]
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


def consents(case: Case) -> tuple[Point, ...]:
    """Sources that the family was asked about, and what it answered."""
    return tuple(Point(one.asked.source, consent_in_words(one)) for one in case.consents.values())


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
    return Point(names_of(at.case, slot.voice, at.say), words_of(slot.key, version.value or {}, tool), about)


def _goals(at: AtCase, visit: Visit, last: Visit | None) -> Iterator[FocusGoal]:
    tool = at.services.tool(visit.edition)
    types = {choice.code: choice.label for choice in tool.goal_types}
    for goal in visit.plan:
        before = tuple(_said(at, last, (goal_slot(goal.id, "attainment"),))) if last else ()
        said = tuple(Said(point.who, point.words) for point in before)
        yield FocusGoal(wording_of(visit, goal.id), types.get(goal.goal_type, ""), said)
