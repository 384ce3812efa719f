"""What somebody has told the municipality on the phone: who may be written for, what is noted, what was read out."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from pipeline.cases.record.case import Case
from pipeline.cases.record.events import Event
from pipeline.cases.record.history import PHONE, name_of
from pipeline.cases.record.journal_events import JournalNoted, NoteKind
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.reached import waits_to_be_read_back, written_since
from pipeline.cases.record.visit_events import SectionHandedIn
from pipeline.danish import danish_list
from pipeline.store.save_answers import Writer, draft_of
from webforms.design.words import Speaker
from webforms.forms.choose_voice import OfferedVoice, offered
from webforms.forms.kept_draft import typed_in
from webforms.identity.current import CaseInView
from webforms.parents.hand_in import is_to_hand_in
from webforms.parents.own_part import OwnVoice
from webforms.services import Services


@dataclass(frozen=True)
class Noted:
    """What was written down of a section on the phone, and not read out yet.

    Attributes:
        who: who of the municipality wrote last, and when; or that it is not saved yet.
    """

    section: str
    who: str


@dataclass(frozen=True)
class Caller:
    """A voice that may be written for on the phone.

    Attributes:
        teller: who tells.
        voice: whose answers they tell.
        noted: what waits to be read out to them.
    """

    offer: OfferedVoice
    teller: str
    voice: str
    noted: tuple[Noted, ...]


def callers(services: Services, view: CaseInView, visit: Visit) -> tuple[Caller, ...]:
    """Everybody whom this employee may write for, each voice once."""
    say, tool = services.say(), services.tool(visit.edition)
    offers: dict[str, OfferedVoice] = {}
    for section in tool.sections:
        for offer in offered(view.case, view.actor, services.today(), tool, section.key, say):
            if offer.voice.on_behalf_of:
                offers.setdefault(offer.key, offer)
    return tuple(_caller(services, view, visit, offer, say) for offer in offers.values())


def noted_sections(services: Services, case: Case, visit: Visit, voice: str) -> Iterator[Noted]:
    """Sections in which something waits to be read out, with who wrote it down."""
    tool, say = services.tool(visit.edition), services.say()
    for section in tool.sections:
        waiting = waits_to_be_read_back(case, visit, section.key, voice, tool)
        if waiting:
            last = waiting[-1]
            yield Noted(
                section.key, say("caseworkers.phone.noted", who=name_of(case, last.by), when=say.moment(last.at))
            )


def noted_on_the_phone(services: Services, view: CaseInView, visit: Visit) -> int:
    """How many sections wait to be read out or are begun, each voice counted by itself."""
    return len({(one.offer.voice.id, noted.section) for one in callers(services, view, visit) for noted in one.noted})


def may_be_read_out(visit: Visit, own: OwnVoice) -> bool:
    """Whether a section can be handed in for the one who tells."""
    return own.at_hand.may_write and (own.has_draft or is_to_hand_in(visit, own))


def as_it_was_read(part: Sequence[OwnVoice]) -> str:
    """A short digest of everything that the page reads out: what is handed in is what was heard."""
    read = [
        (own.at_hand.section.key, sorted(one.seq for one in own.written), own.draft.revision if own.draft else 0)
        for own in part
    ]
    plan = [(goal.id, goal.position) for goal in part[0].at_hand.visit.plan] if part else []
    return hashlib.sha256(msgspec.json.encode([read, plan])).hexdigest()[:32]


def was_changed_since(visit: Visit, part: Sequence[OwnVoice], revision: int) -> bool:
    """Whether somebody else has written there, or changed the plan, since a revision in which the part was read out."""
    return any(
        own.at_hand.visit.plan != visit.plan
        or written_since(
            visit, own.at_hand.section.key, own.voice, own.at_hand.tool, revision=revision, by=own.at_hand.writer.by
        )
        for own in part
    )


def handed_in_by_phone(case: Case, visit: Visit, part: Sequence[OwnVoice], today: date) -> tuple[Event, ...]:
    """That somebody said yes to the answers of some sections, and the note of the call that the law asks for."""
    sections = [own.at_hand.section.key for own in part if own.at_hand.section.key not in visit.locked]
    if not sections:
        return ()
    voice, teller = part[0].at_hand.writer.voice, part[0].at_hand.writer.on_behalf_of
    handed_in = (SectionHandedIn(visit.id, key, voice, confirmed_by=teller) for key in sections)
    who = name_of(case, teller)
    return (*handed_in, JournalNoted(NoteKind.PHONE, today, who, _note(visit, who, sections)))


def _note(visit: Visit, who: str, sections: Sequence[str]) -> str:
    """Documents of the case are Danish, whatever language the page is in."""
    what = danish_list([f"({key})" for key in sections])
    return (
        f"Svar i afsnit {what} til besøg nr. {visit.number} er oplyst i telefonen, skrevet ned og læst op. "
        f"De er bekræftet af {who} og afleveret. De kan rettes, indtil afsnittet bliver låst."
    )


def _caller(services: Services, view: CaseInView, visit: Visit, offer: OfferedVoice, say: Speaker) -> Caller:
    teller = name_of(view.case, offer.voice.on_behalf_of)
    is_shared = offer.voice.id != offer.voice.on_behalf_of
    key = "own_view" if offer.voice.own_view else "answers_for" if is_shared else "answers_alone"
    return Caller(
        offer,
        teller,
        say(f"caseworkers.phone.{key}", names=offer.names),
        (*noted_sections(services, view.case, visit, offer.voice.id), *_begun(services, view, visit, offer, say)),
    )


def _begun(services: Services, view: CaseInView, visit: Visit, offer: OfferedVoice, say: Speaker) -> Iterator[Noted]:
    """Sections in which something was typed and not saved, by whichever employee."""
    writer = Writer(view.actor, offer.voice.id, offer.voice.on_behalf_of, PHONE, at_desk=True)
    for key in sorted(offer.voice.sections):
        if typed_in(services.store.drafts.of(draft_of(view.id, visit.id, key, writer))):
            yield Noted(key, say("caseworkers.phone.begun"))
