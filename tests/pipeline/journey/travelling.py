"""A fictional case on its journey, with a clock that tests move on, and no threads: every step is run by the test."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import TracebackType
from typing import Self

from fictional_case import CASEWORKER, FATHER, MOTHER, PEOPLE, VISIT, opening
from fixtures.waking import next_wake
from movable_clock import MovableClock

from exports.package import Part
from exports.post.contract import Letter
from exports.targets.contract import Receipt
from pipeline.cases.hearing.answer_document import ANSWER, slot_of
from pipeline.cases.hearing.events import AnswerConfirmed, FinalReportMade, HearingOpened
from pipeline.cases.journey.events import DocumentOrdered
from pipeline.cases.record.case import Case
from pipeline.cases.record.events import AccessDecided, ApprovalDecided, Event, PersonRecorded, StandingBegun
from pipeline.cases.record.people import CasePerson, Place, Standing
from pipeline.danish import COPENHAGEN
from pipeline.deadlines.rules import Deadlines, load_deadlines
from pipeline.documents.hearing_documents import FINAL
from pipeline.documents.render import Workshop
from pipeline.errors import StepFailed
from pipeline.journey.engine.engine import Engine
from pipeline.journey.engine.pace import Pace
from pipeline.journey.engine.step import Step, Work
from pipeline.journey.follow import Follow
from pipeline.journey.sending import to_send
from pipeline.journey.steps.all_steps import all_steps
from pipeline.journey.steps.documents.all_makers import MAKERS
from pipeline.journey.steps.documents.make import make_document_by
from pipeline.journey.steps.documents.making import Made, Making
from pipeline.law.kle import kle_on
from pipeline.store.files import NewDocument
from pipeline.store.journey_facts import Journey
from pipeline.store.opening import Places, Store, open_store
from pipeline.tool.load import EDITIONS

BEGUN = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
VISIT_DAY = date(2026, 12, 1)
MORE_PEOPLE: tuple[Event, ...] = (
    PersonRecorded(CasePerson(CASEWORKER, "Bo Opdigtet", title="myndighedsrådgiver")),
    StandingBegun(Standing("s4", CASEWORKER, Place.CASEWORKER, date(2026, 1, 1))),
    # They get in, so nothing has to be made on paper for them.
    AccessDecided(MOTHER, granted=True, reason="opdigtet"),
    AccessDecided(FATHER, granted=True, reason="opdigtet"),
    ApprovalDecided(date(2026, 1, 1), "part_time", ("opdigtet metode",), ("opdigtet mål",), "to besøg", False),
)


@dataclass
class CountingChannel:
    """A way to people that remembers what went it, and may refuse."""

    sent: list[str] = field(default_factory=list)
    refusals: list[Exception] = field(default_factory=list)

    def send(self, key: str, letter: Letter) -> None:
        """See `Channel`."""
        if self.refusals:
            raise self.refusals.pop()
        if key not in self.sent:
            self.sent.append(key)


@dataclass
class CountingTarget:
    """An archive that remembers what it holds."""

    name: str = "opdigtet arkiv"
    packages: dict[str, Receipt] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)

    def held(self, key: str) -> Receipt | None:
        """See `Target`."""
        return self.packages.get(key)

    def deliver(self, key: str, parts: Iterable[Part], info: Mapping[str, str]) -> Receipt:
        """See `Target`."""
        self.parts[key] = [part.name for part in parts]
        return self.packages.setdefault(key, Receipt(key, "0" * 64, info))


@contextmanager
def broken_machines() -> Iterator[Workshop]:
    """LibreOffice does not answer; what does not depend on it goes on."""
    raise StepFailed("opdigtet")
    yield


NO_MACHINES = Making(broken_machines, EDITIONS)


class Makers:
    """Makes documents without LibreOffice, and may fail; the final report goes to both parents."""

    def __init__(self) -> None:
        self.faults: list[Exception] = []
        others = dict.fromkeys(MAKERS, self.other)
        self.step = make_document_by({**others, ANSWER: self.answer, FINAL: self.final}, NO_MACHINES)

    def answer(self, work: Work, order: DocumentOrdered, making: Making) -> Made:
        """An answer's document."""
        if self.faults:
            raise self.faults.pop()
        kept = NewDocument(ANSWER, "Opdigtet svar", "s.pdf", "application/pdf", order.visit, slot_of(order.about))
        return Made(b"%PDF opdigtet", kept)

    def other(self, work: Work, order: DocumentOrdered, making: Making) -> Made:
        """Any other document."""
        return Made(b"%PDF opdigtet", NewDocument(order.kind, "Opdigtet", "d.pdf", "application/pdf", order.visit))

    def final(self, work: Work, order: DocumentOrdered, making: Making) -> Made:
        """The final report of a visit."""
        kept = NewDocument(FINAL, "Opdigtet rapport", "r.pdf", "application/pdf", order.visit)

        def events(file: str) -> list[Event]:
            sent = [to_send(order.visit, file, who, reads_here=True) for who in (MOTHER, FATHER)]
            return [FinalReportMade(order.visit, file, "0" * 64), *sent]

        return Made(b"%PDF opdigtet", kept, events)


