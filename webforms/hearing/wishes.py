"""More time, or a talk: what somebody who is heard may ask for instead of answering, or beside it."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.hearing.events import MoreTimeAsked, TalkAsked
from pipeline.cases.hearing.state import Stand
from webforms.caseworkers.small_form import Ask, Look, SmallForm
from webforms.hearing.at_hearing import AtHearing, at_hearing
from webforms.hearing.party_pages import ANSWER, PATH, READ, answering
from webforms.identity.marked import needs
from webforms.services import Services

_SEE_OTHER, _REFUSED = 303, 422
_MORE_TIME, _TALK = "more_time", "talk"
_WISHES = ((_MORE_TIME, "mere-tid"), (_TALK, "samtale"))
"""Name of the endpoint and of the table of words; last part of the address."""
_TEXT = "tekst"


class WishPages:
    """The pages.

    Args:
        services: what they work with.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses of each wish."""
        for wish, path in _WISHES:
            self._add(pages, wish, f"{PATH}/{path}")

    def _add(self, pages: Blueprint, wish: str, path: str) -> None:
        @needs(READ)
        def show(case_id: str, hearing: str) -> str:
            at = at_hearing(self._services, hearing)
            return _page(at, wish, _form(at, wish))

        @needs(ANSWER)
        def ask(case_id: str, hearing: str) -> AnyResponse | tuple[str, int]:
            return _ask(answering(self._services, hearing), wish)

        pages.add_url_rule(path, wish, show, methods=["GET"])
        pages.add_url_rule(path, f"{wish}_ask", ask, methods=["POST"])


def _form(at: AtHearing, wish: str) -> SmallForm:
    ask = Ask(_TEXT, Look.AREA, required=True, hint=True, rows=3)
    return SmallForm(f"hearing.{wish}", (ask,), at.services.say())


def _ask(at: AtHearing, wish: str) -> AnyResponse | tuple[str, int]:
    form = _form(at, wish).with_typed(request.form)
    if not form.validate():
        return _page(at, wish, form), _REFUSED
    text = form.text(_TEXT)
    if text not in _asked_already(at, wish):  # a double click is one wish
        event = MoreTimeAsked(at.hearing.id, text) if wish == _MORE_TIME else TalkAsked(at.hearing.id, text)
        at.services.store.cases.append(at.view.id, [event], at.view.actor, ANSWER)
    return redirect(at.url(wish), _SEE_OTHER)


def _asked_already(at: AtHearing, wish: str) -> tuple[str, ...]:
    if wish == _MORE_TIME:
        return tuple(one.reason for one in at.hearing.more_time if one.given is None)
    return tuple(one.text for one in at.hearing.talks if one.held is None)


def _page(at: AtHearing, wish: str, form: SmallForm) -> str:
    is_awaited = at.stand in (Stand.OPEN, Stand.SILENT)
    return render_template(
        "hearing/wish.html",
        at=at,
        wish=wish,
        asked=_asked_already(at, wish),
        form=form,
        is_open=at.may_answer and (wish == _TALK or is_awaited),
        problems=form.problems,
        where=at.where,
    )
