"""A section of a visit, as one visitor has it at hand: what may be read, in whose voice may be written."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from pipeline.cases.hearing.frozen import is_heard_now
from pipeline.cases.record.case import Case
from pipeline.cases.record.history import PHONE, WEB
from pipeline.cases.record.parts import Helped, Slot, Version, Visit
from pipeline.cases.record.reached import has_unsent, was_asked_for
from pipeline.cases.record.reached_plan import reached_plan
from pipeline.law.dated_law import Law
from pipeline.store.drafts import DraftOf
from pipeline.store.save_answers import Writer, draft_of
from pipeline.tool.definition import Kind, Section, Tool
from webforms.design.page import WhereIsMyCase
from webforms.design.words import Speaker
from webforms.forms.choose_voice import OfferedVoice, chosen, offered
from webforms.forms.fill_section import fill_for, slot_for
from webforms.forms.leaves import Leaf, leaf_by_leaf, leaves_of, one_leaf
from webforms.forms.shown_words import shown_words
from webforms.forms.whose_words import Reader
from webforms.identity.current import CaseInView
from webforms.identity.roles import Scope
from webforms.inputs.controls import Posted
from webforms.inputs.english import English
from webforms.inputs.section_form import Fill, SectionForm, only, section_form
from webforms.inputs.section_page import SectionPage, section_page
from webforms.inputs.worded import explanations
from webforms.services import Services
from webforms.whereabouts import where_for

OWN, MUNICIPAL, BEHALF = "own", "municipal", "behalf"
CHECK, CONCLUSION = "tjek", "konklusion"
"""Where the visitor came from to change one answer, and goes back to; to the conclusion goes the municipality alone."""


@dataclass(frozen=True)
class Asked:
    """What an address asks for beside case, visit and section; all of it is checked before it is used.

    Attributes:
        door: the way in, by what the visitor is.
        voice: key of the voice to write in; empty: the usual one.
        leaf: number of the page of the section.
        goal: id of the goal of the plan whose card is open; empty: the list of all goals.
        back: CHECK or CONCLUSION, or empty.
        through: how words came that were not typed on the page (pdf, word, excel); empty: by the door's own way.
    """

    door: str = OWN
    voice: str = ""
    leaf: int = 1
    goal: str = ""
    back: str = ""
    through: str = ""


@dataclass(frozen=True)
class SectionAtHand:
    """Everything that the page of a section is made of.

    Attributes:
        offers: the voices that the visitor may choose among.
        offer: the one that is written in; None where the section can only be read.
        leaves: the pages of the section; `leaf` is the one that is open.
        today: the day in Denmark.
        view: who looks, and how far their right reaches.
        is_heard: somebody is heard over the report of the visit right now, so what it says stands still.
    """

    case_id: str
    case: Case
    visit: Visit
    section: Section
    tool: Tool
    law: Law
    say: Speaker
    asked: Asked
    offers: tuple[OfferedVoice, ...]
    offer: OfferedVoice | None
    reader: Reader
    leaves: tuple[Leaf, ...]
    where: WhereIsMyCase
    today: date
    view: CaseInView
    is_heard: bool

    @property
    def door(self) -> str:
        """The way in."""
        return self.asked.door

    @property
    def is_locked(self) -> bool:
        """Whether the municipality has locked the section for this visit, or its report is in hearing."""
        return self.section.key in self.visit.locked or self.is_heard

    @property
    def may_write(self) -> bool:
        """Whether the visitor may write here, whatever stands in the address."""
        return self.offer is not None and not self.is_locked and self.case.is_open

    @property
    def must_be_asked_for(self) -> bool:
        """Whether somebody's saved words would be shown to an employee whom they have not asked for help today."""
        if self.door != BEHALF or self.offer is None:
            return False
        return has_unsent(self.case, self.visit, self.section.key, self.offer.voice.id, self.tool) and not self.helps

    @property
    def helps(self) -> bool:
        """Whether the visitor was asked today to write for the person, and so to see what is not handed in."""
        if self.door != BEHALF or self.offer is None:
            return False
        voice = self.offer.voice
        return was_asked_for(self.visit, self.reader.person_id, voice.id, voice.on_behalf_of, self.today)

    @property
    def has_unsent_goals(self) -> bool:
        """Whether the family has changed the plan since the municipality knows it."""
        return self.visit is not self.case.visits[self.visit.id]

    def is_known(self, slot: str, version: Version) -> bool:
        """Whether a version of an answer has reached this reader."""
        return version in self.visit.answers.get(slot_for(slot, self.reader.voice), ())

    @property
    def helpers(self) -> tuple[Helped, ...]:
        """For the family: whom one of them has asked to write for them at this visit."""
        mine = () if self.reader.is_municipal else self.reader.voices
        return tuple(one for one in self.visit.helped if one.voice in mine)

    @property
    def writer(self) -> Writer:
        """Who saves.

        Raises:
            LookupError: the section can only be read.
        """
        if self.offer is None:
            raise LookupError("nobody writes here")
        voice = self.offer.voice
        at_desk = self.door == BEHALF
        through = self.asked.through or (PHONE if at_desk else WEB)
        return Writer(self.reader.person_id, voice.id, voice.on_behalf_of, through, at_desk)

    @property
    def draft(self) -> DraftOf:
        """Whose draft waits here."""
        return draft_of(self.case_id, self.visit.id, self.section.key, self.writer)

    @cached_property
    def leaf(self) -> Leaf:
        """The page that is open; a number that does not exist opens the first."""
        return next((leaf for leaf in self.leaves if leaf.number == self.asked.leaf), self.leaves[0])

    @property
    def goes_by_pages(self) -> bool:
        """Whether one goes from page to page of the section; not where one came to change a single answer."""
        return len(self.leaves) > 1 and self.asked.back != CONCLUSION

    @property
    def next_leaf(self) -> Leaf | None:
        """The page after it."""
        return next((leaf for leaf in self.leaves if leaf.number == self.leaf.number + 1), None)

    @property
    def is_plan(self) -> bool:
        """Whether the open page is the plan, which a family fills goal by goal."""
        return self.door == OWN and self.may_write and self.leaf.keys == (self.tool.goals_field.key,)

    @property
    def goal(self) -> str:
        """The goal whose card is open; empty where none is."""
        return self.asked.goal if self.is_plan and self.asked.goal in self._plan else ""

    @property
    def next_goal(self) -> str:
        """The goal after it; empty after the last."""
        ids = (*self._plan, "")
        return ids[ids.index(self.goal) + 1] if self.goal else ""

    @property
    def _plan(self) -> tuple[str, ...]:
        return tuple(goal.id for goal in self.visit.plan)

    @property
    def english(self) -> English:
        """What the official wording means, for pages in English; empty for the Danish ones."""
        return explanations(self.tool.folder, self.say.language)

    def explained(self, slot: str) -> str:
        """What the label of a slot means, on an English page."""
        field = self.english.of_field(self.tool.goals_field.key if slot.startswith("goal/") else slot)
        return field.heading or field.label

    def meant(self, label: str) -> str:
        """A choice of the tool as a sentence of ours names it: in English on an English page."""
        return self.english.labels.get(label, label)

    def has_own(self, slot: Slot) -> bool:
        """Whether an answer is the reader's own."""
        return slot.voice in self.reader.voices

    def stands_here(self, name: str) -> bool:
        """Whether a control of this name is on the open page."""
        field, _, rest = name.partition(".")
        if self.is_plan:
            return bool(self.goal) and field in self.leaf.keys and rest.startswith(f"{self.goal}.")
        return field in self.leaf.keys

    def leaf_of(self, key: str) -> Leaf:
        """The page that a field stands on."""
        return next((leaf for leaf in self.leaves if key in leaf.keys), self.leaves[0])

    def address(self, leaf: int | None = None, goal: str | None = None) -> dict[str, Any]:
        """What names this page in its address, or another page of the section, or another goal of the plan."""
        named: dict[str, Any] = {"case_id": self.case_id, "visit": self.visit.id, "section": self.section.key}
        is_usual = not self.offers or self.offer == self.offers[0]
        number, of = leaf or self.leaf.number, self.goal if goal is None else goal
        return {
            **named,
            **({} if self.offer is None or is_usual else {"som": self.offer.key}),
            **({} if number == 1 else {"side": number}),
            **({"maal": of} if of and number == self.leaf.number else {}),
            **({"til": self.asked.back} if self.asked.back else {}),
        }

    def page(self) -> SectionPage:
        """The open page with what is stored."""
        section = only(self.section, self.leaf.keys)
        return section_page(self.tool, section, self.law, self.say, self._fill(section, locked=self.is_locked))

    def form(self, posted: Posted | None = None) -> SectionForm:
        """The open page as a form, with what was typed laid over what is stored."""
        return self._form(only(self.section, self.leaf.keys), posted, locked=self.is_locked)

    def whole(self, posted: Posted | None = None) -> SectionForm:
        """All pages of the section as one form."""
        return self._form(self.section, posted, locked=self.is_locked)

    def if_it_were_open(self, posted: Posted) -> SectionForm:
        """All pages as one form although the section was locked meanwhile, to show what somebody has typed."""
        return self._form(self.section, posted, locked=False)

    def label_of(self, slot: str) -> str:
        """What a slot is called on the form."""
        field: Any = self.tool.goals_field if slot.startswith("goal/") else self.tool.find(slot)
        return self.law.in_words(field.heading or field.label) if field else slot

    def _form(self, section: Section, posted: Posted | None, *, locked: bool) -> SectionForm:
        return section_form(self.tool, section, self.law, self.say, self._fill(section, locked=locked), posted)

    def _fill(self, section: Section, *, locked: bool) -> Fill:
        is_closed = locked or self.offer is None or not self.case.is_open
        shown = shown_words(self.case, self.visit, self.section, self.tool, self.reader) if is_closed else {}
        return fill_for(self.case, self.visit, section, self.tool, self.reader, shown, locked=is_closed)


