"""What a family is about to hand in, as the municipality will see it: answers, what is missing, what is unsettled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from flask import url_for

from pipeline.cases.record.history import words_of
from pipeline.cases.record.to_answers import wording_of
from pipeline.cases.record.voices import goal_slot
from pipeline.tool.definition import Field, Kind, label_of
from webforms.design.page import Line, Problem
from webforms.forms.fill_section import slot_for, stored
from webforms.forms.section_at_hand import SectionAtHand
from webforms.forms.shown_words import short_label
from webforms.forms.task_list import Progress, progress_of
from webforms.inputs.base import Value
from webforms.parents.own_part import OwnVoice


@dataclass(frozen=True)
class Official:
    """Words of the tool, or our own; `explained`: what they mean, on an English page."""

    words: str
    explained: str = ""


@dataclass(frozen=True)
class CheckedVoice:
    """A section in one voice.

    Attributes:
        names: whose voice.
        lines: the answers that are no goals.
        goals: rows of the official table: måltype and wording, focus, attainment, next; on an English page with what
            the official words of måltype and grade mean.
        has_draft: whether something of it was typed and not saved; it is when the part is handed in.
    """

    names: str
    lines: tuple[Line, ...]
    goals: tuple[tuple[str, str, str, str], ...]
    address: str
    has_draft: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered; what is in focus came along from last time."""
        return not any(line.value for line in self.lines) and not any(row[2] or row[3] for row in self.goals)

    @property
    def to_read(self) -> tuple[Line, ...]:
        """The answers without the ways to change them."""
        return tuple(replace(line, address="") for line in self.lines)


@dataclass(frozen=True)
class CheckedSection:
    """A section with everything that the visitor wrote in it.

    Attributes:
        explained: on an English page what the title means.
        columns: the official names of the plan's columns, each with what it means on an English page.
        missing: labels of what nobody answered, with what they mean on an English page.
        problems: what keeps the part from being handed in.
        handed_in: when, in words; empty where it was not.
    """

    key: str
    title: str
    voices: tuple[CheckedVoice, ...]
    columns: tuple[Official, ...]
    missing: tuple[Official, ...]
    problems: tuple[Problem, ...]
    progress: Progress
    handed_in: str
    explained: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nobody has answered anything."""
        return all(voice.is_empty for voice in self.voices)

    @property
    def short_columns(self) -> tuple[str, ...]:
        """The columns of the plan without what the names say in brackets at their end."""
        return tuple(short_label(column.explained or column.words) for column in self.columns)


def checked(part: Sequence[OwnVoice]) -> tuple[CheckedSection, ...]:
    """All sections of a part."""
    by_section = groupby(part, key=lambda own: own.at_hand.section.key)
    return tuple(_section(tuple(voices)) for _, voices in by_section)


def _section(voices: tuple[OwnVoice, ...]) -> CheckedSection:
    first = voices[0].at_hand
    shown = [own for own in voices if own.is_usual or not own.is_empty]
    handed_in = [first.visit.handed_in.get((first.section.key, own.voice)) for own in shown]
    at = [moment for moment in handed_in if moment]
    plan = next((f for f in first.section.fields if f.kind is Kind.GOALS), None)
    english = first.english.of_field(plan.key).columns if plan else {}
    return CheckedSection(
        key=first.section.key,
        title=first.law.in_words(first.section.title),
        voices=tuple(_voice(own) for own in shown),
        columns=tuple(Official(column.label, english.get(column.key, "")) for column in plan.columns) if plan else (),
        missing=tuple(_missing(shown)),
        problems=tuple(problem for own in shown for problem in _problems(own)),
        progress=progress_of(first.visit, first.section, first.tool, voices[0].voice),
        handed_in=first.say.moment(max(at)) if at else "",
        explained=first.english.of_section(first.section.key).label,
    )


def _voice(own: OwnVoice) -> CheckedVoice:
    at_hand = own.at_hand
    fields = [field for field in at_hand.section.fields if field.key not in at_hand.visit.not_asked]
    plain = [field for field in fields if field.kind is not Kind.GOALS]
    return CheckedVoice(
        names=at_hand.offer.names if at_hand.offer else "",
        lines=tuple(_line(own, field) for field in plain if own.is_usual or _value(own, field.key)),
        goals=tuple(_goal_rows(own)) if len(plain) < len(fields) else (),
        address=url_for(f"forms.{at_hand.door}", **at_hand.address()),
        has_draft=own.has_draft,
    )


def _line(own: OwnVoice, field: Field) -> Line:
    at_hand, value = own.at_hand, _value(own, field.key)
    leaf = at_hand.leaf_of(field.key)
    address = url_for(f"forms.{at_hand.door}", _anchor=field.key, **at_hand.address(leaf.number))
    label = at_hand.law.in_words(field.heading or field.label)
    english = at_hand.english.of_field(field.key)
    said = words_of(field.key, value, at_hand.tool) if value else ""
    return Line(label, said, address if at_hand.may_write else "", english.heading or english.label)


def _goal_rows(own: OwnVoice) -> Iterator[tuple[str, str, str, str]]:
    at_hand, tool = own.at_hand, own.at_hand.tool
    for goal in at_hand.visit.plan:
        wording = _value(own, goal_slot(goal.id, "wording")) or {"text": wording_of(at_hand.visit, goal.id)}
        name = f"{at_hand.meant(label_of(tool.goal_types, goal.goal_type))}: {wording['text']}"
        values = [(key, _value(own, key)) for key in (goal_slot(goal.id, c) for c in ("focus", "attainment", "next"))]
        focus, grade, further = (words_of(key, value, tool) if value else "" for key, value in values)
        yield name, focus, _meant(at_hand, grade), further


def _meant(at_hand: SectionAtHand, words: str) -> str:
    """A grade with its reason; on an English page the grade in English."""
    grades = (choice.label for choice in at_hand.tool.goals_field.choices)
    grade = next((one for one in grades if words == one or words.startswith(f"{one}. ")), "")
    return at_hand.meant(grade) + words.removeprefix(grade)


def _value(own: OwnVoice, key: str) -> Value:
    """What is typed, or else what is stored."""
    return own.changes[key] if key in own.changes else stored(own.at_hand.visit, slot_for(key, own.voice))


def _missing(shown: Sequence[OwnVoice]) -> Iterator[Official]:
    first = shown[0].at_hand
    for field in first.section.fields:
        if field.key in first.visit.not_asked or field.kind is Kind.DRAWN:
            continue
        if field.kind is Kind.GOALS:
            yield from _ungraded(shown, field)
        elif not any(_value(own, field.key) for own in shown):
            yield _label(first, field)


def _label(at_hand: SectionAtHand, field: Field) -> Official:
    return Official(at_hand.law.in_words(field.label), at_hand.english.of_field(field.key).label)


def _ungraded(shown: Sequence[OwnVoice], field: Field) -> Iterator[Official]:
    first = shown[0].at_hand
    if not first.visit.plan:
        yield _label(first, field)
    for number, goal in enumerate(first.visit.plan, start=1):
        if not any(_value(own, goal_slot(goal.id, "attainment")) for own in shown):
            yield Official(first.say("parents.not_graded", number=number))


def _problems(own: OwnVoice) -> Iterator[Problem]:
    """Found in what is typed; each leads to the place of the section on this page, where the way to mend it stands."""
    at_hand, place = own.at_hand, f"mangel-{own.at_hand.section.key}"
    if own.waits_for_choice:
        yield Problem(place, at_hand.say("parents.two_versions", section=at_hand.section.key))
    own.form.validate()
    for problem in own.form.problems:
        yield Problem(place, problem.words)
