"""Signing in at an OpenID Connect provider: code flow with PKCE, state and nonce; the one room that imports Authlib.

Nothing that an answer says of itself is believed: issuer, algorithms and audience are ours to know, keys come from the
issuer's own address, and state, nonce and verifier are those of the browser that set out.
"""

import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NoReturn
from urllib.parse import urlencode

import msgspec
from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped] # Authlib carries no types
from authlib.integrations.requests_client import OAuth2Session  # type: ignore[import-untyped] # as above
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped] # as above
from joserfc import jwt
from joserfc.errors import ClaimError, ExpiredTokenError, InvalidKeyIdError, JoseError
from joserfc.jws import JWSRegistry

from webforms.identity.oidc_faults import Fault, SignInRefused
from webforms.identity.oidc_issuer import SECONDS_TO_ANSWER, Issuer, no_answer_is_a_refusal
from webforms.identity.oidc_provider import OidcProvider

_CLOCKS_MAY_DIFFER = timedelta(minutes=2)
# What a token must not bring along: the key that it wants to be checked with.
_BRINGS_A_KEY = frozenset({"jwk", "jku", "x5u", "x5c"})
_FAULT_OF_CLAIM = {"iss": Fault.ISSUER, "aud": Fault.AUDIENCE, "azp": Fault.AUDIENCE, "nonce": Fault.NONCE}


