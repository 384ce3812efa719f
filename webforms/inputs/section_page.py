"""A section as a page shows it before anybody has typed: drawn as its form is, and far quicker to make."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.law.dated_law import Law
from pipeline.tool.definition import Field, Section, Tool
from webforms.design.words import Speaker
from webforms.inputs.at_rest import AtRest, InWords
from webforms.inputs.base import Input
from webforms.inputs.english import Explained
from webforms.inputs.section_form import INPUTS, Fill, SectionForm, Shown, in_words_of_the_law, only, section_form
from webforms.inputs.worded import explanations, wording


@dataclass(frozen=True)
class SectionPage:
    """What a page shows of a section; the names are those of `SectionForm`, which takes back what was typed on it."""

    section: Section
    explained: Explained
    parts: tuple[Shown | AtRest | Input, ...]
    based_on: Mapping[str, int]

    @property
    def revisions(self) -> str:
        """The revisions of the stored answers as the hidden field holds them."""
        return json.dumps(dict(self.based_on), separators=(",", ":"))

    @property
    def blank(self) -> frozenset[str]:
        """Keys of the fields that can be written in and hold nothing."""
        return frozenset(part.asked.key for part in self.parts if _is_blank(part))


Drawable = SectionPage | SectionForm
"""What a page shows of a section."""


def section_page(tool: Tool, section: Section, law: Law, say: Speaker, fill: Fill) -> SectionPage:
    """The page of a section; its arguments are those of `section_form`.

    What is more than its words and its text (a table, the plan, what others have said, what is only shown) is taken
    from the form.
    """
    words = wording(tool.folder, law.hjemmel, say.language)
    shown = [field for field in section.fields if field.key not in fill.hidden]
    resting = {field.key: stored for field in shown if (stored := _at_rest(field, fill)) is not None}
    others = [field.key for field in shown if field.key not in resting]
    form = section_form(tool, only(section, others), law, say, fill) if others else None
    drawn = {part.asked.key: part for part in form.parts} if form else {}
    return SectionPage(
        in_words_of_the_law(section, law),
        explanations(tool.folder, say.language).of_section(section.key),
        tuple(
            AtRest(words.of(field), say, resting[field.key]) if field.key in resting else drawn[field.key]
            for field in shown
        ),
        fill.based_on,
    )


def _at_rest(field: Field, fill: Fill) -> InWords | None:
    kind = INPUTS.get(field.kind)
    if kind is None or field.key in fill.locked or fill.beside.get(field.key):
        return None
    return kind.at_rest(field, fill.answers.get(field.key))


def _is_blank(part: Shown | AtRest | Input) -> bool:
    if isinstance(part, AtRest):
        return not (part.stored.picked or part.stored.text.strip())
    return isinstance(part, Input) and part.is_blank
