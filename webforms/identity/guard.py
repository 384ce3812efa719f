"""In front of every address: who asks, how often, from our own page, about which case, and may they.

An address that does not say what it needs keeps the program from starting.
"""

import ipaddress
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from flask import Flask, Response, current_app, g, redirect, request, url_for
from werkzeug.exceptions import NotFound, SecurityError
from werkzeug.routing import Rule
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.record.case import Case
from pipeline.danish import COPENHAGEN
from pipeline.errors import StoreUnavailable
from pipeline.store.audit_log import Line
from pipeline.store.refusals import CaseNotFound
from webforms.identity.access import TABLE, About
from webforms.identity.cookies import SESSION, Cookies
from webforms.identity.current import CaseInView, visitor_or_none
from webforms.identity.decision import Decision, allowed
from webforms.identity.genuine_post import SAFE_METHODS, GenuinePosts
from webforms.identity.marked import Mark, Needs, OpenToAll, mark_of
from webforms.identity.pace import Pace
from webforms.identity.refusals import NotAllowed, NotSignedIn, TooOften
from webforms.identity.services import Services
from webforms.identity.signed_in import signed_in
from webforms.identity.visitor import Visitor

CASE_IN_ADDRESS = "case_id"
_SEE_OTHER = 303
_HOMES_SHARE = 64
"""An IPv6 household or office has 2**64 addresses to choose from and counts as one."""


_EXTENSION = "hjemmetilsyn_guard"


def guard_of(app: Flask) -> "Guard":
    """The guard that stands in front of an application."""
    guard: Guard = app.extensions[_EXTENSION]
    return guard


def form_token() -> str:
    """The token for the forms of this page, from the application's own guard."""
    return guard_of(current_app).token()


