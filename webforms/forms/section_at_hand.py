"""A section of a visit, as one visitor has it at hand: what may be read, in whose voice may be written."""

from dataclasses import dataclass
from typing import Any

from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Visit
from pipeline.law.dated_law import Law
from pipeline.store.drafts import DraftOf
from pipeline.store.save_answers import Writer, draft_of
from pipeline.tool.definition import Section, Tool
from webforms.design.page import WhereIsMyCase
from webforms.design.words import Speaker
from webforms.forms.choose_voice import OfferedVoice, chosen, offered
from webforms.forms.fill_section import fill_for
from webforms.forms.whose_words import Reader, beside
from webforms.identity.current import CaseInView
from webforms.identity.roles import Scope
from webforms.inputs.controls import Posted
from webforms.inputs.section_form import SectionForm, section_form
from webforms.services import Services
from webforms.whereabouts import where_is

OWN, MUNICIPAL, BEHALF = "own", "municipal", "behalf"


@dataclass(frozen=True)
class SectionAtHand:
    """Everything that the page of a section is made of.

    Attributes:
        offers: the voices that the visitor may choose among.
        offer: the one that is written in; None where the section can only be read.
    """

    case_id: str
    case: Case
    visit: Visit
    section: Section
    tool: Tool
    law: Law
    say: Speaker
    door: str
    offers: tuple[OfferedVoice, ...]
    offer: OfferedVoice | None
    reader: Reader
    where: WhereIsMyCase

    @property
    def may_write(self) -> bool:
        """Whether the visitor may write here, whatever stands in the address."""
        return self.offer is not None and self.section.key not in self.visit.locked

    @property
    def writer(self) -> Writer:
        """Who saves.

        Raises:
            LookupError: the section can only be read.
        """
        if self.offer is None:
            raise LookupError("nobody writes here")
        voice = self.offer.voice
        through = "phone" if self.door == BEHALF else "web"
        return Writer(self.reader.person_id, voice.id, voice.on_behalf_of, through)

    @property
    def draft(self) -> DraftOf:
        """Whose draft waits here."""
        return draft_of(self.case_id, self.visit.id, self.section.key, self.writer)

    @property
    def in_address(self) -> dict[str, str]:
        """What names this page in its address."""
        named = {"case_id": self.case_id, "visit": self.visit.id, "section": self.section.key}
        is_usual = not self.offers or self.offer == self.offers[0]
        return named if self.offer is None or is_usual else {**named, "som": self.offer.key}

    def form(self, posted: Posted | None = None) -> SectionForm:
        """The section as a form, with what was typed laid over what is stored."""
        fill = fill_for(self.case, self.visit, self.section, self.tool, self.reader, self._shown())
        return section_form(self.tool, self.section, self.law, self.say, fill, posted)

    def label_of(self, slot: str) -> str:
        """What a slot is called on the form."""
        field: Any = self.tool.goals_field if slot.startswith("goal/") else self.tool.find(slot)
        return self.law.in_words(field.heading or field.label) if field else slot

    def _shown(self) -> dict[str, str]:
        if self.may_write:
            return {}
        read_only = Reader(self.reader.person_id, "", self.reader.is_municipal)
        said = beside(self.case, self.visit, self.section, self.tool, read_only)
        return {key: "\n\n".join(f"{one.who}:\n{one.words}" for one in ones) for key, ones in said.items()}


def section_at_hand(
    services: Services, view: CaseInView, visit_id: str, section_key: str, door: str, voice_key: str = ""
) -> SectionAtHand | None:
    """The section as this visitor has it at hand; None where there is no such section for them."""
    case, visit = view.case, view.case.visits.get(visit_id)
    if visit is None:
        return None
    tool, today = services.tool(visit.edition), services.today()
    section = next((one for one in tool.sections if one.key == section_key), None)
    if section is None:
        return None
    is_municipal = bool(view.decision.role and view.decision.role.is_employed)
    offers = _through(door, offered(case, view.actor, today, tool, section_key), is_municipal=is_municipal)
    offer = chosen(offers, voice_key)
    if offer is None and (voice_key or not _may_read(view, section_key)):
        return None
    return SectionAtHand(
        case_id=view.id,
        case=case,
        visit=visit,
        section=section,
        tool=tool,
        law=services.law(visit.day or today),
        say=services.say(),
        door=door,
        offers=offers,
        offer=offer,
        reader=Reader(view.actor, offer.voice.id if offer else "", is_municipal),
        where=where_is(case, today, services.say()),
    )


def _through(door: str, offers: tuple[OfferedVoice, ...], *, is_municipal: bool) -> tuple[OfferedVoice, ...]:
    """Each door offers the voices that its right is about."""
    if door == OWN:
        return () if is_municipal else offers
    on_behalf = door == BEHALF
    return tuple(offer for offer in offers if is_municipal and bool(offer.voice.on_behalf_of) is on_behalf)


def _may_read(view: CaseInView, section: str) -> bool:
    """A section that one may not write in is read by whoever sees the whole case."""
    return view.decision.scope is not Scope.OWN_PART or section in view.decision.sections
