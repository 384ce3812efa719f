"""What stands around the cards of the plan: what is new since last time, the child's steps, others' words, help."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.cases.record.carried_over import what_is_new
from pipeline.cases.record.case import Case
from pipeline.cases.record.history import CARRIED_OVER
from pipeline.cases.record.parts import DiaryEntry, Kept, Visit
from pipeline.cases.record.to_answers import wording_of
from pipeline.cases.record.voices import goal_slot
from pipeline.cases.record.word_changes import Change, Segment
from pipeline.tool.definition import Kind, SmartLetter, label_of
from webforms.files.who_sees_files import may_open
from webforms.forms.fill_section import slot_for
from webforms.forms.section_at_hand import SectionAtHand
from webforms.forms.whose_words import Reader, may_see, said_of
from webforms.inputs.base import Said

_SAID = ("focus", "attainment", "next")


@dataclass(frozen=True)
class EarlierStep:
    """How far the child had come with a goal at an earlier visit.

    Attributes:
        rank: 0 for the first grade of the scale, which is the best; the bar beside it is only an ornament.
    """

    when: str
    grade: str
    reason: str
    rank: int


@dataclass(frozen=True)
class AroundGoal:
    """What stands around one card.

    Attributes:
        new_words: what the words “in focus”, which came along from last time, changed in what was in focus then.
        earlier_words: what was in focus then, where most of it was written anew.
        steps: oldest first.
        beside: by column what others have said.
        diary: the reader's own entries about this goal since the last visit, newest first.
        evidence: files that were laid to it.
    """

    new_words: tuple[Segment, ...]
    earlier_words: str
    steps: tuple[EarlierStep, ...]
    beside: Mapping[str, tuple[Said, ...]]
    diary: tuple[DiaryEntry, ...]
    evidence: tuple[Kept, ...]


@dataclass(frozen=True)
class RemovedGoal:
    """A goal that was taken out and can be brought back."""

    id: str
    wording: str


@dataclass(frozen=True)
class PlanFacts:
    """What stands around the plan; `field` is the key of the plan's field, `columns` its labels by key."""

    field: str
    columns: Mapping[str, str]
    around: Mapping[str, AroundGoal]
    removed: tuple[RemovedGoal, ...]
    smart: tuple[SmartLetter, ...]
    best: int


def plan_facts(at_hand: SectionAtHand) -> PlanFacts | None:
    """Of the section that holds the plan; None for every other."""
    if not any(field.kind is Kind.GOALS for field in at_hand.section.fields):
        return None
    visit, tool = at_hand.visit, at_hand.tool
    return PlanFacts(
        field=tool.goals_field.key,
        columns={column.key: column.label for column in tool.goals_field.columns},
        around={goal.id: _around(at_hand, goal.id) for goal in visit.plan},
        removed=tuple(RemovedGoal(g.id, wording_of(visit, g.id)) for g in visit.goals.values() if g.removed),
        smart=tool.smart,
        best=len(tool.goals_field.choices),
    )


def first_ungraded(at_hand: SectionAtHand) -> str:
    """The first goal of the plan that the page's voice has not graded; empty where it has graded them all."""
    voice = at_hand.reader.voice
    ungraded = (g.id for g in at_hand.visit.plan if not at_hand.visit.current(slot_for(evidence_slot(g.id), voice)))
    return next(ungraded, "")


def evidence_slot(goal_id: str) -> str:
    """The slot that a file is laid to as evidence for a goal."""
    return goal_slot(goal_id, "attainment")


def _around(at_hand: SectionAtHand, goal_id: str) -> AroundGoal:
    case, visit, section, tool = at_hand.case, at_hand.visit, at_hand.section, at_hand.tool
    said = {
        column: tuple(said_of(case, visit, section, goal_slot(goal_id, column), tool, at_hand.reader))
        for column in _SAID
    }
    new = _new_words(case, visit, goal_id, at_hand.reader.voice)
    return AroundGoal(
        new_words=new if is_touched_up(new) else (),
        earlier_words="" if is_touched_up(new) else _before(new),
        steps=tuple(_steps(at_hand, goal_id)),
        beside=said,
        diary=tuple(_diary(case, visit, goal_id, at_hand.reader)) if at_hand.may_write else (),
        evidence=tuple(_evidence(at_hand, goal_id)),
    )


def _new_words(case: Case, visit: Visit, goal_id: str, voice: str) -> tuple[Segment, ...]:
    """Empty once the family has written other words, and where nothing was in focus before."""
    last, now = case.visits.get(visit.before), visit.current(slot_for(goal_slot(goal_id, "focus"), voice))
    if last is None or now is None or now.through != CARRIED_OVER:
        return ()
    return what_is_new(last, goal_id, voice)


def is_touched_up(segments: tuple[Segment, ...]) -> bool:
    """Whether most of the words are the same, so that marking the others helps to see them."""
    same = sum(len(one.text) for one in segments if one.change is Change.SAME)
    return same > sum(len(one.text) for one in segments) / 2


def _before(segments: tuple[Segment, ...]) -> str:
    return "".join(one.text for one in segments if one.change is not Change.ADDED)


def _steps(at_hand: SectionAtHand, goal_id: str) -> Iterator[EarlierStep]:
    """The grades that the family gave at earlier visits; where it gave none, those that it may see."""
    scale = at_hand.tool.goals_field.choices
    codes = [choice.code for choice in scale]
    for visit in sorted(at_hand.case.visits.values(), key=lambda one: one.number):
        if visit.number >= at_hand.visit.number:
            continue
        value = _grade(at_hand, visit, goal_id)
        if value and value.get("choice") in codes:
            when = at_hand.say.day(visit.day) if visit.day else at_hand.say("forms.visit", number=visit.number)
            code = str(value["choice"])
            yield EarlierStep(when, at_hand.meant(label_of(scale, code)), str(value.get("text", "")), codes.index(code))


def _grade(at_hand: SectionAtHand, visit: Visit, goal_id: str) -> Mapping[str, object] | None:
    key, reader = goal_slot(goal_id, "attainment"), at_hand.reader
    slots = sorted((slot for slot in visit.answers if slot.key == key), key=lambda slot: slot.voice != reader.voice)
    for slot in slots:
        current = visit.current(slot)
        if current and may_see(visit, at_hand.section, slot, current, reader):
            return current.value
    return None


def _diary(case: Case, visit: Visit, goal_id: str, reader: Reader) -> Iterator[DiaryEntry]:
    """Since the last visit, newest first."""
    last = case.visits.get(visit.before)
    since = (last.day if last else None) or date.min
    # Not the voices that the reader holds the pen for: the child's diary is the child's.
    voices = reader.hidden.voices if reader.hidden else frozenset()
    own = (e for e in case.diary.values() if e.voice in voices and e.goal == goal_id and e.on >= since)
    yield from sorted(own, key=lambda entry: entry.on, reverse=True)


def _evidence(at_hand: SectionAtHand, goal_id: str) -> Iterator[Kept]:
    for kept in at_hand.case.documents.values():
        is_laid_here = (kept.document.visit, kept.document.slot) == (at_hand.visit.id, evidence_slot(goal_id))
        if is_laid_here and may_open(at_hand.view, kept, at_hand.today):
            yield kept
