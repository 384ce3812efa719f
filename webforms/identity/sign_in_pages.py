"""The addresses of signing in and out: choose a way, go to the provider, come back, be told why not."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec
from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from webforms.identity.cookies import SESSION, UNDER_WAY, Cookies
from webforms.identity.marked import open_to_all
from webforms.identity.oidc import OidcClient, Proven
from webforms.identity.oidc_faults import Fault, SignInRefused
from webforms.identity.own_address import own_address
from webforms.identity.pace import Pace
from webforms.identity.services import Services
from webforms.identity.signed_in import Remembered, UnderWay, begin, read
from webforms.identity.who_is_who import NotKnown, WhoIsWho

_SEE_OTHER, _BAD, _UNAVAILABLE = 303, 400, 503
_NOT_OUR_DOING = (Fault.NO_ANSWER, Fault.PROVIDER)
CITIZENS, EMPLOYEES = "mitid", "medarbejder"
_BEFORE = "one must be able to sign in before one is signed in"


class OffersPeople(Protocol):
    """The list of a demo."""

    def groups(self) -> Sequence[object]:
        """The people by role, as the page shows them."""

    def add_to(self, pages: Blueprint) -> None:
        """Register the address of the choice."""


class SignInPages:
    """The pages.

    Args:
        services: what they work with.
        cookies: hold the session.
        demo: the people to choose from, in a demo.
    """

    def __init__(self, services: Services, cookies: Cookies, demo: OffersPeople | None) -> None:
        self._services, self._cookies, self._demo = services, cookies, demo
        self._who_is_who = WhoIsWho(services)
        settings = services.settings
        providers = ((CITIZENS, settings.citizens), (EMPLOYEES, settings.employees))
        self._clients: Mapping[str, OidcClient] = {
            name: OidcClient(provider, services.clock) for name, provider in providers if provider
        }

    def add_to(self, pages: Blueprint) -> None:
        """Register the addresses."""
        pages.add_url_rule("/log-ind", "sign_in", self._sign_in, methods=["GET"])
        pages.add_url_rule("/log-ind/ukendt", "not_known", self._not_known, methods=["GET"])
        pages.add_url_rule("/log-ind/<provider>", "leave", self._leave, methods=["GET"])
        pages.add_url_rule("/log-ind/<provider>/tilbage", "come_back", self._come_back, methods=["GET"])
        pages.add_url_rule("/log-ud", "sign_out", self._sign_out, methods=["POST"])
        pages.add_url_rule("/logget-ud", "signed_out", self._signed_out, methods=["GET"])
        pages.register_error_handler(SignInRefused, _refused)
        if self._demo:
            self._demo.add_to(pages)

    @open_to_all(_BEFORE)
    def _sign_in(self) -> str:
        onwards = own_address(request.args.get("til", ""))
        return render_template(
            "identity/sign_in.html",
            demo=self._demo and self._demo.groups(),
            ways=tuple(self._clients),
            onwards=onwards,
        )

    @open_to_all(_BEFORE, pace=Pace.SIGNING_IN)
    def _leave(self, provider: str) -> AnyResponse:
        client = self._client(provider)
        address, set_out = client.set_out(self._back_to(provider))
        under_way = UnderWay(provider, set_out, own_address(request.args.get("til", "")))
        secret = self._services.sessions.begin(
            f"under way to {provider}", msgspec.json.encode(under_way), UNDER_WAY.lasts
        )
        response = current_app.make_response(redirect(address, _SEE_OTHER))
        self._cookies.give(response, UNDER_WAY, secret)
        return response

    @open_to_all(_BEFORE, pace=Pace.SIGNING_IN)
    def _come_back(self, provider: str) -> AnyResponse:
        client = self._client(provider)
        try:
            under_way = self._under_way(provider)
            proven = client.come_back(under_way.set_out, self._back_to(provider), request.args)
            remembered = self._remembered(provider, proven)
        except SignInRefused as refused:
            self._services.audit.record("unknown", "session.begin", None, f"refused:{refused.fault}")
            raise
        except NotKnown:
            self._services.audit.record("unknown", "session.begin", None, "refused:not_known")
            return self._arrive(None, url_for("identity.not_known", fra=provider))
        return self._arrive(remembered, under_way.onwards)

    @open_to_all("a stranger is told whom to call, and nothing else")
    def _not_known(self) -> str:
        settings = self._services.settings
        return render_template(
            "identity/not_known.html", settings=settings, is_employee=request.args.get("fra") == EMPLOYEES
        )

    @open_to_all("whoever is signed out already may press the button again")
    def _sign_out(self) -> AnyResponse:
        secret = self._cookies.read(request, SESSION)
        session = self._services.sessions.take(secret) if secret else None
        method = ""
        if session and isinstance(remembered := read(session), Remembered):
            self._services.audit.record(actor_of(remembered), "session.end")
            method = remembered.method
        response = current_app.make_response(redirect(url_for("identity.signed_out", fra=method), _SEE_OTHER))
        self._cookies.take_back(response, SESSION)
        return response

    @open_to_all("nobody is signed in any more")
    def _signed_out(self) -> str:
        provider = {"mitid": CITIZENS, "employee": EMPLOYEES}.get(request.args.get("fra", ""), "")
        client = self._clients.get(provider)
        # A link, not a redirect of the form: browsers hold the whole way of a form to our own form-action.
        here = f"{self._services.settings.address}{url_for('identity.signed_out')}"
        elsewhere = client.sign_out_address(here) if client else ""
        return render_template("identity/signed_out.html", elsewhere=elsewhere, is_mitid=provider == CITIZENS)

    def _client(self, provider: str) -> OidcClient:
        return self._clients.get(provider) or abort(404)

    def _back_to(self, provider: str) -> str:
        return f"{self._services.settings.address}{url_for('identity.come_back', provider=provider)}"

    def _under_way(self, provider: str) -> UnderWay:
        """What this browser set out with; it is good for one return."""
        secret = self._cookies.read(request, UNDER_WAY)
        session = self._services.sessions.take(secret) if secret else None
        found = read(session) if session else None
        if not isinstance(found, UnderWay) or found.provider != provider:
            raise SignInRefused(Fault.STATE)
        return found

    def _remembered(self, provider: str, proven: Proven) -> Remembered:
        return self._who_is_who.citizen(proven) if provider == CITIZENS else self._who_is_who.employee(proven)

    def _arrive(self, remembered: Remembered | None, onwards: str) -> AnyResponse:
        response = current_app.make_response(redirect(onwards, _SEE_OTHER))
        self._cookies.take_back(response, UNDER_WAY)
        if remembered:
            sign_in(self._services, self._cookies, response, remembered)
        return response


def sign_in(services: Services, cookies: Cookies, response: Response, remembered: Remembered) -> None:
    """Begin a session under a new id and end the one that the browser had."""
    if earlier := cookies.read(request, SESSION):
        services.sessions.end(earlier)
    secret = begin(services.sessions, remembered)
    services.audit.record(actor_of(remembered), "session.begin", None, f"ok:{remembered.method}")
    cookies.give(response, SESSION, secret)


def actor_of(remembered: Remembered) -> str:
    """The random id by which the audit log knows the person."""
    return remembered.employee or remembered.own_cases[0][1]


def _refused(refused: SignInRefused) -> Response:
    current_app.logger.warning("login: %s", refused.fault)
    status = _UNAVAILABLE if refused.fault in _NOT_OUR_DOING else _BAD
    return make_response(render_template("identity/sign_in_refused.html", why=str(refused)), status)
