"""What somebody has typed and not yet saved, as the store keeps it and as the form takes it again.

A section has one draft for each writer and voice, however many pages it has. In it stand the typed words of all its
pages, and beside them answers that wait for a choice between two versions.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from pipeline.store.drafts import Draft
from webforms.inputs.controls import Posted
from webforms.inputs.section_form import BASED_ON

_PAIRS = "typed"
COUNT = "_draft"
"""Name of the hidden field with the number that the page's first autosave must exceed."""

Pair = tuple[str, str]


def typed_in(draft: Draft | None) -> Posted | None:
    """The typed words of a draft, as a form takes them; None where none wait."""
    return as_posted(draft.words) if draft else None


def as_posted(words: Mapping[str, Any]) -> Posted | None:
    """Words as a draft holds them, as a form takes them."""
    pairs = words.get(_PAIRS)
    return MultiDict([(str(name), str(value)) for name, value in pairs]) if pairs else None


def kept_at(draft: Draft | None, stands_here: Callable[[str], bool]) -> datetime | None:
    """When words for the controls of a page were kept; None where none wait."""
    typed = typed_in(draft)
    return draft.at if draft and typed and any(stands_here(name) for name in typed) else None


def waiting_in(draft: Draft | None) -> dict[str, Any]:
    """By slot the answers that wait for a choice."""
    return {slot: mine for slot, mine in draft.words.items() if slot != _PAIRS} if draft else {}


def as_draft(typed: Iterable[Pair], based_on: Mapping[str, int]) -> dict[str, Any]:
    """Typed words as a draft holds them, with the revisions that they were based on."""
    pairs = [[name, value] for name, value in typed]
    return {_PAIRS: [*pairs, [BASED_ON, json.dumps(dict(based_on))]]} if pairs else {}


def rebased(posted: Posted, settled: Collection[str]) -> Posted:
    """What a browser sent, to be shown again after a save: what was saved is based on what stands there now."""
    again: Posted = MultiDict(posted.items(multi=True))
    before = _revisions(posted.items(multi=True))
    again[BASED_ON] = json.dumps({slot: revision for slot, revision in before.items() if slot not in settled})
    return again


def laid_over(draft: Draft | None, sent: Iterable[Pair], stands_here: Callable[[str], bool]) -> dict[str, Any]:
    """A draft after a page of the section has sent its words: what other pages sent before stays.

    Args:
        draft: as it was.
        sent: what the browser sent; only words for the controls of the page are looked at.
        stands_here: tells by name whether a control is on the page.
    """
    new, before = list(sent), list((typed_in(draft) or MultiDict()).items(multi=True))
    others = [(name, value) for name, value in before if name != BASED_ON and not stands_here(name)]
    own = [(name, value) for name, value in new if stands_here(name)]
    based_on = {**_revisions(before), **_revisions(new)}
    return {**waiting_in(draft), **as_draft([*others, *own], based_on)}


def after_taking_over(
    draft: Draft | None, typed: Mapping[str, str], left_over: Iterable[Pair], settled: Collection[str]
) -> dict[str, Any]:
    """A draft after answers from elsewhere (a form on paper) were saved into its section.

    Args:
        draft: as it was; words for other controls stay as they are.
        typed: by control what was saved; older words for it are gone.
        left_over: what was chosen and is no answer yet.
        settled: slots that were saved.
    """
    before = list((typed_in(draft) or MultiDict()).items(multi=True))
    left = dict(left_over)
    kept = [(name, value) for name, value in before if name != BASED_ON and name not in typed and name not in left]
    based_on = {slot: revision for slot, revision in _revisions(before).items() if slot not in settled}
    waiting = {slot: mine for slot, mine in waiting_in(draft).items() if slot not in settled}
    return {**waiting, **as_draft([*kept, *left.items()], based_on)}


def _revisions(pairs: Iterable[Pair]) -> dict[str, Any]:
    """What the words were based on; what is no JSON object says nothing (section_form looks at each number)."""
    written = next((value for name, value in pairs if name == BASED_ON), "{}")
    try:
        read = json.loads(written)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}
