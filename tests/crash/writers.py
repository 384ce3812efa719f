"""The load: people who write without pause, and remember what was acknowledged."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any

from target import Target

from pipeline.cases.record.events import CaseOpened, VisitOpened
from pipeline.store.opening import Places, open_store

SLOTS = ["a1", "a2", "a3"]
VISIT = "besoeg"
HOW_MANY = 4


@dataclass
class Writer:
    """Somebody who writes without pause into one case, and remembers what was acknowledged."""

    case: str
    person: str
    number: int = 0
    based_on: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SLOTS, 0))
    answers: list[str] = field(default_factory=list)
    reads: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    draft: int = 0
    acknowledged: Counter[str] = field(default_factory=Counter)

    def write(self, connection: HTTPConnection) -> None:
        """Ask once, and remember if it was acknowledged."""
        self.number += 1
        words = f"{self.person}-{self.number}"
        kind = ("answers", "draft", "answers", "read", "answers", "file")[self.number % 6]
        done = getattr(self, f"_{kind}")(connection, words)
        assert done is not False, f"refused: {kind} {words}"
        self.acknowledged[kind] += 1

    def _ask(self, connection: HTTPConnection, what: str, **asked: Any) -> Any:
        connection.request("POST", f"/{what}", json.dumps({"case": self.case, "person": self.person, **asked}))
        answer = connection.getresponse()
        content = answer.read()
        if answer.status == 503:  # while the database server is away, refusing is right
            raise ConnectionRefusedError
        assert answer.status == 200, content
        return json.loads(content)

    def _answers(self, connection: HTTPConnection, words: str) -> bool:
        """All three slots say the same words, so that half a save would be seen."""
        written = self._ask(connection, "answers", words=words, based_on=self.based_on)
        self.answers.append(words)
        self.based_on.update(written)
        return list(written) == SLOTS

    def _draft(self, connection: HTTPConnection, words: str) -> Any:
        done = self._ask(connection, "draft", revision=self.number, words=words)
        self.draft = self.number
        return done

    def _read(self, connection: HTTPConnection, words: str) -> None:
        self._ask(connection, "read", outcome=words)
        self.reads.append(words)

    def _file(self, connection: HTTPConnection, words: str) -> None:
        self.files[self._ask(connection, "file", content=words * 1000)] = words


def open_cases(places: Places) -> list[Writer]:
    """A fictional case for each writer."""
    store = open_store(places)
    visit = VisitOpened(VISIT, 1, "first", "2018")
    ids = [
        store.cases.open_case(CaseOpened(f"2026-{n}", "t", "k", "u", True), "system", [visit]) for n in range(HOW_MANY)
    ]
    store.close()
    return [Writer(case_id, f"skriver{number}") for number, case_id in enumerate(ids)]


@contextmanager
def load(target: Target, writers: list[Writer], faults: list[str]) -> Iterator[None]:
    """All write while the block lasts, and until what they write to is gone."""

    def write(writer: Writer) -> None:
        connection = target.connection()
        try:
            while True:
                writer.write(connection)
        except (OSError, HTTPException):  # it was killed, or its database server was
            connection.close()
        except AssertionError as fault:
            faults.append(str(fault))
            connection.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in threads:
            thread.join()
