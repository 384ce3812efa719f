"""What an issuer publishes of itself: where its addresses are, and the keys its tokens are signed with."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import requests
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from webforms.identity.oidc_faults import Fault, SignInRefused
from webforms.identity.oidc_provider import is_protected

SECONDS_TO_ANSWER = 10
_METADATA_HOLDS, _KEYS_HOLD_AT_LEAST = timedelta(hours=1), timedelta(minutes=1)
_KEY_PAIRS = ("RSA", "EC", "OKP")


class Issuer:
    """An issuer, asked over the network and remembered for a while.

    Args:
        name: exactly as its tokens name it.
        clock: tells an aware instant.
    """

    def __init__(self, name: str, clock: Callable[[], datetime]) -> None:
        self._name, self._clock = name, clock
        self._lock = threading.Lock()
        self._metadata: tuple[datetime, Mapping[str, Any]] | None = None
        self._keys: tuple[datetime, KeySet] | None = None

    def metadata(self) -> Mapping[str, Any]:
        """What it publishes (OpenID Connect Discovery 1.0, 3).

        Raises:
            SignInRefused: it does not answer, or speaks of another issuer.
        """
        with self._lock:
            now = self._clock()
            if self._metadata is None or now - self._metadata[0] >= _METADATA_HOLDS:
                told = _fetched(f"{self._name.rstrip('/')}/.well-known/openid-configuration")
                if told.get("issuer") != self._name:
                    raise SignInRefused(Fault.ISSUER)
                self._metadata, self._keys = (now, told), None
            return self._metadata[1]

    def address(self, name: str) -> str:
        """One of its addresses.

        Raises:
            SignInRefused: there is none, or what is sent there could be read on the way.
        """
        found = self.metadata().get(name)
        if not isinstance(found, str) or not is_protected(found):
            raise SignInRefused(Fault.PROVIDER)
        return found

    def keys(self, *, newest: bool = False) -> KeySet:
        """Its public keys; `newest` asks again, though not more often than once a minute."""
        address = self.address("jwks_uri")
        with self._lock:
            now = self._clock()
            if self._keys is None or (newest and now - self._keys[0] >= _KEYS_HOLD_AT_LEAST):
                self._keys = (now, _key_set(_fetched(address)))
            return self._keys[1]


@contextmanager
def no_answer_is_a_refusal() -> Iterator[None]:
    """Whatever goes wrong on the way to the provider; its own words, which may hold anything, go nowhere."""
    try:
        yield
    except (requests.RequestException, ValueError):
        raise SignInRefused(Fault.NO_ANSWER) from None


def _fetched(address: str) -> Mapping[str, Any]:
    with no_answer_is_a_refusal():
        response = requests.get(address, timeout=SECONDS_TO_ANSWER, allow_redirects=False)
        response.raise_for_status()
        told = response.json()
    if not isinstance(told, dict):
        raise SignInRefused(Fault.NO_ANSWER)
    return told


def _key_set(told: Mapping[str, Any]) -> KeySet:
    """Key pairs for signing only: a shared secret or a key for encryption checks no token."""
    keys = told.get("keys")
    listed = [key for key in keys if isinstance(key, dict)] if isinstance(keys, list) else []
    usable: Any = [key for key in listed if key.get("kty") in _KEY_PAIRS and key.get("use", "sig") == "sig"]
    try:
        return KeySet.import_key_set({"keys": usable})
    except (JoseError, ValueError, TypeError, KeyError):
        raise SignInRefused(Fault.PROVIDER) from None
