"""People are to sign: a reminder, and an end by itself when the last day has passed."""

from datetime import date, timedelta

import pytest
from fictional_case import FATHER, MOTHER, VISIT
from travelling import RoundTrip

from pipeline.cases.journey.events import ReminderGiven, SteppedIn
from pipeline.cases.record.events import CaseClosed
from pipeline.cases.signing.events import (
    SignedBySignIn,
    Signer,
    SigningDeclined,
    SigningExpired,
    SigningOpened,
    SigningWithdrawn,
)
from pipeline.cases.signing.state import Stand
from pipeline.journey.step_in import Deed, NotPossible, Order, StepIn

SIGNING = "u1"


def _asks(trip: RoundTrip, *, optional: bool = False) -> None:
    deadline = trip.deadlines.hearing(date(2026, 10, 1)).instant
    signers = (Signer(MOTHER, "Underskrift-1"), Signer(FATHER, "Underskrift-2", optional))
    trip.happens(SigningOpened(SIGNING, VISIT, "fil", "0" * 64, 1, deadline, signers, ()))


def _signs(trip: RoundTrip, person: str) -> None:
    now = trip.clock()
    signed = SignedBySignIn(SIGNING, person, "0" * 64, now, "demo", "", now, f"fil-{person}", "1" * 64)
    trip.happens(signed, by=person)


def _state(trip: RoundTrip) -> str:
    return trip.states()[f"signing {SIGNING}"]


def test_who_has_not_signed_is_reminded_and_in_the_end_it_expires(trip: RoundTrip) -> None:
    _asks(trip)
    _signs(trip, MOTHER)
    trip.move_to(date(2026, 10, 13))
    assert _state(trip) == "reminded"
    assert [one.what for one in trip.case.travelled.noted] == [ReminderGiven("signing", SIGNING)]
    trip.move_to(date(2026, 10, 16))
    assert (_state(trip), trip.case.signings[SIGNING].stand(trip.clock())) == ("expired", Stand.EXPIRED)
    assert isinstance(trip.store.cases.happened(trip.case_id)[-1].event, SigningExpired)


def test_when_all_have_signed_nothing_is_waited_for(trip: RoundTrip) -> None:
    _asks(trip)
    _signs(trip, FATHER)
    assert _state(trip) == "open"
    _signs(trip, MOTHER)
    assert _state(trip) == "signed"
    trip.move_to(date(2026, 10, 20))
    assert trip.case.travelled.noted == ()


def test_whoever_need_not_sign_is_not_waited_for_after_the_last_day(trip: RoundTrip) -> None:
    _asks(trip, optional=True)
    _signs(trip, MOTHER)
    assert _state(trip) == "open"
    trip.move_to(date(2026, 10, 16))
    assert (_state(trip), trip.case.signings[SIGNING].stand(trip.clock())) == ("signed", Stand.SIGNED)


def test_a_no_taking_it_back_and_the_end_of_the_case_end_it_at_once(trip: RoundTrip) -> None:
    for number, (event, state) in enumerate(
        [
            (SigningDeclined("u2", MOTHER, "Nej"), "declined"),
            (SigningWithdrawn("u3", "Fejl"), "withdrawn"),
            (CaseClosed("ophoer", "opdigtet"), "withdrawn"),
        ],
        start=2,
    ):
        deadline = trip.clock() + timedelta(days=14)
        signer = Signer(MOTHER, "Underskrift-1")
        trip.happens(SigningOpened(f"u{number}", VISIT, "fil", "0" * 64, 1, deadline, (signer,), ()))
        trip.happens(event)
        assert trip.states()[f"signing u{number}"] == state


def test_an_operator_may_end_it_but_not_move_a_day_that_stands_in_a_sealed_document(trip: RoundTrip) -> None:
    _asks(trip)
    row = trip.row("signing", SIGNING)
    with pytest.raises(NotPossible, match="står i det forseglede dokument"):
        StepIn(trip.store).do(row.id, Order(Deed.EXTEND, "ferie", date(2026, 12, 1)), "drift")
    assert _state(trip) == "open"
    StepIn(trip.store).do(row.id, Order(Deed.CANCEL, "opdigtet"), "drift")
    assert (_state(trip), trip.case.signings[SIGNING].withdrawn) == ("withdrawn", "opdigtet")
    assert isinstance(trip.case.travelled.noted[-1].what, SteppedIn)
