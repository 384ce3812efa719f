"""More time, or a talk: what somebody who is heard may ask for instead of answering, or beside it."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.hearing.events import MoreTimeAsked, TalkAsked
from pipeline.cases.hearing.state import Stand
from webforms.hearing.at_hearing import AtHearing, at_hearing
from webforms.hearing.party_pages import ANSWER, PATH, READ, answering
from webforms.identity.marked import needs
from webforms.parents.short_text import ShortText, short_text
from webforms.services import Services

_SEE_OTHER, _REFUSED = 303, 422
_MOST_CHARACTERS = 2000
_FIELD = "tekst"
MORE_TIME, TALK = "more_time", "talk"


@dataclass(frozen=True)
class _Wish:
    kind: str
    path: str


_WISHES = (_Wish(MORE_TIME, "mere-tid"), _Wish(TALK, "samtale"))


class WishPages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses of each wish."""
        for wish in _WISHES:
            self._add(pages, wish)

    def _add(self, pages: Blueprint, wish: _Wish) -> None:
        @needs(READ)
        def show(case_id: str, hearing: str) -> str:
            return _page(at_hearing(self._services, hearing), wish, ShortText("", ()))

        @needs(ANSWER)
        def ask(case_id: str, hearing: str) -> AnyResponse | tuple[str, int]:
            return self._ask(answering(self._services, hearing), wish)

        pages.add_url_rule(f"{PATH}/{wish.path}", wish.kind, show, methods=["GET"])
        pages.add_url_rule(f"{PATH}/{wish.path}", f"{wish.kind}_ask", ask, methods=["POST"])

    def _ask(self, at: AtHearing, wish: _Wish) -> AnyResponse | tuple[str, int]:
        say = self._services.say()
        text = short_text(
            request.form.get(_FIELD, ""), _FIELD, say(f"hearing.{wish.kind}_label"), _MOST_CHARACTERS, say
        )
        if text.problems:
            return _page(at, wish, text), _REFUSED
        if text.typed not in _asked_already(at, wish):  # a double click is one wish
            event = (MoreTimeAsked if wish.kind == MORE_TIME else TalkAsked)(at.hearing.id, text.typed)
            self._services.store.cases.append(at.view.id, [event], at.view.actor, ANSWER)
        return redirect(at.url(wish.kind), _SEE_OTHER)


def _asked_already(at: AtHearing, wish: _Wish) -> tuple[str, ...]:
    if wish.kind == MORE_TIME:
        return tuple(one.reason for one in at.hearing.more_time if one.given is None)
    return tuple(one.text for one in at.hearing.talks if one.held is None)


def _page(at: AtHearing, wish: _Wish, text: ShortText) -> str:
    return render_template(
        "hearing/wish.html",
        at=at,
        wish=wish.kind,
        asked=_asked_already(at, wish),
        text=text,
        field=_FIELD,
        is_open=at.may_answer and (wish.kind == TALK or at.stand in (Stand.OPEN, Stand.SILENT)),
        problems=text.problems,
        where=at.where,
    )
