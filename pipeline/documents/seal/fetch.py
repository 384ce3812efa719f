"""The only place of the seal that talks over the network: one small answer, quickly, or none."""

import time
from collections.abc import Mapping
from typing import Any

import requests

_DEADLINE = 10.0
_PIECE = 65_536


class NoAnswer(Exception):
    """The service did not give the answer asked for; the message says why, in English, for the log."""


class Fetcher:
    """Keeps its connections open between calls.

    Args:
        deadline: seconds for a whole answer, however slowly it drips.
    """

    def __init__(self, deadline: float = _DEADLINE) -> None:
        self._deadline = deadline
        self._session = requests.Session()
        self._settings: dict[str, Mapping[str, Any]] = {}

    def post(self, url: str, body: bytes, *, sent: str, wanted: str, largest: int) -> bytes:
        """The body of the answer to a POST.

        Args:
            url: where to.
            body: what to send.
            sent: media type of what is sent.
            wanted: media type the answer must have.
            largest: bytes the answer may have.

        Raises:
            NoAnswer: not reachable, too slow, too large, not status 200, or another media type.
        """
        headers = {"Content-Type": sent, "Accept": wanted}
        return self._exchange(requests.Request("POST", url, data=body, headers=headers), wanted, largest)

    def get(self, url: str, *, largest: int) -> bytes:
        """The body of the answer to a GET.

        Raises:
            NoAnswer: as for post.
        """
        return self._exchange(requests.Request("GET", url), None, largest)

    def _exchange(self, request: requests.Request, wanted: str | None, largest: int) -> bytes:
        give_up = time.monotonic() + self._deadline
        try:
            prepared = self._session.prepare_request(request)
            settings = self._settings_for(prepared.url or "")
            # A redirect would send the municipality's hash to a host nobody chose.
            with self._session.send(prepared, timeout=self._deadline, allow_redirects=False, **settings) as answer:
                _check(answer, wanted)
                return _body(answer, largest, give_up)
        except (requests.RequestException, OSError) as problem:
            raise NoAnswer(type(problem).__name__) from problem

    def _settings_for(self, url: str) -> Mapping[str, Any]:
        """Proxies and trusted certificates, as the environment has them when a service is first asked."""
        if url not in self._settings:
            self._settings[url] = self._session.merge_environment_settings(url, {}, True, None, None)
        return self._settings[url]


def _check(answer: requests.Response, wanted: str | None) -> None:
    if answer.status_code != requests.codes.ok:
        raise NoAnswer(f"status {answer.status_code}")
    media_type = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if wanted is not None and media_type != wanted:
        raise NoAnswer("another media type")


def _body(answer: requests.Response, largest: int, give_up: float) -> bytes:
    body = b""
    for piece in answer.iter_content(_PIECE):
        body += piece
        if len(body) > largest:
            raise NoAnswer("too large")
        if time.monotonic() > give_up:
            raise NoAnswer("too slow")
    return body