class Guard:
    """Stands in front of one application.

    Args:
        services: what it asks.
        open_elsewhere: endpoints of rooms that do not know marks, such as style sheets, each with why it is open.
    """

    def __init__(self, services: Services, open_elsewhere: Mapping[str, str]) -> None:
        self._services = services
        self._open = {endpoint: OpenToAll(why, Pace.UNLIMITED) for endpoint, why in open_elsewhere.items()}
        self.cookies = Cookies(is_encrypted=services.settings.is_encrypted)
        self.posts = GenuinePosts(services.keyring, self.cookies)

    def token(self) -> str:
        """The token for the forms of this page."""
        visitor = visitor_or_none()
        return self.posts.token(visitor.owner if visitor else "")

    def install(self, app: Flask) -> None:
        """Put the guard in front; call it when every address is registered.

        Raises:
            LookupError: an address does not say what it needs, or names a case and needs no action on one.
            ValueError: the application takes requests of any size or for any host.
        """
        if not (app.config.get("TRUSTED_HOSTS") and app.config.get("MAX_CONTENT_LENGTH")):
            raise ValueError("TRUSTED_HOSTS and MAX_CONTENT_LENGTH must be set")
        for rule in app.url_map.iter_rules():
            self._check(app, rule)
        app.view_functions = {endpoint: _after_its_line(view) for endpoint, view in app.view_functions.items()}
        app.extensions[_EXTENSION] = self
        app.before_request(self._before)
        app.after_request(self._after)

    def mark_of(self, app: Flask, endpoint: str) -> Mark | None:
        """What an address needs."""
        return self._open.get(endpoint) or mark_of(app.view_functions[endpoint])

    def _check(self, app: Flask, rule: Rule) -> None:
        mark = self.mark_of(app, rule.endpoint)
        if mark is None:
            raise LookupError(f"{rule.rule} ({rule.endpoint}) says neither @needs nor @open_to_all")
        if isinstance(mark, OpenToAll):
            return
        line = TABLE[mark.action]
        if (line.about is About.CASE) is not (CASE_IN_ADDRESS in rule.arguments):
            raise LookupError(f"{rule.rule} must name <{CASE_IN_ADDRESS}> exactly if “{line.name}” is about a case")
        if not line.writes and not (rule.methods or set()) <= SAFE_METHODS:
            raise LookupError(f"{rule.rule} takes more than GET, but “{line.name}” only reads")

    def _before(self) -> AnyResponse | None:
        if request.endpoint is None:  # no such address, wrong method, foreign host: answered without looking further
            return None
        mark = self.mark_of(current_app, request.endpoint)
        if mark is None:
            raise LookupError("an address was added behind the guard's back")
        is_free = mark.pace is Pace.UNLIMITED and request.method in SAFE_METHODS
        visitor = None if is_free else self._visitor()
        self._count(mark, visitor)
        if mark.largest:
            return self._of_files(mark, visitor)
        if request.method not in SAFE_METHODS:
            self.posts.require(request, visitor.owner if visitor else "")
        return None if isinstance(mark, OpenToAll) else self._decide(mark, visitor)

    def _of_files(self, mark: Mark, visitor: Visitor | None) -> AnyResponse | None:
        """Where much may be sent, nobody who may not send it gets so far that it is read."""
        refused = None if isinstance(mark, OpenToAll) else self._decide(mark, visitor)
        request.max_content_length = mark.largest
        if request.method not in SAFE_METHODS and refused is None:
            self.posts.require(request, visitor.owner if visitor else "")
        return refused

    def _after(self, response: Response) -> Response:
        _have_the_line_written()  # where something kept the view from being asked
        if not isinstance(request.routing_exception, SecurityError):  # nothing is left behind under a foreign name
            self.posts.give_mark(response)
        return response

    def _visitor(self) -> Visitor | None:
        secret = self.cookies.read(request, SESSION)
        session = self._services.sessions.find(secret) if secret else None
        found = signed_in(session, self._services.employees) if session else None
        if found is None:
            return None
        g.visitor, g.employee = found.visitor, found.employee
        return found.visitor

    def _count(self, mark: Mark, visitor: Visitor | None) -> None:
        by_method = Pace.READING if request.method in SAFE_METHODS else Pace.WRITING
        limit = self._services.settings.limits.get(mark.pace or by_method)
        try:
            wait = limit and self._services.limits.take(limit, visitor.owner if visitor else _address())
        except StoreUnavailable:
            if visitor is None:
                raise
            # Nothing can be written; whoever came to write is told so on the page, with the words still there.
            wait = None
        if wait:
            raise TooOften(wait)

    def _decide(self, mark: Needs, visitor: Visitor | None) -> AnyResponse | None:
        if visitor is None:
            return _to_sign_in()
        case_id = (request.view_args or {}).get(CASE_IN_ADDRESS)
        case = self._case(case_id) if case_id is not None else None
        if case_id is not None and case is None:
            # The id is whatever somebody wrote into the address: it is not ours, and stays out of the log.
            self._services.audit.record(visitor.actor, mark.action, None, "refused:unknown")
            raise NotFound
        day = self._services.clock().astimezone(COPENHAGEN).date()
        decided = allowed(visitor, mark.action, case, day, case_id or "")
        actor = visitor.actor_in(case_id)
        # What is written notes itself in the transaction that writes it.
        if not (decided.granted and TABLE[mark.action].writes):
            g.audit_line = self._services.audit.begin(actor, mark.action, case_id, decided.why)
        if not decided.granted:
            _have_the_line_written()
            raise NotAllowed(decided) if decided.may_know else NotFound
        _remember(decided, case_id, case, actor)
        return None

    def _case(self, case_id: str) -> Case | None:
        try:
            return self._services.store.case(case_id)
        except CaseNotFound:
            return None


def _after_its_line(view: Callable[..., Any]) -> Callable[..., Any]:
    """The page is made while its line of the audit log is on its way, and leaves when the line is on the disk."""

    @wraps(view)
    def answer(**named: Any) -> Any:
        try:
            return view(**named)
        finally:
            _have_the_line_written()

    return answer


def _have_the_line_written() -> None:
    line: Line | None = g.pop("audit_line", None)
    if line:
        line.wait()


def _remember(decided: Decision, case_id: str | None, case: Case | None, actor: str) -> None:
    g.decision = decided
    if case_id is not None and case is not None:
        g.case_in_view = CaseInView(case_id, case, decided, actor)


def _to_sign_in() -> AnyResponse:
    """A page that was asked for is shown after the sign-in; what was sent cannot be."""
    if request.method not in SAFE_METHODS:
        raise NotSignedIn
    return redirect(url_for("identity.sign_in", til=request.full_path.rstrip("?")), _SEE_OTHER)


def _address() -> str:
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, _HOMES_SHARE), strict=False))
    return str(address)
