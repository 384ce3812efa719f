"""Where am I signed in? One's own sessions, and a button to end each."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from pipeline.store.sessions import OpenSession
from webforms.identity.current import visitor
from webforms.identity.marked import needs
from webforms.identity.services import Services
from webforms.identity.signed_in import Remembered, read
from webforms.identity.visitor import Method

_SEE_OTHER = 303


@dataclass(frozen=True)
class ShownSession:
    """One session as the page shows it."""

    handle: str
    method: Method
    began: datetime
    seen: datetime
    is_this_one: bool


class SessionPages:
    """The pages.

    Args:
        services: hold the sessions.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule("/mine-logins", "sessions", self._list, methods=["GET"])
        pages.add_url_rule("/mine-logins/<handle>/afslut", "end_session", self._end, methods=["POST"])

    @needs("session.read")
    def _list(self) -> str:
        mine = self._services.sessions.of_owner(visitor().owner)
        return render_template("identity/sessions.html", sessions=[shown for one in mine if (shown := _shown(one))])

    @needs("session.end")
    def _end(self, handle: str) -> AnyResponse:
        if not self._services.sessions.end_one(visitor().owner, handle):
            abort(404)
        self._services.audit.record(visitor().actor, "session.end")
        return redirect(url_for("identity.sessions"), _SEE_OTHER)


def _shown(session: OpenSession) -> ShownSession | None:
    remembered = read(session)
    if not isinstance(remembered, Remembered):
        return None
    return ShownSession(
        session.handle,
        Method(remembered.method),
        session.began,
        session.seen,
        session.handle == visitor().session,
    )
