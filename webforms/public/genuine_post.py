"""Only our own page may set something going: a token bound to the visitor's cookie, and what the browser says."""

from datetime import timedelta

from flask import current_app, request, session
from flask.sessions import SessionMixin
from werkzeug.exceptions import BadRequest
from wtforms import Form  # type: ignore[import-untyped] # WTForms carries no types
from wtforms.csrf.session import SessionCSRF  # type: ignore[import-untyped] # WTForms carries no types


class NotGenuine(BadRequest):
    """A POST that did not come from our own page, or from one that is too old."""


class _Intent(Form):  # type: ignore[misc] # WTForms carries no types
    """A form without fields: what is to be done stands in its address."""

    class Meta:
        csrf = True
        csrf_class = SessionCSRF
        csrf_time_limit = timedelta(hours=12)

        @property
        def csrf_secret(self) -> bytes:
            return bytes(current_app.config["SECRET_KEY"])

        @property
        def csrf_context(self) -> SessionMixin:
            return session


def token() -> str:
    """The token for the forms of this page; it sets the visitor's cookie."""
    return str(_Intent().csrf_token.current_token)


def require_genuine_post() -> None:
    """Refuse a POST that another site, or a page of an earlier run of the server, has sent.

    Raises:
        NotGenuine: with nothing done.
        RequestEntityTooLarge: the form is larger than any of ours.
    """
    own = f"{request.scheme}://{request.host}"
    # Our own Referrer-Policy makes browsers send “null” as origin, which alone proves nothing either way: then the
    # token decides, whose cookie (SameSite=Strict) no other site can make a browser send.
    is_ours = request.headers.get("Origin", "null") in ("null", own)
    is_same_origin = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    if not (is_ours and is_same_origin and _Intent(request.form).validate()):
        raise NotGenuine
