"""A section of the tool as a form, and what came back from it as changes to the case."""

import dataclasses
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from wtforms.fields.core import UnboundField  # type: ignore[import-untyped] # WTForms carries no types
from wtforms.form import BaseForm  # type: ignore[import-untyped] # WTForms carries no types

from pipeline.law.dated_law import Law
from pipeline.tool.definition import Field, Kind, Section, Tool
from webforms.design.page import Problem
from webforms.design.words import Speaker
from webforms.inputs.base import PRESS, Asking, Input, Said, Value
from webforms.inputs.controls import Posted
from webforms.inputs.english import Explained
from webforms.inputs.goals import GoalCard, GoalsInput, PlanGoal
from webforms.inputs.simple import ChoiceInput, DateInput, LongTextInput, TextInput
from webforms.inputs.table import TableInput
from webforms.inputs.worded import Worded, explanations, wording

BASED_ON = "_based_on"
"""Name of the hidden field that says which revision of each slot the page was made from."""

INPUTS: dict[Kind, type[Input]] = {
    Kind.TEXT: TextInput,
    Kind.LONG_TEXT: LongTextInput,
    Kind.DATE: DateInput,
    Kind.CHOICE: ChoiceInput,
    Kind.TABLE: TableInput,
    Kind.GOALS: GoalsInput,
}


@dataclass(frozen=True)
class Fill:
    """What a form is filled with, and what it lets be written.

    Attributes:
        answers: by slot, as stored, of the voice that writes; a slot that is missing or None is not answered.
        goals: the goals that stand in the plan.
        beside: by slot what others have said.
        hidden: keys of fields that are not asked; nothing that is posted for them is looked at.
        locked: keys of fields that are shown and cannot be changed; nothing that is posted for them is looked at.
        shown: by key the words of fields that are only shown (locked ones, and those drawn from events).
        required: keys of fields that must be answered before the form is handed in.
        based_on: by slot the revision of the stored answer.
    """

    answers: Mapping[str, Value]
    goals: tuple[PlanGoal, ...] = ()
    beside: Mapping[str, tuple[Said, ...]] = dataclasses.field(default_factory=dict)
    hidden: Collection[str] = ()
    locked: Collection[str] = ()
    shown: Mapping[str, str] = dataclasses.field(default_factory=dict)
    required: Collection[str] = ()
    based_on: Mapping[str, int] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """A field that can only be read here."""

    asked: Field
    explained: Explained
    words: str
    is_drawn: bool
    template: str = "shown"


@dataclass(frozen=True)
class Press:
    """A button of the form itself: on which field, what is to be done, to which row or goal."""

    field: str
    deed: str
    which: str = ""


