"""A visitor's own part of a visit: every section and voice that the visitor writes with, each with its draft.

An employee has no part of their own in it, but that of whoever tells them their answers on the phone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import abort

from pipeline.cases.record.parts import Version, Visit
from pipeline.cases.record.voices import SHARED, section_of
from pipeline.store.drafts import Draft
from webforms.forms.conflicts import two_versions
from webforms.forms.kept_draft import typed_in
from webforms.forms.section_at_hand import BEHALF, CHECK, Asked, SectionAtHand, section_at_hand
from webforms.identity.current import CaseInView
from webforms.inputs.base import Value
from webforms.inputs.section_form import SectionForm
from webforms.services import Services


@dataclass(frozen=True)
class OwnVoice:
    """One section in one voice.

    Attributes:
        form: all pages of the section, with the draft laid over what is stored.
        changes: by slot what the draft says otherwise than what is stored, as far as it can be read.
        is_usual: whether it is the voice that the visitor writes with unless another is chosen.
    """

    at_hand: SectionAtHand
    draft: Draft | None
    form: SectionForm
    changes: Mapping[str, Value]
    is_usual: bool

    @property
    def voice(self) -> str:
        """The voice's id."""
        return self.at_hand.reader.voice

    @property
    def written(self) -> tuple[Version, ...]:
        """The newest version of everything that was answered here in this voice; what is one for all is nobody's."""
        at = self.at_hand
        slots = (slot for slot in at.visit.answers if slot.voice == self.voice and slot.voice != SHARED)
        found = (slot for slot in slots if (section := section_of(slot.key, at.tool)) and section.key == at.section.key)
        return tuple(at.visit.answers[slot][-1] for slot in found)

    @property
    def has_draft(self) -> bool:
        """Whether typed words wait to be saved."""
        return typed_in(self.draft) is not None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever answered or typed here in this voice."""
        return not self.has_draft and all(version.value is None for version in self.written)

    @property
    def waits_for_choice(self) -> bool:
        """Whether there are two versions of an answer."""
        return bool(two_versions(self.at_hand, self.draft))


def own_part(services: Services, view: CaseInView, visit: Visit) -> tuple[OwnVoice, ...]:
    """Everything that the visitor writes for a visit, in the official order; locked sections are among it."""
    return tuple(own for key in _asked(services, visit) for own in _of_section(services, view, visit, key))


def part_of_another(services: Services, view: CaseInView, visit: Visit, voice: str) -> tuple[OwnVoice, ...]:
    """Everything that an employee may write for somebody in one voice; nothing where that voice is not offered.

    Args:
        services: know sections and drafts.
        view: the case and who looks.
        visit: of the case.
        voice: key of the voice, as an address names it.
    """
    found = (section_at_hand(services, view, visit.id, key, Asked(BEHALF, voice)) for key in _asked(services, visit))
    return tuple(_of(services, at_hand, is_usual=True) for at_hand in found if at_hand and at_hand.offer)


def visit_in_address(view: CaseInView, visit: str) -> Visit:
    """The visit that the address names; 404 where the case has none of that id."""
    return view.case.visits.get(visit) or abort(404)


def _of_section(services: Services, view: CaseInView, visit: Visit, section: str) -> Iterator[OwnVoice]:
    usual = section_at_hand(services, view, visit.id, section, Asked(back=CHECK))
    for offer in usual.offers if usual else ():
        at_hand = section_at_hand(services, view, visit.id, section, Asked(voice=offer.key, back=CHECK))
        if at_hand:
            yield _of(services, at_hand, is_usual=usual is not None and at_hand.offer == usual.offer)


def _of(services: Services, at_hand: SectionAtHand, *, is_usual: bool) -> OwnVoice:
    draft = services.store.drafts.of(at_hand.draft) if at_hand.may_write else None
    form = at_hand.whole(typed_in(draft))
    return OwnVoice(at_hand, draft, form, form.changes(), is_usual)


def _asked(services: Services, visit: Visit) -> Iterator[str]:
    """Keys of the sections of which anything is asked."""
    for section in services.tool(visit.edition).sections:
        if any(field.key not in visit.not_asked for field in section.fields):
            yield section.key
