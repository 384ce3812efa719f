"""An entry of the family's diary as evidence for a goal: copies of its words and photos; the entry stays their own."""

import io

from pipeline.cases.record.journal_events import DocumentKept
from pipeline.cases.record.parts import DiaryEntry
from pipeline.danish import danish_date
from pipeline.store.files import NewDocument
from webforms.forms.kept_draft import Pair
from webforms.forms.plan_facts import evidence_slot
from webforms.forms.section_at_hand import SectionAtHand
from webforms.inputs.goals import GoalCard
from webforms.inputs.section_form import SectionForm
from webforms.services import Services

FROM_DIARY = "diary"
"""What the button says; which goal and which entry stand behind it with a `/` between."""


def from_diary(at_hand: SectionAtHand, form: SectionForm) -> tuple[Pair, ...]:
    """What the press of the button puts into the form; the entry itself is not shared by it."""
    card, entry = _pressed(at_hand, form)
    if card is None or entry is None:
        return ()
    words = f"{danish_date(entry.on)}: {entry.text}"
    if words in card.reason.typed:
        return ()
    return ((card.reason.name, f"{card.reason.typed}\n{words}".lstrip("\n")),)


def lay_its_photos(services: Services, at_hand: SectionAtHand, form: SectionForm, action: str) -> None:
    """Lay copies of the photos and clips of the pressed entry to the goal; the same one once.

    Raises:
        FileLost: one is damaged on the disk.
        StoreUnavailable: nothing more was kept.
    """
    card, entry = _pressed(at_hand, form)
    if card is None or entry is None:
        return
    slot = evidence_slot(card.goal.id)
    there = {one.document.sha256 for one in at_hand.case.documents.values() if one.document.slot == slot}
    for kept in entry.files:
        if kept.document.sha256 not in there:
            photo = io.BytesIO(b"".join(services.store.files.read(at_hand.case_id, kept.document.file)))
            told = _as_evidence(kept.document, at_hand.visit.id, slot)
            services.store.files.keep(at_hand.case_id, photo, told, at_hand.reader.person_id, action)


def _as_evidence(photo: DocumentKept, visit: str, slot: str) -> NewDocument:
    return NewDocument(
        kind="bilag",
        title=photo.title,
        original_name=photo.original_name,
        media_type=photo.media_type,
        visit=visit,
        slot=slot,
        received_from=photo.received_from,
        dated=photo.dated,
        seen_by=photo.seen_by,
    )


def _pressed(at_hand: SectionAtHand, form: SectionForm) -> tuple[GoalCard | None, DiaryEntry | None]:
    """The goal and the entry that the button names; nothing where the entry is not the reader's own."""
    press, hidden = form.press, at_hand.reader.hidden
    if press is None or press.deed != FROM_DIARY or hidden is None:
        return None, None
    goal_id, _, entry_id = press.which.partition("/")
    entry = at_hand.case.diary.get(entry_id)
    card = next((card for card in form.goal_cards if card.goal.id == goal_id), None)
    return card, entry if entry and entry.voice in hidden.voices else None
