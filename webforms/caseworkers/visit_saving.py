"""Keeping and saving what was typed at a visit: one page, several sections, each by the ways of webforms/forms."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.cases.record.history import words_of
from pipeline.cases.record.visit_events import FieldsSkipped
from pipeline.errors import AnswersError
from webforms.caseworkers.at_case import AtCase
from webforms.caseworkers.visit_at_hand import OpenSection, Sheet, has_words, typed_here
from webforms.caseworkers.visit_conversation import title_of
from webforms.caseworkers.visit_skipping import says_what_is_recorded, skip_events, skip_of
from webforms.design.page import Line
from webforms.forms.kept_draft import as_posted, laid_over, typed_in
from webforms.forms.saving import save_form
from webforms.inputs.base import PRESS
from webforms.inputs.controls import Posted
from webforms.inputs.section_form import BASED_ON

LOCKED, OLDER = "locked", "older"
_ACTION = "municipality.write"


@dataclass(frozen=True)
class Closed:
    """What was typed into a section that was closed meanwhile; it waits as the writer's draft.

    Attributes:
        is_heard: closed because the report is in hearing; else the municipality has locked it.
    """

    section: str
    typed: tuple[Line, ...]
    is_heard: bool


@dataclass(frozen=True)
class SavedVisit:
    """What came of a save; choices between two versions wait in the drafts.

    Attributes:
        settled: slots that say what was sent.
        stays: rows came or went by a button: the page is shown again.
    """

    settled: tuple[str, ...]
    stays: bool


def keep(at: AtCase, sections: Sequence[OpenSection], posted: Posted, count: int) -> str:
    """Keep as drafts what the page holds; sections in which nothing was typed are left alone.

    What was typed into a section that was closed meanwhile waits too.

    Returns:
        empty, or why something could not be kept: LOCKED or OLDER.
    """
    problem = LOCKED if keep_closed(at, sections, posted) else ""
    for one in sections:
        if not one.at_hand.may_write or is_untouched(one, posted):
            continue
        words = _as_draft(one, posted)
        is_known = one.draft is not None and one.draft.words == words
        if not is_known and not at.services.store.drafts.keep(one.at_hand.draft, count, words):
            problem = OLDER
    return problem


def save(at: AtCase, sections: Sequence[OpenSection], posted: Posted) -> SavedVisit:
    """Save every section in which something was typed.

    Raises:
        SlotRefused: something may not be written there; what was saved before it stays saved.
        StoreUnavailable: as SlotRefused.
    """
    settled: list[str] = []
    stays = False
    for one in sections:
        if not one.at_hand.may_write or is_untouched(one, posted):
            continue
        form = one.at_hand.whole(_everything_typed(one, posted))
        saved = save_form(at.services, one.at_hand, form, _ACTION)
        settled += [*saved.written, *saved.unchanged]
        stays = stays or form.stays
    return SavedVisit(tuple(settled), stays)


def record_skips(sheet: Sheet) -> dict[str, str]:
    """Record which themes are skipped or taken up again.

    Returns:
        by key of the theme why its choice cannot be taken.
    """
    errors: dict[str, str] = {}
    events: list[FieldsSkipped] = []
    for theme in sheet.themes:
        skip = skip_of(sheet, theme)
        if skip is None:
            continue
        if skip.chosen and has_words(sheet.parts_of(theme)):
            errors[theme.key] = sheet.at.say("caseworkers.at_visit.notes_and_skipped", theme=title_of(sheet, theme))
            continue
        try:
            events += skip_events(sheet.visit, skip)
        except AnswersError as refused:
            errors[theme.key] = str(refused)
    if events:
        view = sheet.at.view
        sheet.at.services.store.cases.append(view.id, events, view.actor, _ACTION)
    return errors


def is_untouched(one: OpenSection, posted: Posted) -> bool:
    """Whether the page says of a section what is kept already, and no draft waits there."""
    if one.draft is not None:
        return False
    form = one.at_hand.form(posted)
    is_same_choice = says_what_is_recorded(one.at_hand.visit, typed_here(one, posted))
    return is_same_choice and not (form.changes() or form.left_over() or form.press)


def keep_closed(at: AtCase, sections: Iterable[OpenSection], posted: Posted) -> tuple[Closed, ...]:
    """Keep what was typed into sections that were locked, or came in hearing, since the page was opened.

    It stands in the section again when that is open again.
    """
    drafts, found = at.services.store.drafts, []
    for one in sections:
        closed = _closed(one, posted) if typed_here(one, posted) else None
        if closed is None:
            continue
        found.append(closed)
        kept, based_on = drafts.kept(one.at_hand.draft), one.at_hand.if_it_were_open(posted).based_on
        typed = [*typed_here(one, posted), (BASED_ON, json.dumps(dict(based_on)))]
        words = laid_over(kept.draft, typed, one.at_hand.stands_here)
        if kept.draft is None or kept.draft.words != words:
            drafts.keep(one.at_hand.draft, kept.count + 1, words)
    return tuple(found)


def waiting_closed(at: AtCase, sections: Iterable[OpenSection]) -> tuple[Closed, ...]:
    """What the writer has typed into sections that are closed now, and what waits there."""
    shut = (one for one in sections if one.at_hand.offer and not one.at_hand.may_write)
    waiting = ((one, typed_in(at.services.store.drafts.of(one.at_hand.draft))) for one in shut)
    found = (_closed(one, typed) for one, typed in waiting if typed)
    return tuple(one for one in found if one)


def _closed(one: OpenSection, posted: Posted) -> Closed | None:
    """What is typed and not written of a section that is closed; None where it is open, or there is nothing."""
    if one.at_hand.offer is None or one.at_hand.may_write:
        return None
    changes = one.at_hand.if_it_were_open(posted).changes()
    lines = tuple(_line(one, slot, value) for slot, value in changes.items() if value)
    return Closed(one.at_hand.section.key, lines, one.at_hand.is_heard) if lines else None


def _line(one: OpenSection, slot: str, value: Any) -> Line:
    return Line(one.at_hand.label_of(slot), words_of(slot, value, one.at_hand.tool))


def _everything_typed(one: OpenSection, posted: Posted) -> Posted:
    """What the page sent, and what waits from other pages of the section, and the button that was pressed."""
    everything = as_posted(_as_draft(one, posted)) or posted
    if PRESS in posted:
        everything[PRESS] = posted[PRESS]
    return everything


def _as_draft(one: OpenSection, posted: Posted) -> dict[str, Any]:
    based_on = json.dumps(dict(one.at_hand.form(posted).based_on))
    return laid_over(one.draft, [*typed_here(one, posted), (BASED_ON, based_on)], one.at_hand.stands_here)