def section_at_hand(
    services: Services, view: CaseInView, visit_id: str, section_key: str, asked: Asked
) -> SectionAtHand | None:
    """The section as this visitor has it at hand; None where there is no such section for them."""
    case, visit = view.case, view.case.visits.get(visit_id)
    tool = services.tool(visit.edition) if visit else None
    section = next((one for one in tool.sections if one.key == section_key), None) if tool else None
    if visit is None or tool is None or section is None:
        return None
    today, say = services.today(), services.say()
    is_municipal = bool(view.decision.role and view.decision.role.is_employed)
    mine = offered(case, view.actor, today, tool, section_key, say)
    offers = _through(asked.door, mine, is_municipal=is_municipal)
    offer = chosen(offers, asked.voice)
    if offer is None and (asked.voice or not _may_read(view, section_key)):
        return None
    voices = frozenset(one.voice.id for one in mine)
    voice = offer.voice.id if offer else ""
    return SectionAtHand(
        case_id=view.id,
        case=case,
        visit=_known(case, visit, section, tool) if is_municipal and asked.door != BEHALF else visit,
        section=section,
        tool=tool,
        law=services.law(visit.day or today),
        say=say,
        asked=asked,
        offers=offers,
        offer=offer,
        reader=Reader.of(case, view.actor, voice, voices, today, say, municipal=is_municipal),
        leaves=_leaves(section, asked, can_write=offer is not None),
        where=where_for(view, today, say),
        today=today,
        view=view,
        is_heard=is_heard_now(case, visit.id, services.clock()),
    )


def _known(case: Case, visit: Visit, section: Section, tool: Tool) -> Visit:
    """As the municipality knows it: goals and their names follow the hand-in."""
    has_plan = any(field.kind is Kind.GOALS for field in section.fields)
    return reached_plan(case, visit, tool) if has_plan else visit


def _leaves(section: Section, asked: Asked, *, can_write: bool) -> tuple[Leaf, ...]:
    """A family fills page by page, the municipality a whole section, or one answer from the page of the conclusion."""
    if can_write and asked.back == CONCLUSION:
        return leaf_by_leaf(section)
    return leaves_of(section) if asked.door == OWN and can_write else one_leaf(section)


def _through(door: str, offers: tuple[OfferedVoice, ...], *, is_municipal: bool) -> tuple[OfferedVoice, ...]:
    """Each door offers the voices that its right is about."""
    if door == OWN:
        return () if is_municipal else offers
    on_behalf = door == BEHALF
    return tuple(offer for offer in offers if is_municipal and bool(offer.voice.on_behalf_of) is on_behalf)


def _may_read(view: CaseInView, section: str) -> bool:
    """A section that one may not write in is read by whoever sees the whole case."""
    return view.decision.scope is not Scope.OWN_PART or section in view.decision.sections
