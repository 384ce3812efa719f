"""What a form asks, as a flat list of slots: the same names in PDF, Word and Excel, derived from the definition."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.cases.answers import Answers, Goal
from pipeline.documents.contents.of_a_field import why_left_out
from pipeline.law.dated_law import Law
from pipeline.offline.slot_values import (
    agreed_choice,
    goal_values,
    numbered_rows,
    spoken_reason,
    spoken_text,
)
from pipeline.tool.definition import Choice, Column, Field, Kind, Section, Tool

OUTSIDE = "Tekst uden for felterne"
"""Under this name words are handed on that somebody wrote beside the slots; no slot is called so."""

SPARE_ROWS = 3
"""Empty rows after those that are filled, for goals, agreements and other tables."""

SMALLEST_TABLE = 4
"""A table in a form never has fewer rows than this."""

_NO_MORE: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class Slot:
    """One place to write in.

    Attributes:
        name: e.g. “child_name”, “recommendation.text”, “agreements.2.who”, “tids_og_faseplan.3.focus”.
        label: what a screen reader says of it; complete without the words around it.
        short: what stands above the box.
        kind: text (one line), long_text, date or choice.
        value: what the case holds now, in words; a choice is its label.
    """

    name: str
    label: str
    short: str
    kind: Kind
    choices: tuple[Choice, ...]
    value: str


@dataclass(frozen=True)
class SlotGroup:
    """Slots that belong together under one heading: a field, or one row of a table."""

    heading: str
    help: str
    questions: tuple[str, ...]
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class FormSection:
    """One section of the form."""

    key: str
    title: str
    instruction: str
    own_note: str
    groups: tuple[SlotGroup, ...]


def form_sections(
    tool: Tool,
    law: Law,
    answers: Answers | None = None,
    only: Collection[str] = (),
    rows: Mapping[str, int] = _NO_MORE,
) -> tuple[FormSection, ...]:
    """The form, section by section.

    Args:
        tool: the edition.
        law: for the reference to the act in the labels.
        answers: the case whose answers stand in the form; None for a blank form.
        only: letters of the sections to take; empty takes all.
        rows: how many rows the table of a field has at least.
    """
    chosen = [section for section in tool.sections if not only or section.key in only]
    return tuple(_section(section, tool, law, answers, rows) for section in chosen)


def all_slots(sections: Collection[FormSection]) -> tuple[Slot, ...]:
    """Every slot of a form, in reading order."""
    return tuple(slot for section in sections for group in section.groups for slot in group.slots)


def _section(section: Section, tool: Tool, law: Law, answers: Answers | None, rows: Mapping[str, int]) -> FormSection:
    typed = [field for field in section.fields if field.kind is not Kind.DRAWN]
    return FormSection(
        key=section.key,
        title=law.in_words(section.title),
        instruction=section.instruction,
        own_note=tool.own_fields_note if section.own else "",
        groups=tuple(group for field in typed for group in _groups(field, tool, law, answers, rows)),
    )


def _groups(
    field: Field, tool: Tool, law: Law, answers: Answers | None, rows: Mapping[str, int]
) -> Iterator[SlotGroup]:
    match field.kind:
        case Kind.TABLE:
            yield from _table(field, answers, rows.get(field.key, 0))
        case Kind.GOALS:
            yield from _goals(field, tool, answers, rows.get(field.key, 0))
        case _:
            label = law.in_words(field.label)
            spoken = f"{field.heading}: {label}" if field.heading else label
            left_out = why_left_out(field.key, answers) if answers else ""
            told = " ".join(part for part in (field.help, left_out) if part)
            yield SlotGroup(field.heading, told, field.questions, _plain(field, label, spoken, answers))


def _plain(field: Field, label: str, spoken: str, answers: Answers | None) -> tuple[Slot, ...]:
    given = answers.of(field.key) if answers else ()
    if field.kind is not Kind.CHOICE:
        return (Slot(field.key, spoken, label, field.kind, (), spoken_text(given)),)
    return (
        Slot(field.key, spoken, label, Kind.CHOICE, field.choices, agreed_choice(given)),
        Slot(f"{field.key}.text", f"{spoken} – begrundelse", "Begrundelse", Kind.LONG_TEXT, (), spoken_reason(given)),
    )


def _table(field: Field, answers: Answers | None, least: int) -> Iterator[SlotGroup]:
    rows = numbered_rows(field, answers.of(field.key) if answers else ())
    for number in range(1, max(len(rows) + SPARE_ROWS, SMALLEST_TABLE, least) + 1):
        values = rows[number - 1] if number <= len(rows) else ("",) * len(field.columns)
        slots = tuple(_cell(field, column, number, value) for column, value in zip(field.columns, values, strict=True))
        yield SlotGroup(f"{field.label}, linje {number}", field.help if number == 1 else "", (), slots)


def _cell(field: Field, column: Column, number: int, value: str) -> Slot:
    name = f"{field.key}.{number}.{column.key}"
    return Slot(
        name, f"{field.label}, linje {number}, {column.label}", column.label, column.kind, column.choices, value
    )


def _goals(field: Field, tool: Tool, answers: Answers | None, least: int) -> Iterator[SlotGroup]:
    goals: list[Goal | None] = list(answers.goals) if answers else []
    goals += [None] * max(SPARE_ROWS, max(len(tool.goal_types), least) - len(goals))
    for number, goal in enumerate(goals, start=1):
        slots = _goal(field, tool, number, goal_values(goal))
        yield SlotGroup(f"Mål {number}", field.help if number == 1 else "", (), slots)


def _goal(field: Field, tool: Tool, number: int, values: Mapping[str, str]) -> tuple[Slot, ...]:
    official = {column.key: column.label for column in field.columns}

    def slot(part: str, short: str, kind: Kind, choices: tuple[Choice, ...] = ()) -> Slot:
        return Slot(f"{field.key}.{number}.{part}", f"Mål {number}: {short}", short, kind, choices, values[part])

    return (
        slot("goal_type", official["goal_type"], Kind.CHOICE, tool.goal_types),
        slot("wording", "Målet med familiens egne ord", Kind.TEXT),
        slot("focus", official["focus"], Kind.LONG_TEXT),
        slot("attainment", official["attainment"], Kind.CHOICE, field.choices),
        slot("reason", "Begrundelse for vurderingen", Kind.LONG_TEXT),
        slot("next", official["next"], Kind.LONG_TEXT),
    )
