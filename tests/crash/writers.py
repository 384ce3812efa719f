"""The load: people who write without pause, and remember what was acknowledged."""

import threading
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

from target import Target

from pipeline.store.drafts import DraftOf

KINDS = ("answers", "draft", "answers", "read", "answers", "file")
Line = tuple[str, str, str]
"""Actor, action and outcome of a line of the audit log."""


class Away(Exception):
    """The database is away, and refusing is right; this life is over for the writer."""


@dataclass(frozen=True)
class Desk:
    """Where somebody writes.

    Attributes:
        slots: are all given the same words by one save, so that half a save would be seen.
        voice: whose answers they are.
        draft: where words wait that are typed and not saved.
    """

    case: str
    visit: str
    person: str
    voice: str
    slots: tuple[str, ...]
    draft: DraftOf


@dataclass
class Writer(ABC):
    """Somebody who writes without pause into one case, and remembers what was acknowledged.

    Attributes:
        number: of the last thing written; where it begins, so that not all do the same at the same time.
        answers: words of the saves since somebody looked.
        files: titles of the files since then.
        draft: the newest draft.
        reads: the lines that the audit log must hold, and how often.
        seen: revision of the case up to which files have been looked at.
    """

    desk: Desk
    number: int = 0
    answers: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    draft: int = 0
    reads: Counter[Line] = field(default_factory=Counter)
    seen: int = 0
    acknowledged: Counter[str] = field(default_factory=Counter)

    @property
    def mark(self) -> str:
        """Begins everything that this writer writes."""
        return f"skrevet af {self.desk.person}, "

    def write(self, connection: HTTPConnection) -> None:
        """Ask once, and remember if it was acknowledged.

        Raises:
            Away: it was refused as it should be.
            AssertionError: it was refused as it should not be.
        """
        self.number += 1
        kind = KINDS[self.number % len(KINDS)]
        if getattr(self, f"write_{kind}")(connection, f"{self.mark}{self.number}"):
            self.acknowledged[kind] += 1

    @abstractmethod
    def write_answers(self, connection: HTTPConnection, words: str) -> bool:
        """Save the slots; False where it has to wait."""

    @abstractmethod
    def write_draft(self, connection: HTTPConnection, words: str) -> bool:
        """Keep a draft of the revision `number`; False where it has to wait."""

    @abstractmethod
    def write_read(self, connection: HTTPConnection, words: str) -> bool:
        """Read, which must be noted; False where it has to wait."""

    @abstractmethod
    def write_file(self, connection: HTTPConnection, words: str) -> bool:
        """Send a file of that title; False where it has to wait."""

    @abstractmethod
    def is_whole(self, title: str, content: bytes) -> bool:
        """Whether a kept file is what was sent under the title."""

    @abstractmethod
    def look_back(self, revisions: dict[str, int]) -> None:
        """Learn what the next save is based on: what was committed and not acknowledged is there too."""


@contextmanager
def load(target: Target, writers: Sequence[Writer], faults: list[str]) -> Iterator[None]:
    """All write while the block lasts, and until what they write to is gone."""

    def write(writer: Writer) -> None:
        connection = target.connection()
        try:
            while True:
                writer.write(connection)
        except (OSError, HTTPException, Away):  # it was killed, or its database server was
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
