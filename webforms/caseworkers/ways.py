"""The pages of a case beside each other, and the way back to the list: what stands above every page of a case."""

from collections.abc import Callable

from flask import request, url_for

from webforms.caseworkers.at_case import AtCase, at_case
from webforms.caseworkers.case_front import where
from webforms.design.page import Link
from webforms.identity.current import case_in_view_or_none
from webforms.services import Services

_WAYS = (
    ("case", "case.read"),
    ("people", "people.read"),
    ("visits", "part.read"),
    ("journal", "journal.read"),
    ("agreements", "agreement.read"),
    ("documents", "document.read"),
    ("looked", "audit.read"),
)
"""Endpoint, and the right that opening it needs."""


def around_case(services: Services) -> Callable[[], dict[str, object]]:
    """What every room that has pages of a case hands to its templates: `ways`, `trail_to(here)`, `where_it_is()`."""

    def around() -> dict[str, object]:
        if case_in_view_or_none() is None:
            return {}
        at = at_case(services, {})
        # A page that asks nothing for the panel is made without it; people from outside have a panel of their own.
        panel = where if is_municipal(at) else lambda _: None
        return {"ways": ways(at), "trail_to": lambda here: trail(at, here), "where_it_is": lambda: panel(at)}

    return around


def ways(at: AtCase) -> tuple[Link, ...]:
    """The pages of the case that an employee may open; none for people from outside, who have pages of their own."""
    if not is_municipal(at):
        return ()
    here = request.endpoint or ""
    return tuple(
        Link(at.say(f"caseworkers.ways.{name}"), at.url(name), is_current=here == f"caseworkers.{name}")
        for name, action in _WAYS
        if at.may(action)
    )


def trail(at: AtCase, here: str) -> tuple[Link, ...]:
    """From the list over the case to this page.

    Args:
        at: the case.
        here: what this page is called; empty for the front of the case.
    """
    listed = Link(at.say("caseworkers.ways.list"), url_for("caseworkers.cases"))
    number = at.say("caseworkers.ways.number", number=at.case.number)
    front = Link(number, at.url("case"))
    return (listed, front, Link(here, "")) if here else (listed, front)


def is_municipal(at: AtCase) -> bool:
    """Whether an employee looks."""
    return bool(at.view.decision.role and at.view.decision.role.is_employed)
