"""When somebody is not let in: what happened and what to do next, and nothing that a stranger could learn from."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask, Response, make_response, render_template
from werkzeug.exceptions import Forbidden, HTTPException, TooManyRequests, Unauthorized

from webforms.identity.decision import Decision, Why
from webforms.identity.genuine_post import NotGenuine


class NotSignedIn(Unauthorized):
    """Something was sent by somebody who is no longer signed in."""


class NotAllowed(Forbidden):
    """The visitor may know of the case, but may not do this.

    Args:
        decision: says why.
    """

    def __init__(self, decision: Decision) -> None:
        super().__init__()
        self.decision = decision


class TooOften(TooManyRequests):
    """More often than anybody works.

    Args:
        wait: until it may be done again.
    """

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait


@dataclass(frozen=True)
class Refusal:
    """What the page says; `sign_in` where the way on leads to the sign-in rather than to the first page."""

    heading: str
    text: str
    next_step: str
    sign_in: bool = False


_NOT_SIGNED_IN = Refusal(
    "Du er logget ud",
    "Det, du sendte, er ikke gemt. Du har ikke rørt systemet i en tid, eller du er logget ud et andet sted.",
    "Log ind igen i et nyt vindue. Gå så tilbage til denne side, og tryk på knappen igen.",
    sign_in=True,
)
_NOT_GENUINE = Refusal(
    "Tryk på knappen igen",
    "Siden havde været åben for længe, eller en anden er logget ind siden. Intet er ændret.",
    "Gå tilbage, vis siden igen, og tryk på knappen dér.",
)
_BY_REASON = {
    Why.STATE: Refusal(
        "Det kan ikke gøres i denne sag nu",
        "Sagen er afsluttet, eller den er ikke afsluttet endnu.",
        "Gå tilbage til sagen, og se, hvad der kan gøres.",
    ),
    Why.NOT_PARTY: Refusal(
        "Det kan kun den, der har forældremyndighed",
        "Kun den, der har forældremyndigheden over barnet, kan gøre dette.",
        "Ring til kontaktpersonen i kommunen, hvis du mener, at det er en fejl.",
    ),
    Why.ROLE: Refusal(
        "Det har du ikke adgang til",
        "Din plads i sagen eller din rolle giver ikke adgang til dette.",
        "Gå tilbage. Mangler du adgangen i dit arbejde, så sig det til sagsbehandleren eller din leder.",
    ),
}


def show_refusals(app: Flask) -> None:
    """Answer each of these with a page."""
    app.register_error_handler(NotSignedIn, lambda error: _page(_NOT_SIGNED_IN, error))
    app.register_error_handler(NotGenuine, lambda error: _page(_NOT_GENUINE, error))
    app.register_error_handler(NotAllowed, _not_allowed)
    app.register_error_handler(TooOften, _too_often)


def _not_allowed(error: NotAllowed) -> Response:
    pause = error.decision.pause
    if pause:
        return _page(Refusal("Din adgang er på pause", pause.reason, pause.next_step), error)
    return _page(_BY_REASON.get(error.decision.why, _BY_REASON[Why.ROLE]), error)


def _too_often(error: TooOften) -> Response:
    seconds = max(1, -(-error.wait // timedelta(seconds=1)))
    minutes = -(-seconds // 60)
    waiting = "et minut" if minutes <= 1 else f"{minutes} minutter"
    refusal = Refusal(
        "Vent lidt",
        "Der er trykket eller prøvet flere gange i træk, end systemet tager imod. Det beskytter sagerne.",
        f"Vent {waiting}, og prøv så igen. Det, der er gemt, er der stadig.",
    )
    response = _page(refusal, error)
    response.headers["Retry-After"] = str(seconds)
    return response


def _page(refusal: Refusal, error: HTTPException) -> Response:
    return make_response(render_template("identity/refused.html", refusal=refusal), error.code)