class SectionForm(BaseForm):  # type: ignore[misc] # WTForms carries no types
    """One section, or some fields of it, as a form.

    Args:
        section: with its references to the law filled in.
        explained: title and instruction in English, where the visitor reads English.
        parts: inputs to be, and fields that can only be read.
        fill: what it is filled with.
    """

    def __init__(
        self, section: Section, explained: Explained, parts: Mapping[str, Shown | UnboundField], fill: Fill
    ) -> None:
        super().__init__({key: part for key, part in parts.items() if not isinstance(part, Shown)})
        self.section, self.explained = section, explained
        self.parts: tuple[Shown | Input, ...] = tuple(
            part if isinstance(part, Shown) else self[key] for key, part in parts.items()
        )
        self.based_on: Mapping[str, int] = fill.based_on
        self.press: Press | None = None

    def process(self, formdata: Posted | None = None, *_: Any, **__: Any) -> None:
        """WTForms' door: lay over the stored answers what the browser sent."""
        super().process(formdata)
        if formdata is not None:
            self.press = self._pressed(formdata.get(PRESS, ""))
            self.based_on = {**self.based_on, **self._revisions(formdata.get(BASED_ON, ""))}

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Every input, in the official order."""
        return tuple(self)

    @property
    def goal_cards(self) -> tuple[GoalCard, ...]:
        """The cards of the tids- og faseplan; empty where the section has none."""
        return tuple(card for each in self.inputs if isinstance(each, GoalsInput) for card in each.cards)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What must be mended, after `validate`, in the order of the page."""
        return tuple(problem for each in self.inputs for problem in each.problems)

    @property
    def blank(self) -> frozenset[str]:
        """Keys of the fields that nothing is written in."""
        return frozenset(each.name for each in self.inputs if each.is_blank)

    @property
    def stays(self) -> bool:
        """Whether rows came or went by a button: keep the changes and show the page again, without complaint."""
        return any(each.rearranged for each in self.inputs if isinstance(each, TableInput))

    @property
    def revisions(self) -> str:
        """The revisions as the hidden field holds them."""
        return json.dumps(dict(self.based_on), separators=(",", ":"))

    def changes(self) -> dict[str, Value]:
        """By slot every answer that differs from the stored one and can be read; None takes the answer back."""
        return {slot: value for each in self.inputs for slot, value in each.changes().items()}

    def changed_goal_types(self) -> dict[str, str]:
        """By goal the måltype that was chosen instead."""
        chosen = {card.goal: card.goal_type.typed for card in self.goal_cards}
        return {goal.id: code for goal, code in chosen.items() if code and code != goal.goal_type}

    def left_over(self) -> tuple[tuple[str, str], ...]:
        """What was typed and is no answer yet: keep it as a draft, and give it back as `posted` next time."""
        return tuple(pair for each in self.inputs for pair in each.left_over())

    def _pressed(self, value: str) -> Press | None:
        field, _, rest = value.partition(".")
        deed, _, which = rest.partition(".")
        return Press(field, deed, which) if field in self and deed else None

    def _revisions(self, value: str) -> dict[str, int]:
        """What the page says it was made from; only of slots that the form has."""
        try:
            sent = json.loads(value or "{}")
        except (ValueError, RecursionError):
            sent = None
        known = {slot for each in self.inputs for slot in each.before}
        if not isinstance(sent, dict):
            return {}
        return {slot: number for slot, number in sent.items() if slot in known and type(number) is int}


def section_form(
    tool: Tool, section: Section, law: Law, say: Speaker, fill: Fill, posted: Posted | None = None
) -> SectionForm:
    """The form of a section.

    Args:
        tool: the edition.
        section: of that edition; `only` gives one with fewer fields, e.g. one theme a page.
        law: for the reference to the act in the labels.
        say: our own words in the visitor's language; in English the official words are explained.
        fill: what it is filled with, and what it lets be written.
        posted: what the browser sent, or a kept draft.
    """
    words = wording(tool.folder, law.hjemmel, say.language)
    parts = {
        field.key: _part(tool, words.of(field), say, fill) for field in section.fields if field.key not in fill.hidden
    }
    english = explanations(tool.folder, say.language)
    form = SectionForm(in_words_of_the_law(section, law), english.of_section(section.key), parts, fill)
    form.process(posted)
    return form


def in_words_of_the_law(section: Section, law: Law) -> Section:
    """The section with the references to the law in its title and instruction filled in."""
    return replace(section, title=law.in_words(section.title), instruction=law.in_words(section.instruction))


def only(section: Section, keys: Collection[str]) -> Section:
    """The section with some of its fields."""
    return replace(section, fields=tuple(field for field in section.fields if field.key in keys))


def input_with_choice(asked: Worded, say: Speaker, code: str) -> Input:
    """The input of one field, outside any form, with nothing in it but the choice of this code.

    Args:
        asked: a field of text, a day, or a choice.
        say: our own words in the visitor's language.
        code: of its scale; empty where none is chosen.
    """
    asking = Asking(worded=asked, say=say, answers={asked.field.key: {"choice": code}})
    found: Input = UnboundField(INPUTS[asked.field.kind], asking).bind(BaseForm({}), asked.field.key)
    return found


def _part(tool: Tool, asked: Worded, say: Speaker, fill: Fill) -> Shown | UnboundField:
    field = asked.field
    if field.kind is Kind.DRAWN or field.key in fill.locked:
        return Shown(field, asked.explained, fill.shown.get(field.key, ""), is_drawn=field.kind is Kind.DRAWN)
    is_plan = field.kind is Kind.GOALS
    asking = Asking(
        worded=asked,
        say=say,
        answers=fill.answers,
        beside=fill.beside.get(field.key, ()),
        required=field.key in fill.required,
    )
    return UnboundField(INPUTS[field.kind], asking, *((fill.goals, tool.goal_types) if is_plan else ()))
