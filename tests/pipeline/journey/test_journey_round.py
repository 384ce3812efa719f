"""A whole round, with the time moved: who waits for what, and what happens by itself."""

import io
from datetime import date, timedelta

from fictional_case import FATHER, MOTHER, VISIT
from travelling import RoundTrip

from pipeline.cases.hearing.events import (
    FinalReportMade,
    HearingWithdrawn,
    MoreTimeGiven,
    RemarksWeighed,
)
from pipeline.cases.journey.events import DocumentToSend, OutcomeDecided, ReminderGiven, VisitArchived, VisitCalledOff
from pipeline.cases.record.events import CaseClosed
from pipeline.cases.record.journal_events import DocumentSent
from pipeline.cases.record.visit_events import VisitDayChanged, VisitOpened
from pipeline.store.files import NewDocument

FINAL = NewDocument("endelig_rapport", "Endelig tilsynsrapport", "rapport.pdf", "application/pdf", VISIT)


def test_a_round_goes_from_the_visits_day_to_the_next_visit(either_trip: RoundTrip) -> None:
    trip = either_trip
    assert trip.row().state == "material"
    trip.move_to(date(2026, 11, 10))
    assert trip.row().state == "reminded"
    assert [one.what for one in trip.case.travelled.noted] == [ReminderGiven("visit", VISIT)]
    trip.move_to(date(2026, 11, 18))
    assert trip.row().state == "preparing"
    trip.move_to(date(2026, 12, 2))
    trip.opens_hearings()
    assert trip.row().state == "hearing"
    trip.answers(MOTHER)
    assert trip.states()[f"hearing hoering-{MOTHER}"] == "answered"
    assert trip.row().state == "hearing"
    trip.move_to(date(2026, 12, 20))
    assert trip.states()[f"hearing hoering-{FATHER}"] == "silent"
    assert trip.case.hearings.by_id[f"hoering-{FATHER}"].silent_at is not None
    assert trip.row().state == "weighing"
    trip.happens(RemarksWeighed(VISIT))
    file = trip.store.files.keep(trip.case_id, io.BytesIO(b"%PDF opdigtet"), FINAL, "system")
    trip.happens(
        FinalReportMade(VISIT, file, "0" * 64),
        *(DocumentToSend(f"til-{who}", VISIT, file, who, "page") for who in (MOTHER, FATHER)),
    )
    assert trip.row().state == "sending"
    trip.run_due()
    assert trip.row().state == "deciding"
    assert len(trip.channel.sent) == 2
    assert {sent.to for _, sent in trip.case.documents[file].sent} == {MOTHER, FATHER}
    trip.happens(OutcomeDecided(VISIT, "no_change"))
    trip.run_due()
    assert trip.row().state == "done"
    assert list(trip.target.packages) == [f"{trip.case_id}-visit-{VISIT}"]
    newest = max(trip.case.visits.values(), key=lambda visit: visit.number)
    assert (newest.number, newest.before) == (2, VISIT)
    assert trip.states()[f"visit {newest.id}"] == "planned"


def test_everything_that_moved_stands_in_the_journal(trip: RoundTrip) -> None:
    trip.move_to(date(2026, 11, 18))
    moves = [(line.state, line.led_to, line.outcome) for line in trip.store.journeys.log_of(trip.row().id)]
    assert moves == [
        ("planned", "material", "day_moved"),
        ("material", "reminded", "ok"),
        ("reminded", "preparing", "ok"),
    ]


def test_one_second_before_the_deadline_counts_even_where_it_is_written_late(either_trip: RoundTrip) -> None:
    trip = either_trip
    deadline = trip.opens_hearings()
    trip.clock.at = deadline + timedelta(seconds=40)
    trip.answers(MOTHER, received=deadline - timedelta(seconds=1))
    trip.answers(FATHER, received=deadline)
    assert trip.states()[f"hearing hoering-{MOTHER}"] == "answered"
    assert trip.states()[f"hearing hoering-{FATHER}"] == "late"


def test_an_answer_that_came_in_time_counts_even_after_silence_was_recorded(trip: RoundTrip) -> None:
    deadline = trip.opens_hearings()
    trip.clock.at = deadline + timedelta(hours=1)
    trip.run_due()
    assert trip.states()[f"hearing hoering-{MOTHER}"] == "silent"
    trip.answers(MOTHER, received=deadline - timedelta(seconds=1))
    assert trip.states()[f"hearing hoering-{MOTHER}"] == "answered"
    trip.answers(FATHER, received=deadline + timedelta(minutes=30))
    assert trip.states()[f"hearing hoering-{FATHER}"] == "late"


