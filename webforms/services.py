"""What the pages on cases work with; wiring.py puts it together and hands it in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.cases.record.voices import section_of
from pipeline.danish import COPENHAGEN
from pipeline.deadlines.rules import Deadlines
from pipeline.documents.seal.verification import Verification
from pipeline.intake.gateway import Gateway
from pipeline.journey.engine.engine import Engine
from pipeline.law.dated_law import Law, law_for
from pipeline.store.clock import Clock
from pipeline.store.opening import Store
from pipeline.store.save_answers import SaveAnswers
from pipeline.tool.definition import Tool
from pipeline.tool.load import load_tool
from webforms.design.install import Design
from webforms.design.words import Speaker
from webforms.identity.services import Services as IdentityServices
from webforms.machines import Machines


@dataclass(frozen=True)
class Services:
    """The parts of one installation, as pages use them.

    Attributes:
        store: everything that is kept.
        answers: saves answers so that nobody overwrites another's unseen.
        identity: who is who.
        gateway: the way in for files.
        design: words and files of the pages.
        editions: folder of the published editions.
        private: a folder that only this program may enter, for files on their way in or out.
        machines: make documents.
        deadlines: how long each deadline is.
        engine: runs at once what somebody waits for; what is left a dispatcher runs.
        check: judges a PDF or a file of evidence from anywhere, in a limited process.
        sends_mail, sends_sms: whether the installation has a way of mail, and of SMS.
    """

    store: Store
    answers: SaveAnswers
    identity: IdentityServices
    gateway: Gateway
    design: Design
    editions: Path
    private: Path
    machines: Machines
    deadlines: Deadlines
    engine: Engine
    check: Callable[[bytes], Verification]
    sends_mail: bool = False
    sends_sms: bool = False

    @property
    def clock(self) -> Clock:
        """Tells the moment."""
        return self.identity.clock

    def tool(self, edition: str | None = None) -> Tool:
        """The edition that a visit answers; the newest for a new visit."""
        return load_tool(edition, self.editions)

    def section_of(self, edition: str, slot: str) -> str | None:
        """Key of the section that a slot stands in; None where the edition has no such field."""
        section = section_of(slot, self.tool(edition))
        return section.key if section else None

    def law(self, on: date) -> Law:
        """The law of a day."""
        return law_for(on)

    def say(self) -> Speaker:
        """Our own words in the visitor's language."""
        return self.design.speaker()

    def today(self) -> date:
        """The day in Denmark."""
        return self.clock().astimezone(COPENHAGEN).date()
