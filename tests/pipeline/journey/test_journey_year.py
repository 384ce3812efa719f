"""A year of a case with the time moved: two visits, one answered by all who are heard, one by nobody."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from fictional_case import CHILD, FATHER, MOTHER, VISIT
from travelling import Makers, RoundTrip

from pipeline.cases.hearing.events import AnswerConfirmed, Capacity, HearingOpened, RemarkMade, RemarksWeighed
from pipeline.cases.hearing.state import Stand
from pipeline.cases.journey.events import OutcomeDecided, ReminderGiven
from pipeline.cases.record.events import Event
from pipeline.cases.record.visit_events import VisitDayChanged
from pipeline.danish import COPENHAGEN
from pipeline.documents.hearing_documents import FINAL
from pipeline.journey.ordering import order_document
from pipeline.store.opening import Places

PARTIES = {MOTHER: Capacity.PARTY, FATHER: Capacity.PARTY, CHILD: Capacity.CHILD}
SECOND_DAY = date(2027, 6, 8)


@pytest.fixture
def trip(home: Path) -> Iterator[RoundTrip]:
    with RoundTrip(Places.in_home(home), more_steps={"make_document": Makers().step}) as trip:
        yield trip


def test_a_year_of_a_case(trip: RoundTrip) -> None:
    trip.move_to(date(2026, 12, 2))
    assert trip.row().state == "gathering"
    trip.happens(*_opened(trip, VISIT))
    for who in PARTIES:
        trip.happens(*_answer(trip, VISIT, who), by=who)
    assert _stands(trip, VISIT) == [Stand.REMARKS] * 3
    _ends(trip, VISIT)
    second = max(trip.case.visits.values(), key=lambda visit: visit.number).id
    trip.happens(VisitDayChanged(second, SECOND_DAY))
    trip.move_to(date(2027, 6, 9))
    assert trip.row("visit", second).state == "gathering"
    trip.happens(*_opened(trip, second))
    trip.move_to(date(2027, 6, 30))
    assert _stands(trip, second) == [Stand.SILENT] * 3
    _ends(trip, second)
    states = {(row.kind, row.state) for row in trip.store.journeys.of_case(trip.case_id) if not row.is_live}
    assert states >= {("visit", "done"), ("hearing", "answered"), ("hearing", "silent"), ("delivery", "sent")}
    assert set(trip.case.travelled.archived) == {VISIT, second}
    assert len(trip.channel.sent) == 4
    assert trip.store.journeys.dead() == ()
    reminded = [one.what for one in trip.case.travelled.noted if isinstance(one.what, ReminderGiven)]
    assert [one.kind for one in reminded] == ["visit", "visit", "hearing", "hearing", "hearing"]
    assert sorted(visit.number for visit in trip.case.visits.values()) == [1, 2, 3]


def _opened(trip: RoundTrip, visit: str) -> Iterator[Event]:
    deadline = trip.deadlines.hearing(_today(trip)).instant
    for who, capacity in PARTIES.items():
        yield HearingOpened(f"{visit}-{who}", visit, who, deadline, "rapport", "0" * 64, 1, capacity)


def _answer(trip: RoundTrip, visit: str, who: str) -> Iterator[Event]:
    now: datetime = trip.clock()
    hearing, answer = f"{visit}-{who}", f"svar-{visit}-{who}"
    yield RemarkMade(hearing, answer, f"bem-{visit}-{who}", "", "Opdigtet bemærkning")
    yield AnswerConfirmed(hearing, answer, now, "demo", "", now - timedelta(minutes=5))


def _ends(trip: RoundTrip, visit: str) -> None:
    """The caseworker closes the weighing, orders the final report and decides; the rest comes by itself."""
    assert trip.row("visit", visit).state == "weighing"
    trip.happens(RemarksWeighed(visit))
    with trip.store.cases.change(trip.case_id, "system", "test") as change:
        order_document(change, visit, FINAL, "system")
    trip.run_due()
    assert trip.row("visit", visit).state == "deciding"
    trip.happens(OutcomeDecided(visit, "no_change", "opdigtet"))
    trip.run_due()
    assert trip.row("visit", visit).state == "done"


def _stands(trip: RoundTrip, visit: str) -> list[Stand]:
    return [one.stand(trip.clock()) for one in trip.case.hearings.of_visit(visit)]


def _today(trip: RoundTrip) -> date:
    return trip.clock().astimezone(COPENHAGEN).date()
