"""A parent writes while the server is killed without warning: every word that was acknowledged is there afterwards."""

import os
import re
import signal
from threading import Event, Thread

import requests
from fixtures.quick_folder import quick_folder
from real_server import RealServer

WELLBEING = "family_wellbeing_parents"
_ENOUGH = 20


class Parent:
    """Somebody at a browser.

    Args:
        address: of the server.
    """

    def __init__(self, address: str) -> None:
        self._address, self._http = address, requests.Session()
        page = self._get("/log-ind")
        chosen = re.search(r'value="(person:[^"]+)">Signe Aastrup Lind', page)
        assert chosen
        self._post("/log-ind/demo", {"hvem": chosen.group(1), "til": "/", "csrf_token": self._token})
        self._case = chosen.group(1).split(":")[1]

    def open(self) -> str:
        """The page of a section."""
        found = re.search(r'href="(/sager/[^"]+/afsnit/d)"', self._get(f"/sager/{self._case}/start"))
        assert found
        self._section = found.group(1)
        return self._get(self._section)

    def write(self, acknowledged: list[str], enough: Event) -> None:
        """Type and type, as autosave.js sends it, until nobody answers any more."""
        for count in range(1, 10_000):
            words = f"Linje {count}"
            sent = {WELLBEING: words, "_draft": "0", "csrf_token": self._token}
            try:
                answer = self._post(f"{self._section}/kladde", sent, {"X-Autosave": str(count)})
            except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
                return  # Killed before it answered, or between the head of its answer and the rest.
            if answer.status_code == 200:
                acknowledged.append(words)
            if len(acknowledged) == _ENOUGH:
                enough.set()

    def _get(self, path: str) -> str:
        answer = self._http.get(self._address + path, timeout=20)
        assert answer.status_code == 200, answer.url
        found = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)
        assert found
        self._token = found.group(1)
        return answer.text

    def _post(self, path: str, data: dict[str, str], headers: dict[str, str] | None = None) -> requests.Response:
        return self._http.post(self._address + path, data, headers=headers, timeout=20, allow_redirects=False)


def test_every_acknowledged_word_survives_a_kill_of_the_server() -> None:
    acknowledged: list[str] = []
    enough = Event()
    with quick_folder("tilsyn-killed-") as home:
        with RealServer(home) as server:
            parent = Parent(server.address)
            parent.open()
            writing = Thread(target=parent.write, args=(acknowledged, enough))
            writing.start()
            assert enough.wait(60)
            for pid in (*server.below, server.pid):
                os.kill(pid, signal.SIGKILL)
            writing.join(60)
        with RealServer(home) as server:
            page = Parent(server.address).open()
    # What was under way when it was killed may be there too.
    written = re.search(r"Linje ([0-9]+)", page)
    assert written
    assert int(written.group(1)) - len(acknowledged) in (0, 1)
