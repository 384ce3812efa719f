"""When somebody is not let in: what happened and what to do next, and nothing that a stranger could learn from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    """What the page says: words of the catalogue, `identity.<key>`, `…_text` and `…_next`.

    Attributes:
        values: what stands in the words.
        text, next_step: where the case itself tells why and what to do, instead of the catalogue.
        sign_in: whether the way on leads to the sign-in rather than to the first page.
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    text: str = ""
    next_step: str = ""
    sign_in: bool = False


_NOT_SIGNED_IN = Refusal("ended", sign_in=True)
_NOT_GENUINE = Refusal("not_genuine")
_BY_REASON = {
    Why.STATE: Refusal("not_now"),
    Why.NOT_PARTY: Refusal("not_party"),
    Why.ROLE: Refusal("no_right"),
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
        return _page(Refusal("pause", text=pause.reason, next_step=pause.next_step), error)
    return _page(_BY_REASON.get(error.decision.why, _BY_REASON[Why.ROLE]), error)


def _too_often(error: TooOften) -> Response:
    seconds = max(1, -(-error.wait // timedelta(seconds=1)))
    minutes = -(-seconds // 60)
    refusal = Refusal("wait_one") if minutes <= 1 else Refusal("wait", {"minutes": minutes})
    response = _page(refusal, error)
    response.headers["Retry-After"] = str(seconds)
    return response


def _page(refusal: Refusal, error: HTTPException) -> Response:
    return make_response(render_template("identity/refused.html", refusal=refusal), error.code)
