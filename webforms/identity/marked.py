"""Every address says what it needs: an action of the table of rights, or why it is open to all.

@needs("case.read")
def front(self, case_id: str) -> str: …
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from webforms.identity.access import action_named
from webforms.identity.pace import Pace

_MARK = "__access__"
_View = TypeVar("_View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Needs:
    """An action must be allowed.

    Attributes:
        pace: how often; None: by the method.
        largest: bytes that may be sent where files come in; 0: as on every other address.
    """

    action: str
    pace: Pace | None = None
    largest: int = 0


@dataclass(frozen=True)
class OpenToAll:
    """Nobody need be signed in.

    Attributes:
        why: what speaks for that.
        pace, largest: as in `Needs`.
    """

    why: str
    pace: Pace | None = None
    largest: int = 0


Mark = Needs | OpenToAll


def needs(action: str, *, pace: Pace | None = None, largest: int = 0) -> Callable[[_View], _View]:
    """Mark a view: the visitor must be allowed this action.

    Raises:
        LookupError: the table of rights has no such action.
    """
    action_named(action)
    return _marker(Needs(action, pace, largest))


def open_to_all(why: str, *, pace: Pace | None = None, largest: int = 0) -> Callable[[_View], _View]:
    """Mark a view: nobody need be signed in."""
    return _marker(OpenToAll(why, pace, largest))


def mark_of(view: Callable[..., Any]) -> Mark | None:
    """What a view is marked with."""
    found: Mark | None = getattr(view, _MARK, None)
    return found


def _marker(mark: Mark) -> Callable[[_View], _View]:
    def put(view: _View) -> _View:
        # A bound method takes no attribute of its own; its function is one for all objects, and so is the mark.
        setattr(getattr(view, "__func__", view), _MARK, mark)
        return view

    return put
