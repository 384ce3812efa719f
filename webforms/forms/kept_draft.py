"""What somebody has typed on a page and not yet saved, as the store keeps it and as the form takes it again."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from pipeline.store.drafts import Draft
from webforms.inputs.base import PRESS
from webforms.inputs.controls import Posted

_PAIRS = "typed"
COUNT = "_draft"
"""Name of the hidden field with the number that the page's first autosave must exceed."""
_NOT_TYPED = frozenset({"csrf_token", PRESS, COUNT})


def words_of_draft(typed: Iterable[tuple[str, str]]) -> Mapping[str, Any]:
    """What a form sent, as a draft is kept."""
    pairs = [[name, value] for name, value in typed if name not in _NOT_TYPED]
    return {_PAIRS: pairs} if pairs else {}


def typed_in(draft: Draft | None) -> Posted | None:
    """A kept draft, as a form takes it; None where nothing waits."""
    pairs = draft.words.get(_PAIRS) if draft else None
    return MultiDict([(str(name), str(value)) for name, value in pairs]) if pairs else None


def kept_at(draft: Draft | None) -> datetime | None:
    """When it was kept; None where nothing waits."""
    return draft.at if draft and draft.words.get(_PAIRS) else None


def count_of(draft: Draft | None) -> int:
    """The number that the next autosave must exceed."""
    return draft.revision if draft else 0
