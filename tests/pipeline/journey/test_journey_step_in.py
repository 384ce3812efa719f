"""Stepping in by hand, and what stands longer than it should."""

from datetime import date, timedelta

import pytest
from fictional_case import FATHER, MOTHER, VISIT
from travelling import RoundTrip

from pipeline.cases.journey.events import DocumentToSend, SteppedIn
from pipeline.cases.record.journal_events import DocumentKept
from pipeline.deadlines.deadline import Deadline
from pipeline.journey.step_in import Deed, NotPossible, Order, StepIn
from pipeline.journey.watchdog import Why, standing_too_long

BY = "drift"


def _dead_delivery(trip: RoundTrip) -> str:
    """A letter whose way the installation does not have."""
    trip.happens(DocumentToSend("brev-1", VISIT, "intet", MOTHER, "brevdue"))
    trip.run_due()
    return trip.row("delivery", "brev-1").id


def test_what_was_given_up_is_tried_again_when_somebody_says_so(trip: RoundTrip) -> None:
    journey_id = _dead_delivery(trip)
    assert trip.row("delivery", "brev-1").dead_at
    StepIn(trip.store).do(journey_id, Order(Deed.RETRY, "ny vej"), BY)
    row = trip.row("delivery", "brev-1")
    assert (row.dead_at, row.wake_at, row.tries) == (None, trip.clock.at, 0)
    assert trip.case.travelled.noted[-1].what == SteppedIn("delivery", "brev-1", "queued", "retry", "ny vej")
    assert trip.case.travelled.noted[-1].by == BY


def test_a_step_is_skipped_with_a_reason(trip: RoundTrip) -> None:
    journey_id = _dead_delivery(trip)
    StepIn(trip.store).do(journey_id, Order(Deed.SKIP, "afleveret i hånden"), BY)
    assert trip.row("delivery", "brev-1").state == "sent"


def test_what_is_cancelled_has_ended_and_the_case_knows(trip: RoundTrip) -> None:
    trip.opens_hearings()
    StepIn(trip.store).do(trip.row("hearing", f"hoering-{MOTHER}").id, Order(Deed.CANCEL, "forkert rapport"), BY)
    assert trip.case.hearings.by_id[f"hoering-{MOTHER}"].withdrawn == "forkert rapport"
    StepIn(trip.store).do(trip.row().id, Order(Deed.CANCEL, "flyttet"), BY)
    assert set(trip.states().values()) == {"cancelled", "withdrawn"}
    assert trip.case.travelled.called_off[VISIT].reason == "flyttet"


def test_a_deadline_is_extended_to_the_end_of_a_later_day(trip: RoundTrip) -> None:
    trip.opens_hearings(FATHER)
    row = trip.row("hearing", f"hoering-{FATHER}")
    StepIn(trip.store).do(row.id, Order(Deed.EXTEND, "ferie", date(2026, 12, 23)), BY)
    assert trip.row("hearing", row.about).deadline_at == Deadline(date(2026, 12, 23)).instant
    assert trip.case.hearings.by_id[row.about].deadline == Deadline(date(2026, 12, 23)).instant


@pytest.mark.parametrize(
    "order", [Order(Deed.RETRY, "x"), Order(Deed.EXTEND, "x"), Order(Deed.EXTEND, "x", date(2026, 1, 1))]
)
def test_what_does_not_fit_is_refused_and_changes_nothing(trip: RoundTrip, order: Order) -> None:
    before = trip.row()
    with pytest.raises(NotPossible):
        StepIn(trip.store).do(before.id, order, BY)
    assert trip.row() == before
    assert trip.case.travelled.noted == ()


def test_what_waits_for_a_person_or_has_ended_is_not_skipped(trip: RoundTrip) -> None:
    trip.opens_hearings(MOTHER)
    trip.answers(MOTHER)
    for row in (trip.row(), trip.row("hearing", f"hoering-{MOTHER}")):
        with pytest.raises(NotPossible):
            StepIn(trip.store).do(row.id, Order(Deed.SKIP, "x"), BY)
    with pytest.raises(NotPossible, match="findes ikke mere"):
        StepIn(trip.store).do("ukendt", Order(Deed.SKIP, "x"), BY)


def test_the_watchdog_names_what_stands_and_why(trip: RoundTrip) -> None:
    assert standing_too_long(trip.store.journeys, trip.clock()) == ()
    _dead_delivery(trip)
    trip.happens(DocumentToSend("brev-2", VISIT, "intet", MOTHER, "page"))
    trip.clock.move(timedelta(minutes=16))
    found = {one.journey.about: one.why for one in standing_too_long(trip.store.journeys, trip.clock())}
    assert found == {"brev-1": Why.DEAD, "brev-2": Why.NOT_RUN}


def test_the_watchdog_names_what_waits_too_long_for_a_person(trip: RoundTrip) -> None:
    trip.opens_hearings(MOTHER)
    trip.answers(MOTHER)
    kept = DocumentKept(
        "f", "hoeringssvar", "Svar", "s.pdf", "application/pdf", 1, "0" * 64, VISIT, f"svar/svar-{MOTHER}"
    )
    trip.happens(kept)
    trip.run_due()
    trip.clock.move(timedelta(days=13))
    assert standing_too_long(trip.store.journeys, trip.clock()) == ()
    trip.clock.move(timedelta(days=2))
    assert [(one.journey.state, one.why) for one in standing_too_long(trip.store.journeys, trip.clock())] == [
        ("weighing", Why.TOO_LONG)
    ]
