"""Handing in: first everything that was typed is saved, then each section says that it was handed in."""

from collections.abc import Iterator, Sequence

from pipeline.cases.record.parts import Visit
from pipeline.cases.record.visit_events import SectionHandedIn
from webforms.forms.saving import save_form
from webforms.identity.current import CaseInView
from webforms.parents.own_part import OwnVoice
from webforms.services import Services

HAND_IN = "part.hand_in"


def save_what_waits(services: Services, part: Sequence[OwnVoice], action: str = HAND_IN) -> bool:
    """Save every draft of a part, so that nothing typed is left behind.

    Args:
        services: keep it.
        part: with its drafts.
        action: what the audit log calls it.

    Returns:
        False where something could not be saved as it stands: it cannot be read, or somebody else wrote there; it is
        still kept.

    Raises:
        SlotRefused: something may not be written; what was saved before it is saved.
        StoreUnavailable: nothing more was saved.
    """
    saved = [_saved(services, own, action) for own in part if own.has_draft]
    return all(saved) and not any(own.waits_for_choice for own in part)


def hand_in(services: Services, view: CaseInView, visit: Visit, part: Sequence[OwnVoice]) -> None:
    """Hand in what is not handed in yet, or was changed since.

    Raises:
        StoreUnavailable: nothing was handed in.
    """
    wanted = tuple(_to_hand_in(visit, part))
    if not wanted:
        return
    with services.store.cases.change(view.id, view.actor, HAND_IN) as change:
        locked = change.case.visits[visit.id].locked  # the municipality may have locked one this very moment
        change.add([event for event in wanted if event.section not in locked], view.actor)


def is_to_hand_in(visit: Visit, own: OwnVoice) -> bool:
    """Whether a part of a section was not handed in yet, or was changed since."""
    before = visit.handed_in.get((own.at_hand.section.key, own.voice))
    return before is None or any(version.at > before for version in own.written)


def _saved(services: Services, own: OwnVoice, action: str) -> bool:
    is_whole = not own.form.left_over()
    return not save_form(services, own.at_hand, own.form, action).conflicts and is_whole


def _to_hand_in(visit: Visit, part: Sequence[OwnVoice]) -> Iterator[SectionHandedIn]:
    """The usual voice hands in a section even where it has nothing to say there; others only what they wrote."""
    for own in part:
        if not own.at_hand.may_write or (own.is_empty and not own.is_usual):
            continue
        if is_to_hand_in(visit, own):
            yield SectionHandedIn(visit.id, own.at_hand.section.key, own.voice)