class SetOut(msgspec.Struct, frozen=True):
    """What the browser must bring back; kept in a session of ours while the person is at the provider."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Proven:
    """What the provider vouches for.

    Attributes:
        subject: the provider's own id of the person.
        cpr: for looking the person up, then to be forgotten; empty where the provider is not asked for it.
        level: the assurance, in the provider's words.
        groups: the provider's groups; None where it is not asked for them.
    """

    subject: str
    cpr: str
    level: str
    groups: frozenset[str] | None

    def __repr__(self) -> str:  # a number must not reach a log by way of a traceback
        return "Proven(…)"


class OidcClient:
    """One provider, as we are known there.

    Args:
        provider: what is configured.
        clock: tells an aware instant.
    """

    def __init__(self, provider: OidcProvider, clock: Callable[[], datetime]) -> None:
        self._provider, self._clock = provider, clock
        self._issuer = Issuer(provider.issuer, clock)

    def set_out(self, come_back_to: str) -> tuple[str, SetOut]:
        """Where to send the browser, and what it must bring back.

        Raises:
            SignInRefused: the provider does not answer.
        """
        start = SetOut(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))
        with self._session(come_back_to) as session:
            address, _ = session.create_authorization_url(
                self._issuer.address("authorization_endpoint"),
                state=start.state,
                nonce=start.nonce,
                code_verifier=start.verifier,
                **self._provider.request,
            )
        return str(address), start

    def come_back(self, start: SetOut, come_back_to: str, answer: Mapping[str, str]) -> Proven:
        """What the provider vouches for, once everything about its answer is right.

        Args:
            start: as `set_out` gave it to this very browser.
            come_back_to: as `set_out` was told.
            answer: the parameters of the address that the browser came back to.

        Raises:
            SignInRefused: something is wrong; nobody is signed in.
        """
        self._check_answer(start, answer)
        with self._session(come_back_to) as session:
            token = self._fetched_token(session, start, answer["code"])
            claims = self._claims(token, start.nonce)
            if self._provider.from_userinfo:
                claims = {**self._userinfo(session, claims["sub"]), **claims}
        return self._proven(claims)

    def sign_out_address(self, come_back_to: str) -> str:
        """Where the person can also sign out at the provider; empty where the provider has no such place.

        No `id_token_hint`: a token may hold the CPR number, so none is kept.
        """
        try:
            endpoint = self._issuer.address("end_session_endpoint")
        except SignInRefused:
            return ""
        query = urlencode({"client_id": self._provider.client_id, "post_logout_redirect_uri": come_back_to})
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{query}"

    def _session(self, come_back_to: str) -> Any:
        session = OAuth2Session(
            self._provider.client_id,
            self._provider.client_secret,
            token_endpoint_auth_method=self._provider.client_authentication,
            scope=" ".join(self._provider.scopes),
            redirect_uri=come_back_to,
            code_challenge_method="S256",
            default_timeout=SECONDS_TO_ANSWER,
        )
        session.max_redirects = 0  # a provider's own addresses answer themselves
        return session

    def _check_answer(self, start: SetOut, answer: Mapping[str, str]) -> None:
        if not hmac.compare_digest(answer.get("state", "").encode(), start.state.encode()):
            raise SignInRefused(Fault.STATE)
        # RFC 9207 tells two providers apart that a browser set out to; required where the provider says it does.
        issuer = answer.get("iss", "")
        names_itself = self._issuer.metadata().get("authorization_response_iss_parameter_supported") is True
        if issuer != self._provider.issuer and (issuer or names_itself):
            raise SignInRefused(Fault.ISSUER)
        if answer.get("error") or not answer.get("code"):
            raise SignInRefused(Fault.CANCELLED)

    def _fetched_token(self, session: Any, start: SetOut, code: str) -> Mapping[str, Any]:
        address = self._issuer.address("token_endpoint")
        try:
            with no_answer_is_a_refusal():
                token = session.fetch_token(
                    address, grant_type="authorization_code", code=code, code_verifier=start.verifier
                )
        except AuthlibBaseError:  # the provider says no, e.g. to a code that was used before
            raise SignInRefused(Fault.TOKEN) from None
        if not isinstance(token.get("id_token"), str):
            raise SignInRefused(Fault.TOKEN)
        return dict(token)

    def _claims(self, token: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
        read = self._read_token(token["id_token"])
        if _BRINGS_A_KEY.intersection(read.header):
            raise SignInRefused(Fault.SIGNATURE)
        expected = {
            "iss": {"essential": True, "value": self._provider.issuer},
            "aud": {"essential": True, "value": self._provider.client_id},
            "nonce": {"essential": True, "value": nonce},
        }
        known = {
            "nonce": nonce,
            "client_id": self._provider.client_id,
            "access_token": token.get("access_token"),
        }
        claims = CodeIDToken(read.claims, read.header, expected, known)
        try:
            claims.validate(now=int(self._clock().timestamp()), leeway=int(_CLOCKS_MAY_DIFFER.total_seconds()))
        except ExpiredTokenError:
            raise SignInRefused(Fault.EXPIRED) from None
        except ClaimError as error:
            raise SignInRefused(_FAULT_OF_CLAIM.get(error.claim, Fault.TOKEN)) from None
        except (JoseError, TypeError, ValueError):
            raise SignInRefused(Fault.TOKEN) from None
        return dict(claims)

    def _read_token(self, compact: str) -> jwt.Token:
        try:
            return self._verified(compact, newest=False)
        except InvalidKeyIdError:  # signed with a key that is newer than our copy
            pass
        except (JoseError, TypeError, ValueError):
            _not_signed()
        try:
            return self._verified(compact, newest=True)
        except (JoseError, TypeError, ValueError):
            _not_signed()

    def _verified(self, compact: str, *, newest: bool) -> jwt.Token:
        # Brokers add headers of their own, which are not to be trusted but need not be refused.
        registry = JWSRegistry(algorithms=list(self._provider.algorithms), strict_check_header=False)
        return jwt.decode(compact, self._issuer.keys(newest=newest), registry=registry)

    def _userinfo(self, session: Any, subject: str) -> Mapping[str, Any]:
        address = self._issuer.address("userinfo_endpoint")
        try:
            with no_answer_is_a_refusal():
                response = session.get(address)
                response.raise_for_status()
                told = response.json()
        except AuthlibBaseError:
            raise SignInRefused(Fault.TOKEN) from None
        # What is told of another subject must not be used (OpenID Connect Core 1.0, 5.3.2).
        if not isinstance(told, dict) or told.get("sub") != subject:
            raise SignInRefused(Fault.TOKEN)
        return told

    def _proven(self, claims: Mapping[str, Any]) -> Proven:
        names = self._provider.claims
        level = _text(claims, names.assurance)
        if self._provider.accepted_levels and level not in self._provider.accepted_levels:
            raise SignInRefused(Fault.ASSURANCE)
        subject, cpr = _text(claims, names.subject), _text(claims, names.cpr)
        if not subject:
            raise SignInRefused(Fault.TOKEN)
        if names.cpr and not cpr:
            raise SignInRefused(Fault.NO_CPR)
        return Proven(subject, cpr, level, _groups(claims, names.groups))


def _not_signed() -> NoReturn:
    raise SignInRefused(Fault.SIGNATURE) from None


def _text(claims: Mapping[str, Any], name: str) -> str:
    found = _claim(claims, name)
    return found.strip() if isinstance(found, str) else ""


def _groups(claims: Mapping[str, Any], name: str) -> frozenset[str] | None:
    if not name:
        return None
    found = _claim(claims, name)
    listed = found if isinstance(found, list) else [found]
    return frozenset(group for group in listed if isinstance(group, str))


def _claim(claims: Mapping[str, Any], name: str) -> Any:
    """A claim by its name, which may contain dots itself; else the dots go into objects."""
    if name in claims:
        return claims[name]
    outer, dot, inner = name.partition(".")
    within = claims.get(outer)
    return _claim(within, inner) if dot and isinstance(within, dict) else None
