"""Saving a section as it was typed: the answers into the case, what is no answer yet as a draft, the goals' deeds."""

from collections.abc import Sequence
from typing import Any

from pipeline.cases.record.events import Event
from pipeline.cases.record.visit_events import Written
from pipeline.cases.record.voices import may_write
from pipeline.store.refusals import SlotRefused
from pipeline.store.save_answers import Answer, Saved
from webforms.forms.conflicts import answer_in_voice
from webforms.forms.goal_deeds import goal_events
from webforms.forms.kept_draft import Pair, as_draft, waiting_in
from webforms.forms.section_at_hand import SectionAtHand
from webforms.inputs.section_form import SectionForm
from webforms.services import Services


def save_form(
    services: Services, at_hand: SectionAtHand, form: SectionForm, action: str, taken: Sequence[Pair] = ()
) -> Saved:
    """Save what a form of the whole section says.

    Args:
        services: keep it.
        at_hand: the section.
        form: of all its pages, with the typed words in it.
        action: what the audit log calls it.
        taken: offered answers that the person wants to see in the form; they become part of the draft.

    Raises:
        SlotRefused: something may not be written here; nothing was saved.
        StoreUnavailable: nothing was saved.
    """
    changes = form.changes()
    answers = [answer_in_voice(key, form.based_on.get(key, 0), value) for key, value in changes.items()]
    left = {name: value for name, value in (*form.left_over(), *taken)}
    unsaved = {slot: revision for slot, revision in form.based_on.items() if slot not in changes}
    draft = {**_still_waiting(services, at_hand, changes), **as_draft(left.items(), unsaved)}
    return save_answers(services, at_hand, answers, action, draft)


def save_answers(
    services: Services, at_hand: SectionAtHand, answers: Sequence[Answer], action: str, left_over: dict[str, Any]
) -> Saved:
    """Save answers in the voice of the page, and keep what is left as its draft.

    Raises:
        SlotRefused: something may not be written here; nothing was saved.
        StoreUnavailable: nothing was saved.
    """
    for answer in answers:
        _refuse_forged(services, at_hand, answer)
    where = (at_hand.case_id, at_hand.visit.id, at_hand.section.key)
    return services.answers.save(*where, answers, at_hand.writer, action, left_over)


def do_goals(services: Services, at_hand: SectionAtHand, form: SectionForm, action: str) -> Sequence[Event]:
    """Let goals come, go, move, or get another måltype, as it was pressed and chosen.

    Returns:
        What happened.

    Raises:
        SlotRefused: the section was locked meanwhile.
        StoreUnavailable: nothing was saved.
    """
    happened = goal_events(at_hand, form)
    if not happened:
        return ()
    with services.store.cases.change(at_hand.case_id, at_hand.writer.by, action) as change:
        if at_hand.section.key in change.case.visits[at_hand.visit.id].locked:
            raise SlotRefused(at_hand.say("forms.locked"))
        change.add(happened, at_hand.writer.by)
    return happened


def _refuse_forged(services: Services, at_hand: SectionAtHand, answer: Answer) -> None:
    """The last word on who may write what, beside everything that the page did not offer."""
    writer = at_hand.writer
    written = Written(
        at_hand.visit.id, answer.slot, answer.voice or writer.voice, answer.value, writer.on_behalf_of, writer.through
    )
    if not may_write(at_hand.case, writer.by, services.today(), at_hand.tool, written):
        raise SlotRefused(at_hand.say("forms.not_yours"))


def _still_waiting(services: Services, at_hand: SectionAtHand, settled: dict[str, Any]) -> dict[str, Any]:
    """Choices that this save does not touch go on waiting."""
    waiting = waiting_in(services.store.drafts.of(at_hand.draft))
    return {slot: mine for slot, mine in waiting.items() if slot not in settled}
