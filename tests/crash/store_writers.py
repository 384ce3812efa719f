"""Writers who speak to the small web server around the store."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any

from target import StoreProcess
from writers import Away, Desk, Writer

from pipeline.cases.record.events import CaseOpened
from pipeline.cases.record.visit_events import VisitOpened
from pipeline.store.drafts import DraftOf
from pipeline.store.opening import Places, open_store

SLOTS = ("a1", "a2", "a3")
VISIT = "besoeg"
HOW_MANY = 4
_OK, _AWAY = 200, 503


@dataclass
class StoreWriter(Writer):
    """Asks in JSON."""

    based_on: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SLOTS, 0))

    def write_answers(self, connection: HTTPConnection, words: str) -> bool:
        """See `Writer`."""
        written = self._ask(connection, "answers", words=words, based_on=self.based_on)
        assert tuple(written) == SLOTS, f"refused: {words}"
        self.answers.append(words)
        self.based_on.update(written)
        return True

    def write_draft(self, connection: HTTPConnection, words: str) -> bool:
        """See `Writer`."""
        assert self._ask(connection, "draft", revision=self.number, words=words), f"refused: {words}"
        self.draft = self.number
        return True

    def write_read(self, connection: HTTPConnection, words: str) -> bool:
        """See `Writer`."""
        self._ask(connection, "read", outcome=words)
        self.reads[self.desk.person, "case.read", words] += 1
        return True

    def write_file(self, connection: HTTPConnection, words: str) -> bool:
        """See `Writer`."""
        self._ask(connection, "file", title=words, content=words * 1000)
        self.files.append(words)
        return True

    def is_whole(self, title: str, content: bytes) -> bool:
        """See `Writer`."""
        return content.decode() == title * 1000

    def look_back(self, revisions: dict[str, int]) -> None:
        """See `Writer`."""
        self.based_on = revisions

    def _ask(self, connection: HTTPConnection, what: str, **asked: Any) -> Any:
        said = {"case": self.desk.case, "person": self.desk.person, **asked}
        connection.request("POST", f"/{what}", json.dumps(said))
        answer = connection.getresponse()
        content = answer.read()
        if answer.status == _AWAY:
            raise Away
        assert answer.status == _OK, content
        return json.loads(content)


@contextmanager
def small_server(places: Places) -> Iterator[tuple[StoreProcess, list[StoreWriter]]]:
    """The small server over an empty installation, and its writers."""
    target = StoreProcess(places)
    try:
        yield target, open_cases(places)
    finally:
        target.close()


def open_cases(places: Places) -> list[StoreWriter]:
    """A fictional case for each writer."""
    store = open_store(places)
    visit = VisitOpened(VISIT, 1, "first", "2018")
    ids = [
        store.cases.open_case(CaseOpened(f"2026-{n}", "t", "k", "u", True), "system", [visit]) for n in range(HOW_MANY)
    ]
    store.close()
    return [StoreWriter(_desk(case_id, f"skriver{number}"), number) for number, case_id in enumerate(ids)]


def _desk(case: str, person: str) -> Desk:
    return Desk(case, VISIT, person, person, SLOTS, DraftOf(case, VISIT, "b", person))
