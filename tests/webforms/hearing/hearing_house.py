"""A demo municipality in which the report of a visit is heard; all people are fictional.

Its machines fail, unless a test hands in real ones: most tests are about who says what, not about how it looks.
"""

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from family_home import APART, Browser, Clock, Home, NoMachines, _never
from jinja2 import FileSystemBytecodeCache

from pipeline.cases.hearing.events import Capacity, HearingOpened
from pipeline.cases.hearing.state import Hearing
from pipeline.cases.record.case import Case
from pipeline.cases.record.events import AccessDecided
from pipeline.documents.render import Workshop
from pipeline.errors import StepFailed
from pipeline.store.files import NewDocument
from pipeline.store.journey_facts import Journey
from pipeline.store.save_answers import SaveAnswers, Saved
from webforms.app import create_app
from webforms.public.demo_room import DemoRoom
from webforms.settings import read_settings
from webforms.wiring import page_services

MARIA, THOMAS, CHILD = "p-0201-1", "p-0201-2", "p-0201-3"
NUMBER = APART
CASEWORKER = "medarbejder-03"
HERS, HIS, CHILDS = "hoering-mor", "hoering-far", "hoering-barn"
VISIT = "besoeg-2"
BROKEN = "LibreOffice svarede ikke. Prøv igen."


class Interrupted(SaveAnswers):
    """Saves answers after something else has happened."""

    def __init__(self, answers: SaveAnswers, meanwhile: list[Callable[[], None]]) -> None:
        self._answers, self._meanwhile = answers, meanwhile

    def save(self, *what: Any, **how: Any) -> Saved:
        if self._meanwhile:
            self._meanwhile.pop()()
        return self._answers.save(*what, **how)


@dataclass(frozen=True)
class House(Home):
    """A municipality with a hearing in one of its cases.

    Attributes:
        meanwhile: happens between the next request that saves answers and its writing.
    """

    meanwhile: list[Callable[[], None]] = field(default_factory=list)

    @property
    def heard(self) -> Case:
        """The case as it is now."""
        return self.case(NUMBER)

    def hearing(self, hearing: str) -> Hearing:
        """A hearing as it is now."""
        return self.heard.hearings.by_id[hearing]

    def at(self, person: str) -> Browser:
        """Somebody's browser."""
        return self.browser(person, NUMBER)

    def secret(self, person: str, number: str = NUMBER) -> str:
        """What belongs in the session cookie of somebody of this case."""
        return super().secret(person, number)

    def address(self, path: str) -> str:
        """The address of a page of the case."""
        return f"/sager/{self.case_id(NUMBER)}/{path}"

    def document_row(self, about: str) -> Journey:
        """Where the making of a document stands."""
        rows = self.services.store.journeys.of_case(self.case_id(NUMBER))
        return next(row for row in rows if (row.kind, row.about) == ("document", about))

    def keep_report(self) -> str:
        """A report is kept; its bytes are not what these tests are about."""
        case_id = self.case_id(NUMBER)
        readers = (MARIA, THOMAS, CHILD)
        document = NewDocument(
            "tilsynsrapport",
            "Tilsynsrapport",
            "tilsynsrapport.pdf",
            "application/pdf",
            visit=VISIT,
            dated=self.services.today(),
            seen_by=readers,
        )
        return self.services.store.files.keep(case_id, io.BytesIO(b"%PDF-1.7 opdigtet"), document, CASEWORKER, "test")

    def open_hearings(self, deadline: datetime | None = None) -> None:
        """The parents, who live apart, and the child are heard."""
        revision, report = self.heard.revision, self.keep_report()
        sha256 = self.heard.documents[report].document.sha256
        until = deadline or self.clock() + timedelta(days=14)
        heard = ((HERS, MARIA, Capacity.PARTY), (HIS, THOMAS, Capacity.PARTY), (CHILDS, CHILD, Capacity.CHILD))
        opened = (HearingOpened(h, VISIT, who, until, report, sha256, revision, how) for h, who, how in heard)
        child_gets_in = AccessDecided(CHILD, granted=True, reason="test")
        self.happens(child_gets_in, *opened, number=NUMBER)


@contextmanager
def broken_workshop() -> Iterator[Workshop]:
    """Machines that cannot be started."""
    raise StepFailed(BROKEN)
    yield


@contextmanager
def hearing_house(
    seeded: Path, home: Path, workshop: AbstractContextManager[Workshop] | None = None
) -> Iterator[House]:
    """The whole application over a copy of a seeded home."""
    shutil.copytree(seeded, home, ignore=shutil.ignore_patterns("__jinja2_*"))
    settings, clock = read_settings({"HJEMMETILSYN_HOME": str(home)}), Clock()
    with ExitStack() as stack:
        services = stack.enter_context(page_services(settings, clock, lambda _: workshop or broken_workshop()))
        meanwhile: list[Callable[[], None]] = []
        services = replace(services, answers=Interrupted(services.answers, meanwhile))
        demo = stack.enter_context(DemoRoom(settings, NoMachines(), lambda pdf: _never()))
        app = create_app(settings, services, demo)
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(seeded))
        yield House(app, services, clock, meanwhile)
