"""The sections that are filled at a visit, each with those of its fields that the cards show, for one visitor."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import abort

from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Visit
from pipeline.store.drafts import Draft
from pipeline.tool.definition import Tool
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.visit_themes import Theme, section_of_field, themes_of
from webforms.forms.kept_draft import typed_in
from webforms.forms.leaves import Leaf
from webforms.forms.section_at_hand import MUNICIPAL, Asked, SectionAtHand, section_at_hand
from webforms.inputs.base import Input
from webforms.inputs.controls import Posted
from webforms.inputs.section_form import SectionForm, Shown

Part = Input | Shown


@dataclass(frozen=True)
class OpenSection:
    """A section at the visit, with what its writer has typed and not saved."""

    at_hand: SectionAtHand
    draft: Draft | None

    def stored(self) -> SectionForm:
        """Its fields on the cards, as they are kept, the draft laid over them."""
        return self.at_hand.form(typed_in(self.draft))


@dataclass(frozen=True)
class Sheet:
    """The page of a visit: its cards, and the sections they are made of.

    Attributes:
        forms: of the sections, in the same order, as the page shows them.
        posted: what the browser sent, where the page is shown again.
    """

    at: AtCase
    themes: tuple[Theme, ...]
    sections: tuple[OpenSection, ...]
    forms: tuple[SectionForm, ...]
    posted: Posted | None = None

    @property
    def visit(self) -> Visit:
        """The visit as it is now."""
        return self.sections[0].at_hand.visit

    @property
    def tool(self) -> Tool:
        """Its edition."""
        return self.sections[0].at_hand.tool

    @property
    def may_write(self) -> bool:
        """Whether the visitor may write on any of it."""
        return any(one.at_hand.may_write for one in self.sections)

    @property
    def has_place(self) -> bool:
        """Whether the visitor has a place in the case, and so a voice at the visit."""
        return any(one.at_hand.offer for one in self.sections)

    @property
    def revisions(self) -> str:
        """What the whole page is made from, as its hidden field holds it."""
        return json.dumps({slot: number for form in self.forms for slot, number in form.based_on.items()})

    def parts_of(self, theme: Theme) -> tuple[Part, ...]:
        """What a card is made of; fields that are not asked at this visit are not there."""
        parts: dict[str, Part] = {part.asked.key: part for form in self.forms for part in form.parts}
        return tuple(parts[key] for key in theme.fields if key in parts)


def sheet_of(at: AtCase) -> Sheet:
    """The page as it is opened: what is kept, with drafts laid over it."""
    sections = open_sections(at)
    return Sheet(at, themes_at_visit(at), sections, tuple(one.stored() for one in sections))


def themes_at_visit(at: AtCase) -> tuple[Theme, ...]:
    """The cards of the visit."""
    return themes_of(at.services.tool(at.visit().edition))


def open_sections(at: AtCase, case: Case | None = None) -> tuple[OpenSection, ...]:
    """Each section that stands on a card.

    Args:
        at: the case and the visit.
        case: as it is now, where that is no longer as the visitor came.
    """
    visit, tool = at.visit(), at.services.tool(at.visit().edition)
    on_cards = {key for theme in themes_at_visit(at) for key in theme.fields}
    sections = dict.fromkeys(section_of_field(tool, key).key for key in on_cards)
    view = replace(at.view, case=case) if case else at.view
    found = []
    for key in sorted(sections):
        at_hand = section_at_hand(at.services, view, visit.id, key, Asked(MUNICIPAL)) or abort(404)
        keys = tuple(field.key for field in at_hand.section.fields if field.key in on_cards)
        narrowed = replace(at_hand, leaves=(Leaf(1, keys),))
        found.append(OpenSection(narrowed, _draft(at, narrowed)))
    return tuple(found)


def count_of(at: AtCase, sections: Sequence[OpenSection]) -> int:
    """What the page's first autosave must exceed, whatever section it is kept in."""
    counts = (at.services.store.drafts.count(one.at_hand.draft) for one in sections if one.at_hand.may_write)
    return max(counts, default=0)


def has_words(parts: Sequence[Part]) -> bool:
    """Whether the writer has written anything on a card."""
    return any(not control.is_blank for part in parts if isinstance(part, Input) for control in part.controls())


def typed_here(one: OpenSection, posted: Posted) -> list[tuple[str, str]]:
    """What a browser sent for the controls of a section."""
    return [(name, value) for name, value in posted.items(multi=True) if one.at_hand.stands_here(name)]


def _draft(at: AtCase, at_hand: SectionAtHand) -> Draft | None:
    return at.services.store.drafts.of(at_hand.draft) if at_hand.may_write else None