class RoundTrip:
    """A store with one fictional case, and an engine whose steps the test runs.

    Args:
        places: of a new installation.
        pace: how patient the engine is.
    """

    def __init__(self, places: Places, pace: Pace | None = None, more_steps: Mapping[str, Step] | None = None) -> None:
        self.clock = MovableClock(BEGUN)
        self.store: Store = open_store(places, self.clock)
        self.deadlines: Deadlines = load_deadlines()
        self.follow = Follow(self.deadlines)
        self.store.cases.tell(self.follow)
        self.channel, self.target = CountingChannel(), CountingTarget()
        steps = all_steps(
            {"page": self.channel}, self.target, kle_on, EDITIONS, NO_MACHINES, deadlines=load_deadlines()
        )
        self.engine = Engine(self.store, {**steps, **(more_steps or {})}, pace or Pace(), self.clock)
        self.case_id = self.store.cases.open_case(opening(), CASEWORKER, (*PEOPLE, *MORE_PEOPLE))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, what: BaseException | None, where: TracebackType | None
    ) -> None:
        self.store.close()

    @property
    def case(self) -> Case:
        return self.store.cases.case(self.case_id)

    def happens(self, *events: Event, by: str = CASEWORKER) -> None:
        self.store.cases.append(self.case_id, events, by, "test")

    def row(self, kind: str = "visit", about: str = VISIT) -> Journey:
        found = [one for one in self.store.journeys.of_case(self.case_id) if (one.kind, one.about) == (kind, about)]
        assert found, f"no {kind} {about}"
        return found[0]

    def states(self) -> dict[str, str]:
        return {f"{one.kind} {one.about}": one.state for one in self.store.journeys.of_case(self.case_id)}

    def run_due(self) -> int:
        """Run whatever is due until nothing is; returns how many steps that were."""
        number = 0
        while due := [one for one in self.engine.due(100) if self.engine.run(one)]:
            number += len(due)
        return number

    def move_to(self, day: date, hour: int = 12) -> None:
        """Move the time to an hour of a day in Denmark, and let all happen that falls due by then, when it does."""
        until = datetime(day.year, day.month, day.day, hour, tzinfo=COPENHAGEN).astimezone(UTC)
        while (wake := next_wake(self.store.journeys)) and wake <= until:
            self.clock.at = max(self.clock.at, wake)
            self.run_due()
        self.clock.at = until

    def opens_hearings(self, *people: str) -> datetime:
        """Both parents are heard from today on; returns the deadline."""
        today = self.clock().astimezone(COPENHAGEN).date()
        deadline = self.deadlines.hearing(today).instant
        self.happens(*(hearing_of(person, deadline) for person in people or (MOTHER, FATHER)))
        return deadline

    def answers(self, person: str, received: datetime | None = None) -> None:
        at = received or self.clock()
        self.happens(
            AnswerConfirmed(f"hoering-{person}", f"svar-{person}", at, "demo", "", at - timedelta(minutes=5)), by=person
        )


def hearing_of(person: str, deadline: datetime) -> HearingOpened:
    return HearingOpened(f"hoering-{person}", VISIT, person, deadline, "rapport", "0" * 64, 1)
