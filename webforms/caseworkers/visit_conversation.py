"""The cards of a visit: what the municipality writes on a theme, and what the family wrote about the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.cases.record.to_answers import wording_of
from pipeline.cases.record.voices import goal_slot, section_of
from pipeline.tool.definition import Field
from webforms.caseworkers.visit_at_hand import Part, Sheet, has_words
from webforms.caseworkers.visit_skipping import Skip, skip_of
from webforms.caseworkers.visit_themes import Theme
from webforms.design.words import ENGLISH
from webforms.forms.whose_words import said_of
from webforms.inputs.base import Said
from webforms.inputs.english import english_of


@dataclass(frozen=True)
class FamilyWords:
    """What was said about one thing: a field of the family's, or a goal."""

    label: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Card:
    """A theme of the conversation.

    Attributes:
        explained: the title in English, where the visitor reads English.
        state: notes, skipped or empty.
        error: why the choice to skip cannot be taken.
    """

    key: str
    title: str
    explained: str
    parts: tuple[Part, ...]
    family: tuple[FamilyWords, ...]
    goals: tuple[FamilyWords, ...]
    skip: Skip | None
    state: str
    error: str = ""


def cards_of(sheet: Sheet, errors: Mapping[str, str] | None = None) -> tuple[Card, ...]:
    """The cards in order; one whose fields are not asked at this visit is not there.

    Args:
        sheet: the page.
        errors: by key of the theme what is wrong with the choice to skip it.
    """
    return tuple(_card(sheet, theme, errors or {}) for theme in sheet.themes if sheet.parts_of(theme))


def _card(sheet: Sheet, theme: Theme, errors: Mapping[str, str]) -> Card:
    parts, skip = sheet.parts_of(theme), skip_of(sheet, theme)
    return Card(
        key=theme.key,
        title=title_of(sheet, theme),
        explained=_explained(sheet, theme, parts[0].asked),
        parts=parts,
        family=tuple(_family(sheet, theme)),
        goals=tuple(_goals(sheet, theme)),
        skip=skip,
        state="skipped" if skip and skip.chosen else "has_notes" if has_words(parts) else "empty",
        error=errors.get(theme.key, ""),
    )


def title_of(sheet: Sheet, theme: Theme) -> str:
    """What a card is called."""
    return theme.title or _label(sheet, sheet.parts_of(theme)[0].asked)


def _label(sheet: Sheet, field: Field) -> str:
    return field.heading or sheet.sections[0].at_hand.law.in_words(field.label)


def _explained(sheet: Sheet, theme: Theme, field: Field) -> str:
    if sheet.at.say.language != ENGLISH:
        return ""
    known = english_of(sheet.tool.folder).of_field(field.key)
    return theme.english or known.heading or known.label


def _family(sheet: Sheet, theme: Theme) -> Iterator[FamilyWords]:
    for key in theme.beside:
        field, said = sheet.tool.find(key), _said(sheet, key)
        if field and said:
            yield FamilyWords(_label(sheet, field), said)


def _goals(sheet: Sheet, theme: Theme) -> Iterator[FamilyWords]:
    for goal in sheet.visit.plan:
        if goal.goal_type in theme.goal_types:
            yield FamilyWords(wording_of(sheet.visit, goal.id), _said(sheet, goal_slot(goal.id, "attainment")))


def _said(sheet: Sheet, slot: str) -> tuple[Said, ...]:
    """What others have handed in there, as this visitor may read it."""
    section = section_of(slot, sheet.tool)
    reader = sheet.sections[0].at_hand.reader
    return tuple(said_of(sheet.at.case, sheet.visit, section, slot, sheet.tool, reader)) if section else ()
