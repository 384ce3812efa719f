"""One case through its round with real documents: as the pages and the engine do it, or the documents by themselves.

Both make the same documents: the report and what lies beside it, a letter to each parent, each parent's answer, and the
final report with all of it inside. The way round keeps, tells, sends and archives them besides.
"""

import io
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from pipeline.cases.hearing.answer_document import document_of
from pipeline.cases.hearing.events import (
    AnswerConfirmed,
    Capacity,
    HearingOpened,
    RemarkMade,
    RemarksWeighed,
    RemarkWeighed,
)
from pipeline.cases.journey.events import OutcomeDecided
from pipeline.cases.read_answers import read_answers_file
from pipeline.cases.record.case import Case, fold_all
from pipeline.cases.record.codec import Stamped
from pipeline.cases.record.demo_people import read_demo_people
from pipeline.cases.record.events import CaseOpened, Event
from pipeline.cases.record.from_answers import from_answers
from pipeline.cases.record.journal_events import DocumentKept
from pipeline.cases.record.people import Place
from pipeline.deadlines.deadline import Deadline
from pipeline.documents.contents.hearing_letter import SentReport
from pipeline.documents.hearing_documents import (
    FINAL,
    LETTER,
    FinalOrder,
    LetterOrder,
    final_report_of,
    hearing_answer,
    sealed_hearing_letter,
)
from pipeline.documents.kinds import PDF, REPORT
from pipeline.documents.render import Workshop
from pipeline.documents.visit_report import report_of
from pipeline.journey.engine.engine import Engine
from pipeline.journey.ordering import order_document
from pipeline.journey.sending import to_send
from pipeline.store.files import NewDocument
from pipeline.store.opening import Store
from pipeline.tool.load import EDITIONS, editions, load_tool
from webforms.demo import sample_path

AtWork = Callable[[], AbstractContextManager[Workshop]]
VISIT, CASEWORKER, TEST = "besoeg-2", "medarbejder-03", "test"
_PAUSE = 0.02
_SAMPLES = ("autisme_skole_1", "autisme_skole_2")
_DAYS_TO_ANSWER = 14


@dataclass(frozen=True)
class Sample:
    """What has happened in the fictional case before its report is made, and who is heard over it."""

    happened: tuple[Stamped, ...]
    parents: tuple[str, ...]
    day: date

    @classmethod
    def load(cls) -> "Sample":
        """Read the sample; the case's own documents are not what is measured."""
        newest = EDITIONS / editions(EDITIONS)[-1]
        people = read_demo_people((newest / "demo_people.toml").read_text(encoding="utf-8"))
        visits = [read_answers_file(path) for path in (sample_path(name, EDITIONS) for name in _SAMPLES)]
        taken_in = from_answers(visits, load_tool(None, EDITIONS), people.cases[visits[0].case_number])
        kept = [one for one in taken_in.happened if not isinstance(one.event, DocumentKept)]
        happened = tuple(replace(one, seq=seq) for seq, one in enumerate(kept, start=1))
        day = datetime.now(UTC).date()
        standings = fold_all(happened).standings_on(day, Place.PARENTAL_AUTHORITY)
        return cls(happened, tuple(dict.fromkeys(one.person_id for one in standings)), day)

    def numbered(self, number: str) -> tuple[Stamped, ...]:
        """The same case under another number."""
        first = self.happened[0]
        if not isinstance(first.event, CaseOpened):
            raise TypeError("a case begins with being opened")
        return (replace(first, event=replace(first.event, number=number)), *self.happened[1:])


@dataclass(frozen=True)
class Alone:
    """The documents of one case and nothing else: nothing is kept, nobody is told."""

    sample: Sample
    at_work: AtWork
    private: Path

    def begin(self, number: str) -> str:
        """Nothing has to be there before."""
        return number

    def go(self, number: str) -> None:
        """Make them."""
        case = fold_all(self.sample.numbered(number))
        with self.at_work() as workshop:
            report = report_of(case, VISIT, workshop, self.sample.day, self.private)
            then = case
            kept = _kept("rapport", REPORT.key, report.pdf)
            case = self._after(case, kept, *_hearings(self.sample, "rapport", report.sha256, case.revision))
            for parent in self.sample.parents:
                sealed_hearing_letter(_letter(case, self.sample, parent, report.sha256), workshop, self.private)
            case = self._after(case, *(event for who in self.sample.parents for event in _answers(who)))
            answers = [
                hearing_answer(case, f"h-{who}", f"s-{who}", workshop, self.private).pdf for who in self.sample.parents
            ]
            case = self._after(case, *_weighed(self.sample))
            attached = [("hoert-udgave-1.pdf", PDF, report.pdf, "Den udgave, der blev sendt i høring")]
            attached += [(f"svar-{n}.pdf", PDF, pdf, "Høringssvar") for n, pdf in enumerate(answers, start=1)]
            order = FinalOrder(case, VISIT, then, self.sample.day, self.sample.day, attached)
            final_report_of(order, workshop, self.private)

    def _after(self, case: Case, *events: Event) -> Case:
        stamped = (
            Stamped(seq, datetime.now(UTC), CASEWORKER, one) for seq, one in enumerate(events, case.revision + 1)
        )
        return fold_all(stamped, case)


