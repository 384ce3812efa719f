"""Writers who sign in to the whole web server and write on its real pages, as browsers do."""

import html
import io
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection
from types import MappingProxyType
from typing import IO
from urllib.parse import urlencode

from PIL import Image
from target import Target, WebServer
from urllib3 import encode_multipart_formdata
from writers import Away, Desk, Writer

from pipeline.cases.record.voices import household_of
from pipeline.danish import COPENHAGEN
from pipeline.store.opening import Places, Store, open_store
from pipeline.store.save_answers import Writer as Saves
from pipeline.store.save_answers import draft_of
from pipeline.tool.load import EDITIONS
from webforms.demo_seed import seed_demo

PARENTS = {"DEMO-0101": "p-0101-1", "DEMO-0201": "p-0201-1", "DEMO-0301": "p-0301-1", "DEMO-0401": "p-0401-1"}
SAVED_IN, DRAFTED_IN = "f", "b"
SLOTS, DRAFTED = ("cooperation_parents", "professionals_view_parents"), "training_description"
_OK, _SEE_OTHER, _TOO_OFTEN, _AWAY = 200, 303, 429, 503
_FORM = "application/x-www-form-urlencoded"
_PAUSE = 0.2
_GRANTED = "ok"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    page: str

    def is_good(self, expected: int) -> bool:
        """Whether it is what should come; False where the writer has to wait.

        Raises:
            Away: the database does not answer.
            AssertionError: it is anything else.
        """
        if self.status == _AWAY:
            raise Away
        if self.status == _TOO_OFTEN:
            time.sleep(_PAUSE)
            return False
        assert self.status == expected, f"{self.status} instead of {expected}"
        return True


@dataclass
class PageWriter(Writer):
    """A parent in a browser; the sign-in outlives every crash.

    Attributes:
        cookies: by name.
        token: that the forms carry.
    """

    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def write_answers(self, connection: HTTPConnection, words: str) -> bool:
        """See `Writer`. The page is read first, so that the save is based on what stands there."""
        page = self._read(connection, SAVED_IN)
        if page is None:
            return False
        found = re.search(r'name="_based_on" value="([^"]*)"', page)
        assert found, "the page tells not what it is based on"
        fields = {"_based_on": html.unescape(found.group(1)), **dict.fromkeys(SLOTS, words)}
        if not self._post(connection, self._section(SAVED_IN), fields, _SEE_OTHER):
            return False
        self.answers.append(words)
        return True

    def write_draft(self, connection: HTTPConnection, words: str) -> bool:
        """See `Writer`."""
        fields = {"_based_on": "{}", "_draft": "0", DRAFTED: words}
        headers = {"X-Autosave": str(self.number)}
        if not self._post(connection, f"{self._section(DRAFTED_IN)}/kladde", fields, _OK, headers):
            return False
        self.draft = self.number
        return True

    def write_read(self, connection: HTTPConnection, words: str) -> bool:
        """See `Writer`."""
        return self._read(connection, DRAFTED_IN) is not None

    def write_file(self, connection: HTTPConnection, words: str) -> bool:
        """See `Writer`."""
        parts = {"csrf_token": self.token, "titel": words, "filer": ("foto.jpg", _photo(self.number), "image/jpeg")}
        body, kind = encode_multipart_formdata(parts)
        answer = self._ask(connection, "POST", f"/sager/{self.desk.case}/filer", body, {"Content-Type": kind})
        if not answer.is_good(_SEE_OTHER):
            return False
        self.files.append(words)
        return True

    def is_whole(self, title: str, content: bytes) -> bool:
        """See `Writer`. The gateway draws pictures anew, as large as they were."""
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()
            return picture.size == _size(int(title.removeprefix(self.mark)))

    def look_back(self, revisions: dict[str, int]) -> None:
        """See `Writer`. The page tells it."""

    def sign_in(self, target: Target) -> None:
        """Choose this parent from the demo's list."""
        connection = target.connection()
        self.token = _token(self._ask(connection, "GET", "/log-ind").page)
        chosen = {"hvem": f"person:{self.desk.case}:{self.desk.person}", "til": "/"}
        assert self._post(connection, "/log-ind/demo", chosen, _SEE_OTHER)
        self.token = _token(self._ask(connection, "GET", self._section(SAVED_IN)).page)
        connection.close()

    def _section(self, key: str) -> str:
        return f"/sager/{self.desk.case}/besoeg/{self.desk.visit}/afsnit/{key}"

    def _read(self, connection: HTTPConnection, section: str) -> str | None:
        """The page of a section, whose reading must be noted; None where the writer has to wait."""
        answer = self._ask(connection, "GET", self._section(section))
        if not answer.is_good(_OK):
            return None
        self.reads[self.desk.person, "part.read", _GRANTED] += 1
        return answer.page

    def _post(
        self,
        connection: HTTPConnection,
        address: str,
        fields: Mapping[str, str],
        expected: int,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> bool:
        body = urlencode({"csrf_token": self.token, **fields}).encode()
        return self._ask(connection, "POST", address, body, {"Content-Type": _FORM, **headers}).is_good(expected)

    def _ask(
        self,
        connection: HTTPConnection,
        method: str,
        address: str,
        body: bytes | None = None,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(method, address, body, {"Cookie": cookies, **headers})
        response = connection.getresponse()
        page = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, page)


@contextmanager
def whole_server(places: Places, log: IO[str]) -> Iterator[tuple[WebServer, list[PageWriter]]]:
    """The whole web server over a fresh demo, and parents who are signed in.

    Args:
        places: an empty installation.
        log: takes what the server complains of.
    """
    target = WebServer(places, log)
    try:
        writers = seeded(places)
        target.start()
        for writer in writers:
            writer.sign_in(target)
        target.kill()
        yield target, writers
    finally:
        target.close()


def seeded(places: Places) -> list[PageWriter]:
    """A parent of each fictional family."""
    store = open_store(places)
    seed_demo(store, EDITIONS)
    writers = [PageWriter(_desk(store, *parent), number) for number, parent in enumerate(PARENTS.items())]
    for writer in writers:
        writer.seen = store.cases.case(writer.desk.case).revision
    store.close()
    return writers


def _desk(store: Store, number: str, person: str) -> Desk:
    listed = store.lists.find_number(number)
    assert listed
    case = store.cases.case(listed.id)
    visit = list(case.visits)[-1]
    voice = household_of(case, person, datetime.now(COPENHAGEN).date())
    return Desk(listed.id, visit, person, voice, SLOTS, draft_of(listed.id, visit, DRAFTED_IN, Saves(person, voice)))


def _photo(number: int) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", _size(number), "teal").save(target, "JPEG")
    return target.getvalue()


def _size(number: int) -> tuple[int, int]:
    """No two photos in a row are of one size."""
    return 8 + number % 64, 8


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found.group(1)
