"""What a lying provider may send instead of an honest token, and what each lie is called."""

import json
from typing import Any

from own_provider import (
    PUBLISHED_SECRET,
    Lies,
    OwnProvider,
    error_answer,
    signed_by,
    signed_with_secret,
    unsigned,
)
from werkzeug.wrappers import Response

from webforms.identity.oidc_faults import Fault


def _by_stranger(provider: OwnProvider, header: dict[str, Any], claims: dict[str, Any]) -> str:
    return signed_by(provider.stranger, header, claims)


def _with_the_public_key_as_secret(provider: OwnProvider, header: dict[str, Any], claims: dict[str, Any]) -> str:
    return signed_with_secret(provider.key.as_pem(private=False), header, claims)


def _with_the_published_secret(provider: OwnProvider, header: dict[str, Any], claims: dict[str, Any]) -> str:
    return signed_with_secret(PUBLISHED_SECRET, {**header, "kid": "delt"}, claims)


def _with_own_key_in_header(provider: OwnProvider, header: dict[str, Any], claims: dict[str, Any]) -> str:
    own = {**provider.stranger.as_dict(private=False), "kid": "min egen"}
    return signed_by(provider.stranger, {**header, "kid": "min egen", "jwk": own}, claims)


def _changed_afterwards(provider: OwnProvider, header: dict[str, Any], claims: dict[str, Any]) -> str:
    honest = signed_by(provider.key, header, claims).split(".")
    other = signed_by(provider.key, header, {**claims, "cprNumberIdentifier": "0101156001"}).split(".")
    return ".".join((honest[0], other[1], honest[2]))


def _json(content: object) -> Any:
    return Response(json.dumps(content), mimetype="application/json")


def _sent_on() -> Any:
    return Response("", 307, {"Location": "http://127.0.0.1:1/token"})


LIES: tuple[tuple[str, Lies, Fault], ...] = (
    ("wrong issuer", Lies({"iss": "https://evil.example"}), Fault.ISSUER),
    ("no issuer", Lies({"iss": None}), Fault.ISSUER),
    ("wrong audience", Lies({"aud": "another"}), Fault.AUDIENCE),
    ("audience of many without azp", Lies({"aud": ["hjemmetilsyn", "another"]}), Fault.AUDIENCE),
    ("azp of another", Lies({"aud": ["hjemmetilsyn", "another"], "azp": "another"}), Fault.AUDIENCE),
    ("wrong nonce", Lies({"nonce": "x" * 43}), Fault.NONCE),
    ("no nonce", Lies({"nonce": None}), Fault.NONCE),
    ("expired", Lies({"exp": 1}), Fault.EXPIRED),
    ("no expiry", Lies({"exp": None}), Fault.TOKEN),
    ("expiry that is no number", Lies({"exp": "snart"}), Fault.TOKEN),
    ("not valid before tomorrow", Lies({"nbf": 4102444800}), Fault.TOKEN),
    ("no subject", Lies({"sub": None}), Fault.TOKEN),
    ("wrong hash of the access token", Lies({"at_hash": "forkert"}), Fault.TOKEN),
    ("low assurance", Lies({"acr": "low"}), Fault.ASSURANCE),
    ("assurance that only looks alike", Lies({"acr": "substantial-ish"}), Fault.ASSURANCE),
    ("assurance as a list", Lies({"acr": ["substantial"]}), Fault.ASSURANCE),
    ("no assurance", Lies({"acr": None}), Fault.ASSURANCE),
    ("no CPR number", Lies({"cprNumberIdentifier": None}), Fault.NO_CPR),
    ("an empty CPR number", Lies({"cprNumberIdentifier": " "}), Fault.NO_CPR),
    ("alg none", Lies(sign=unsigned), Fault.SIGNATURE),
    ("HS256 with the public key", Lies(sign=_with_the_public_key_as_secret), Fault.SIGNATURE),
    ("HS256 with a published secret", Lies(sign=_with_the_published_secret), Fault.SIGNATURE),
    ("another key of the same name", Lies(sign=_by_stranger), Fault.SIGNATURE),
    ("another key, brought along", Lies(sign=_with_own_key_in_header), Fault.SIGNATURE),
    ("the right key, and another brought along", Lies(header={"jwk": {"kty": "RSA", "e": "AQAB"}}), Fault.SIGNATURE),
    ("an address for a key", Lies(header={"jku": "https://evil.example/jwks"}), Fault.SIGNATURE),
    ("an address for a certificate", Lies(header={"x5u": "https://evil.example/x"}), Fault.SIGNATURE),
    ("an unknown critical header", Lies(header={"crit": ["fremmed"], "fremmed": 1}), Fault.SIGNATURE),
    ("an unknown key", Lies(header={"kid": "ukendt"}, sign=_by_stranger), Fault.SIGNATURE),
    ("changed after signing", Lies(sign=_changed_afterwards), Fault.SIGNATURE),
    ("no JWT at all", Lies(sign=lambda *_: "a.b"), Fault.SIGNATURE),
    ("a very long token", Lies(sign=lambda *_: "a" * 300_000), Fault.SIGNATURE),
    ("no id token", Lies(token_answer=lambda: _json({"access_token": "x", "token_type": "Bearer"})), Fault.TOKEN),
    ("the code is refused", Lies(token_answer=error_answer), Fault.TOKEN),
    ("an answer that is no JSON", Lies(token_answer=lambda: Response("æv")), Fault.NO_ANSWER),
    ("a list instead of an answer", Lies(token_answer=lambda: _json([])), Fault.NO_ANSWER),
    ("a fault at the provider", Lies(token_answer=lambda: Response("æv", 500)), Fault.NO_ANSWER),
    ("sent on elsewhere", Lies(token_answer=_sent_on), Fault.NO_ANSWER),
)