@dataclass(frozen=True)
class WayRound:
    """One case from its report to the next visit; whoever dispatches does what is not waited for."""

    sample: Sample
    at_work: AtWork
    private: Path
    store: Store
    engine: Engine

    def begin(self, number: str) -> str:
        """A case whose report can be made; returns its id."""
        return self.store.cases.take_in(self.sample.numbered(number), TEST)

    def go(self, case_id: str) -> None:
        """Take it round, but for what is done when all has been sent."""
        self._send(case_id)
        for who in self.sample.parents:
            self.store.cases.append(case_id, list(_answers(who)), who, TEST)
            self.engine.run_now(case_id, "document", f"s-{who}")
        while not all(document_of(self.store.cases.case(case_id), f"s-{who}") for who in self.sample.parents):
            time.sleep(_PAUSE)  # the dispatcher was quicker
        self.store.cases.append(case_id, list(_weighed(self.sample)), CASEWORKER, TEST)
        with self.store.cases.change(case_id, CASEWORKER, TEST) as change:
            order = order_document(change, VISIT, FINAL, CASEWORKER)
        self.engine.run_now(case_id, "document", order)

    def decide(self, case_id: str) -> bool:
        """Decide what follows, once all has been sent; False where that is not yet so."""
        if self.state(case_id) != "deciding":
            return False
        self.store.cases.append(case_id, [OutcomeDecided(VISIT, "no_change", "opdigtet")], CASEWORKER, TEST)
        return True

    def state(self, case_id: str) -> str:
        """Where the visit stands."""
        rows = self.store.journeys.of_case(case_id)
        return next((row.state for row in rows if (row.kind, row.about) == ("visit", VISIT)), "")

    def _send(self, case_id: str) -> None:
        """The report and the letters, kept and told of in one transaction, as the page does it."""
        case = self.store.cases.case(case_id)
        with self.at_work() as workshop:
            report = report_of(case, VISIT, workshop, self.sample.day, self.private)
            orders = [_letter(case, self.sample, parent, report.sha256) for parent in self.sample.parents]
            letters = [sealed_hearing_letter(order, workshop, self.private).pdf for order in orders]
        with ExitStack() as stack:
            made = [
                stack.enter_context(self.store.files.making(case_id, io.BytesIO(pdf), _new(kind, self.sample)))
                for kind, pdf in ((REPORT.key, report.pdf), *((LETTER, pdf) for pdf in letters))
            ]
            change = stack.enter_context(self.store.cases.change(case_id, CASEWORKER, TEST))
            for one in made:
                one.tell(change, CASEWORKER)
            own = zip(self.sample.parents, made[1:], strict=True)
            sent = [(parent, file.id) for parent, letter in own for file in (made[0], letter)]
            change.add(
                [
                    *_hearings(self.sample, made[0].id, report.sha256, case.revision),
                    *(to_send(VISIT, file, parent, reads_here=True) for parent, file in sent),
                ],
                CASEWORKER,
            )


def _new(kind: str, sample: Sample) -> NewDocument:
    return NewDocument(kind, kind, f"{kind}.pdf", PDF, VISIT, dated=sample.day, seen_by=sample.parents)


def _kept(file: str, kind: str, pdf: bytes) -> DocumentKept:
    return DocumentKept(file, kind, kind, f"{kind}.pdf", PDF, len(pdf), sha256(pdf).hexdigest(), VISIT)


def _letter(case: Case, sample: Sample, parent: str, digest: str) -> LetterOrder:
    sent = SentReport("Tilsynsrapport", digest, Deadline(sample.day + timedelta(days=_DAYS_TO_ANSWER)))
    return LetterOrder(case, VISIT, parent, Capacity.PARTY, sent, sample.day)


def _hearings(sample: Sample, file: str, digest: str, revision: int) -> Iterator[Event]:
    deadline = Deadline(sample.day + timedelta(days=_DAYS_TO_ANSWER)).instant
    for who in sample.parents:
        yield HearingOpened(f"h-{who}", VISIT, who, deadline, file, digest, revision)


def _answers(who: str) -> Iterator[Event]:
    now = datetime.now(UTC)
    yield RemarkMade(f"h-{who}", f"s-{who}", f"r-{who}", "", "Opdigtet bemærkning om nætterne.")
    yield AnswerConfirmed(f"h-{who}", f"s-{who}", now, "demo", "", now)


def _weighed(sample: Sample) -> Iterator[Event]:
    for who in sample.parents:
        yield RemarkWeighed(f"h-{who}", f"r-{who}", taken_in=True, reason="Opdigtet grund.")
    yield RemarksWeighed(VISIT)
