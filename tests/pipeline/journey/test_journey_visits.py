"""Visits that go another way: held and waiting for a report, called off, refused, not held, extra, from before."""

from datetime import date

import pytest
from fictional_case import MOTHER, VISIT
from travelling import VISIT_DAY, RoundTrip

from pipeline.cases.journey.events import OutcomeDecided, ReminderGiven, VisitCalledOff, VisitNotHeld
from pipeline.cases.record.events import CaseClosed
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.visit_events import GoalPlaced, VisitDayChanged, VisitOpened, Written
from pipeline.cases.record.voices import goal_slot
from pipeline.journey.begin_missing import begin_missing
from pipeline.journey.watchdog import standing_too_long
from pipeline.store.tables import journeys

EXTRA = VisitOpened("ekstra", 2, "extra", "2018", date(2027, 1, 12), before=VISIT)


def _newest(trip: RoundTrip) -> Visit:
    return max(trip.case.visits.values(), key=lambda visit: visit.number)


def test_a_held_visit_waits_for_its_report_and_not_for_ever_unseen(either_trip: RoundTrip) -> None:
    trip = either_trip
    trip.move_to(VISIT_DAY, hour=23)
    assert trip.row().state == "preparing"
    trip.move_to(date(2026, 12, 2), hour=1)
    assert trip.row().state == "gathering"
    assert standing_too_long(trip.store.journeys, trip.clock()) == ()
    trip.move_to(date(2027, 1, 3))
    assert [one.journey.state for one in standing_too_long(trip.store.journeys, trip.clock())] == ["gathering"]
    trip.opens_hearings()
    assert trip.row().state == "hearing"


def test_a_day_that_is_put_right_afterwards_leads_back_to_the_report(trip: RoundTrip) -> None:
    trip.move_to(date(2026, 12, 3))
    trip.happens(VisitDayChanged(VISIT, date(2026, 12, 2), "skrevet forkert"))
    trip.run_due()
    assert trip.row().state == "gathering"


def test_a_visit_that_waits_since_before_is_put_right_at_the_next_start(trip: RoundTrip) -> None:
    trip.move_to(date(2026, 11, 20))
    with trip.store.database.write() as connection:
        connection.execute(journeys.update().values(wake_at=None, deadline_at=None))
    assert trip.row().state == "preparing"
    assert begin_missing(trip.store, trip.follow) == 1
    trip.move_to(date(2026, 12, 2))
    assert trip.row().state == "gathering"
    assert begin_missing(trip.store, trip.follow) == 0


def test_where_the_municipality_calls_off_a_new_visit_gets_the_goals_of_the_last_held(
    trip: RoundTrip,
) -> None:
    trip.happens(
        GoalPlaced(VISIT, "m1", "motorik", "new", 0),
        Written(VISIT, goal_slot("m1", "next"), MOTHER, {"text": "Opdigtet mål"}),
        VisitOpened("besoeg-2", 2, "ordinary", "2018", date(2027, 5, 4), before=VISIT),
    )
    trip.happens(VisitCalledOff("besoeg-2", "cancelled", "opdigtet"))
    trip.run_due()
    assert trip.row("visit", "besoeg-2").state == "cancelled"
    newest = _newest(trip)
    assert (newest.number, newest.kind, newest.before) == (3, "ordinary", VISIT)
    assert [goal.id for goal in newest.plan] == ["m1"]
    assert trip.row("visit", newest.id).state == "planned"


def test_a_refused_visit_waits_for_a_person_to_decide(trip: RoundTrip) -> None:
    trip.happens(VisitCalledOff(VISIT, "refused", "opdigtet"))
    trip.run_due()
    assert (trip.row().state, trip.row().wake_at, len(trip.case.visits)) == ("refused", None, 1)
    trip.happens(OutcomeDecided(VISIT, "reassessment", "opdigtet", date(2027, 1, 15)))
    trip.run_due()
    assert (trip.row().state, _newest(trip).number) == ("done", 2)
    assert trip.target.packages == {}


def test_a_visit_that_came_to_nothing_keeps_what_was_handed_in_and_gets_another_day(trip: RoundTrip) -> None:
    trip.happens(
        Written(VISIT, "a.1", MOTHER, {"text": "opdigtet"}),
        VisitNotHeld(VISIT, VISIT_DAY, "sygdom"),
        VisitDayChanged(VISIT, None, "sygdom"),
    )
    assert trip.row().state == "planned"
    trip.happens(VisitDayChanged(VISIT, date(2027, 1, 12)))
    assert (trip.row().state, len(trip.case.visits[VISIT].answers)) == ("material", 1)
    assert [one.reason for one in trip.case.travelled.not_held] == ["sygdom"]


def test_before_an_extra_visit_no_material_is_asked_for_and_none_follows_it(trip: RoundTrip) -> None:
    trip.happens(EXTRA)
    assert trip.row("visit", "ekstra").state == "preparing"
    trip.move_to(date(2027, 1, 13))
    assert trip.row("visit", "ekstra").state == "gathering"
    assert ReminderGiven("visit", "ekstra") not in [one.what for one in trip.case.travelled.noted]
    trip.happens(OutcomeDecided("ekstra", "no_change", "opdigtet"))
    trip.run_due()
    assert (trip.row("visit", "ekstra").state, len(trip.case.visits)) == ("done", 2)
    assert list(trip.target.packages) == [f"{trip.case_id}-visit-ekstra"]


def test_an_extra_visit_meanwhile_does_not_end_the_row_of_ordinary_ones(trip: RoundTrip) -> None:
    trip.happens(EXTRA, VisitCalledOff(VISIT, "cancelled", "opdigtet"))
    trip.run_due()
    assert [(visit.number, visit.kind) for visit in trip.case.visits.values()] == [
        (1, "first"),
        (2, "extra"),
        (3, "ordinary"),
    ]


@pytest.mark.parametrize("why", ["cancelled", "refused"])
def test_a_closed_case_is_not_visited_again(trip: RoundTrip, why: str) -> None:
    trip.happens(VisitCalledOff(VISIT, why, "opdigtet"), CaseClosed("flyttet", "opdigtet"))
    trip.run_due()
    assert (trip.row().state, len(trip.case.visits)) == ("cancelled", 1)