def test_a_second_answer_moves_nothing(trip: RoundTrip) -> None:
    trip.opens_hearings()
    trip.answers(MOTHER)
    before = trip.row("hearing", f"hoering-{MOTHER}")
    trip.clock.move(timedelta(minutes=1))
    trip.answers(MOTHER)
    assert trip.row("hearing", f"hoering-{MOTHER}") == before


def test_more_time_moves_the_deadline_and_takes_silence_back(trip: RoundTrip) -> None:
    deadline = trip.opens_hearings(MOTHER)
    trip.clock.at = deadline + timedelta(hours=1)
    trip.run_due()
    assert trip.row().state == "weighing"
    later = deadline + timedelta(days=14)
    trip.happens(MoreTimeGiven(f"hoering-{MOTHER}", later))
    row = trip.row("hearing", f"hoering-{MOTHER}")
    assert (row.state, row.deadline_at, row.ended_at) == ("open", later, None)
    assert trip.row().state == "hearing"
    trip.answers(MOTHER, received=later - timedelta(seconds=1))
    assert trip.row().state == "weighing"


def test_who_has_not_answered_is_reminded_once(trip: RoundTrip) -> None:
    deadline = trip.opens_hearings()
    trip.answers(MOTHER)
    trip.move_to(deadline.date() - timedelta(days=1), hour=20)
    reminded = [
        one.what for one in trip.case.travelled.noted if one.what == ReminderGiven("hearing", f"hoering-{FATHER}")
    ]
    assert len(reminded) == 1
    assert trip.states()[f"hearing hoering-{FATHER}"] == "reminded"


def test_a_withdrawn_hearing_is_waited_for_no_longer(trip: RoundTrip) -> None:
    trip.opens_hearings()
    trip.answers(MOTHER)
    trip.happens(HearingWithdrawn(f"hoering-{FATHER}", "opdigtet"))
    assert trip.row().state == "weighing"


def test_a_moved_visit_has_other_deadlines(trip: RoundTrip) -> None:
    before = trip.row()
    trip.happens(VisitDayChanged(VISIT, date(2027, 1, 12), "sygdom"))
    after = trip.row()
    assert before.deadline_at is not None
    assert after.deadline_at == before.deadline_at + timedelta(days=42)
    trip.happens(VisitDayChanged(VISIT, None, "ny dag følger"))
    assert (trip.row().state, trip.row().wake_at) == ("planned", None)


def test_a_visit_that_is_called_off_takes_its_hearings_along(trip: RoundTrip) -> None:
    trip.opens_hearings()
    trip.happens(VisitCalledOff(VISIT, "cancelled", "opdigtet"))
    assert set(trip.states().values()) == {"replacing", "withdrawn"}


def test_a_closed_case_waits_for_nothing(trip: RoundTrip) -> None:
    trip.opens_hearings()
    trip.happens(CaseClosed("flyttet", "opdigtet"))
    assert all(not row.is_live for row in trip.store.journeys.of_case(trip.case_id))
    assert trip.run_due() == 0


def test_a_visit_planned_by_hand_meanwhile_is_not_planned_again(trip: RoundTrip) -> None:
    trip.opens_hearings(MOTHER)
    trip.answers(MOTHER)
    trip.happens(VisitOpened("besoeg-2", 2, "ordinary", "2018", before=VISIT))
    trip.happens(RemarksWeighed(VISIT), FinalReportMade(VISIT, "", ""), OutcomeDecided(VISIT, "adjustment"))
    trip.run_due()
    assert trip.row().state == "done"
    assert [visit.number for visit in trip.case.visits.values()] == [1, 2]


def test_what_was_sent_and_archived_is_told_in_the_case(trip: RoundTrip) -> None:
    file = trip.store.files.keep(trip.case_id, io.BytesIO(b"%PDF opdigtet"), FINAL, "system")
    trip.happens(DocumentToSend("d", VISIT, file, MOTHER, "page"))
    trip.run_due()
    told = [one.event for one in trip.store.cases.happened(trip.case_id) if isinstance(one.event, DocumentSent)]
    assert told == [DocumentSent(file, MOTHER, "page")]
    assert not any(isinstance(one.event, VisitArchived) for one in trip.store.cases.happened(trip.case_id))
