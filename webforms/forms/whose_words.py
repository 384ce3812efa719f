"""Whose answers a person may see beside their own: what was handed in, and what the municipality says to itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.cases.record.case import Case
from pipeline.cases.record.history import words_of
from pipeline.cases.record.parts import Slot, Version, Visit
from pipeline.cases.record.voices import SHARED
from pipeline.tool.definition import Field, FilledBy, Kind, Section, Tool
from webforms.forms.choose_voice import names_of
from webforms.inputs.base import Said


@dataclass(frozen=True)
class Reader:
    """Who looks at a section.

    Attributes:
        person_id: the person's or employee's id in the case.
        voice: the one that the page writes with; empty where it only shows.
        is_municipal: whether an employee looks.
    """

    person_id: str
    voice: str
    is_municipal: bool


def may_see(visit: Visit, section: Section, slot: Slot, version: Version, reader: Reader) -> bool:
    """Whether an answer is for this reader's eyes.

    What others have written is seen once they have handed it in: a parent never sees another's draft, and the
    municipality does not look over a parent's shoulder. What the municipality writes is its own until the report.
    """
    if slot.voice == reader.voice or version.by == reader.person_id:
        return True
    if section.filled_by is FilledBy.MUNICIPALITY:
        return reader.is_municipal
    return (section.key, slot.voice) in visit.handed_in


def beside(case: Case, visit: Visit, section: Section, tool: Tool, reader: Reader) -> dict[str, tuple[Said, ...]]:
    """By field what others have said."""
    return {field.key: tuple(_said(case, visit, section, field, tool, reader)) for field in section.fields}


def _said(case: Case, visit: Visit, section: Section, field: Field, tool: Tool, reader: Reader) -> Iterator[Said]:
    for slot in visit.answers:
        current = visit.current(slot)
        if current is None or slot.voice in (reader.voice, SHARED) or not _stands_in(slot, field, visit):
            continue
        if may_see(visit, section, slot, current, reader):
            words = words_of(slot.key, current.value or {}, tool)
            yield Said(_who(case, slot.voice, current), _of_goal(visit, slot, field) + words)


def _stands_in(slot: Slot, field: Field, visit: Visit) -> bool:
    if field.kind is not Kind.GOALS:
        return slot.key == field.key
    return any(slot.key.startswith(f"goal/{goal.id}/") for goal in visit.plan)


def _of_goal(visit: Visit, slot: Slot, field: Field) -> str:
    """Which goal and column the words belong to; empty for other fields."""
    if field.kind is not Kind.GOALS:
        return ""
    _, goal_id, column = slot.key.split("/")
    number = [goal.id for goal in visit.plan].index(goal_id) + 1
    label = next((c.label for c in field.columns if c.key == column), "")
    return f"Mål {number}. {label}\n"


def _who(case: Case, voice: str, version: Version) -> str:
    names = names_of(case, voice)
    held_pen = version.on_behalf_of and version.by != voice
    return f"{names} (skrevet af {names_of(case, version.by)})" if held_pen else names
