"""An OpenID Connect provider of the tests' own that can be told to lie; it checks PKCE as an honest one does."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from flask import Flask, Response, jsonify, request
from joserfc.jwk import RSAKey
from werkzeug.serving import WSGIRequestHandler, make_server

PUBLISHED_SECRET = b"hemmelig nok til en fejl"


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


@dataclass
class Lies:
    """What the provider does otherwise than it should.

    Attributes:
        claims: put over the honest ones; None takes one away.
        header: put over the honest one.
        sign: makes the token from header and claims.
        token_answer: instead of an honest answer at the token address.
        metadata: put over the honest ones.
        userinfo: what is told at the userinfo address.
    """

    claims: Mapping[str, Any] = field(default_factory=dict)
    header: Mapping[str, Any] = field(default_factory=dict)
    sign: Callable[["OwnProvider", dict[str, Any], dict[str, Any]], str] | None = None
    token_answer: Callable[[], Response] | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    userinfo: Mapping[str, Any] = field(default_factory=dict)


class OwnProvider:
    """The provider; `issuer` is known once it listens."""

    def __init__(self, clock: Callable[[], Any]) -> None:
        self.clock = clock
        self.issuer = ""
        self.lies = Lies()
        self.key = RSAKey.generate_key(2048, {"kid": "første", "use": "sig"}, auto_kid=False)
        self.stranger = RSAKey.generate_key(2048, {"kid": "første", "use": "sig"}, auto_kid=False)
        self.asked: dict[str, str] = {}
        self.times_keys_were_asked_for = 0
        self._codes: dict[str, dict[str, str]] = {}

    def authorize(self, address: str) -> dict[str, str]:
        """What a person at the provider's page does; returns what the browser brings back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.issuer}/authorize?")
        self.asked = asked
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def honest_claims(self, asked: Mapping[str, str]) -> dict[str, Any]:
        now = int(self.clock().timestamp())
        return {
            "iss": self.issuer,
            "sub": "opdigtet-subjekt",
            "aud": asked["client_id"],
            "nonce": asked["nonce"],
            "iat": now,
            "exp": now + 300,
            "acr": "substantial",
            "cprNumberIdentifier": "0102856002",
        }

    def app(self) -> Flask:
        app = Flask("own_provider")
        app.add_url_rule("/.well-known/openid-configuration", "metadata", self._metadata)
        app.add_url_rule("/jwks", "jwks", self._jwks)
        app.add_url_rule("/token", "token", self._token, methods=["POST"])
        app.add_url_rule("/userinfo", "userinfo", lambda: jsonify(dict(self.lies.userinfo)))
        return app

    def _metadata(self) -> Response:
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
        honest = {name: f"{self.issuer}/{path}" for name, path in names.items()}
        return jsonify({"issuer": self.issuer, **honest, "jwks_uri": f"{self.issuer}/jwks", **self.lies.metadata})

    def _jwks(self) -> Response:
        self.times_keys_were_asked_for += 1
        secret = {"kty": "oct", "k": _base64(PUBLISHED_SECRET).decode(), "kid": "delt"}
        return jsonify({"keys": [self.key.as_dict(private=False), secret, {"kty": "ukendt"}]})

    def _token(self) -> Response:
        if self.lies.token_answer:
            return self.lies.token_answer()
        asked = self._codes.pop(request.form["code"], None)
        if asked is None or not _fits(request.form["code_verifier"], asked["code_challenge"]):
            return _error("invalid_grant")
        claims = {**self.honest_claims(asked), **self.lies.claims}
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": "RS256", "typ": "JWT", "kid": self.key.kid, **self.lies.header}
        token = (self.lies.sign or sign_honestly)(self, header, claims)
        return jsonify({"access_token": "adgang", "token_type": "Bearer", "expires_in": 300, "id_token": token})


def sign_honestly(provider: OwnProvider, header: dict[str, Any], claims: dict[str, Any]) -> str:
    return signed_by(provider.key, header, claims)


def signed_by(key: RSAKey, header: dict[str, Any], claims: dict[str, Any]) -> str:
    """A token signed with RS256, whatever its header says."""
    private: Any = key.private_key
    return _joined(header, claims, lambda text: private.sign(text, PKCS1v15(), SHA256()))


def signed_with_secret(secret: bytes, header: dict[str, Any], claims: dict[str, Any]) -> str:
    """A token signed with HS256."""
    return _joined({**header, "alg": "HS256"}, claims, lambda text: hmac.digest(secret, text, "sha256"))


def unsigned(provider: OwnProvider, header: dict[str, Any], claims: dict[str, Any]) -> str:
    """A token that nobody has signed."""
    return _joined({**header, "alg": "none"}, claims, lambda text: b"")


def _joined(header: dict[str, Any], claims: dict[str, Any], sign: Callable[[bytes], bytes]) -> str:
    text = b".".join(_base64(json.dumps(part).encode()) for part in (header, claims))
    return b".".join((text, _base64(sign(text)))).decode()


def _base64(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")


def error_answer() -> Response:
    return _error("invalid_grant")


def _error(code: str) -> Response:
    answer = jsonify({"error": code})
    answer.status_code = 400
    return answer


def _fits(verifier: str, challenge: str) -> bool:
    digest = hashlib.sha256(verifier.encode()).digest()
    return _base64(digest).decode() == challenge


@contextmanager
def served(provider: OwnProvider) -> Iterator[OwnProvider]:
    """The provider on a port of this machine."""
    server = make_server("127.0.0.1", 0, provider.app(), threaded=True, request_handler=_Quiet)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield provider
    server.shutdown()
    thread.join()
    server.server_close()
