"""Documents that the engine makes: once, whatever fails, and nothing waits for LibreOffice that need not."""

from datetime import timedelta
from pathlib import Path

import pytest
from fictional_case import FATHER, MOTHER, VISIT
from travelling import Makers, RoundTrip

from pipeline.cases.hearing.answer_document import document_of
from pipeline.cases.hearing.events import RemarksWeighed
from pipeline.cases.journey.events import DocumentOrdered
from pipeline.documents.hearing_documents import FINAL
from pipeline.errors import AnswersError, StepFailed
from pipeline.journey.begin_missing import begin_missing
from pipeline.journey.ordering import order_document
from pipeline.journey.step_in import Deed, Order, StepIn
from pipeline.store.opening import Places
from pipeline.store.tables import journeys


@pytest.fixture
def makers() -> Makers:
    return Makers()


@pytest.fixture
def trip(home: Path, makers: Makers) -> RoundTrip:
    return RoundTrip(Places.in_home(home), more_steps={"make_document": makers.step})


def _answered(trip: RoundTrip) -> str:
    trip.opens_hearings()
    trip.answers(MOTHER)
    return f"svar-{MOTHER}"


def test_an_answer_becomes_a_document_at_once(trip: RoundTrip) -> None:
    answer = _answered(trip)
    trip.engine.run_now(trip.case_id, "document", answer)
    kept = document_of(trip.case, answer)
    assert kept
    assert b"".join(trip.store.files.read(trip.case_id, kept.file)) == b"%PDF opdigtet"
    assert trip.row("document", answer).state == "made"
    trip.engine.run_now(trip.case_id, "document", answer)
    assert len(trip.case.documents) == 1


def test_what_could_not_be_made_is_made_later_and_the_answer_counts_all_the_while(
    trip: RoundTrip, makers: Makers
) -> None:
    makers.faults = [StepFailed("opdigtet"), OSError()]
    answer = _answered(trip)
    trip.engine.run_now(trip.case_id, "document", answer)
    assert trip.states()[f"hearing hoering-{MOTHER}"] == "answered"
    assert document_of(trip.case, answer) is None
    assert trip.row("document", answer).last_error == "OSError"
    trip.move_to(trip.clock().date() + timedelta(days=1))
    assert document_of(trip.case, answer)
    assert list(trip.store.files.check()) == []


def test_a_visit_goes_on_while_a_document_waits(trip: RoundTrip, makers: Makers) -> None:
    makers.faults = [StepFailed("opdigtet", permanent=True)]
    _answered(trip)
    trip.answers(FATHER)
    trip.run_due()
    assert trip.row().state == "weighing"
    (dead,) = trip.store.journeys.dead()
    StepIn(trip.store).do(dead.id, Order(Deed.RETRY, "nu kører LibreOffice"), "drift")
    trip.run_due()
    assert trip.row("document", dead.about).state == "made"


def test_the_final_report_is_kept_told_of_and_sent_in_one_go(trip: RoundTrip) -> None:
    _answered(trip)
    trip.answers(FATHER)
    trip.happens(RemarksWeighed(VISIT))
    with trip.store.cases.change(trip.case_id, "system", "test") as change:
        order = order_document(change, VISIT, FINAL, "system")
        assert order_document(change, VISIT, FINAL, "system") == order
    trip.engine.run_now(trip.case_id, "document", order)
    assert trip.case.hearings.final[VISIT].file in trip.case.documents
    assert trip.row().state == "sending"
    trip.run_due()
    assert (trip.row().state, len(trip.channel.sent)) == ("deciding", 2)


def test_what_lacks_something_waits_for_a_person(trip: RoundTrip, makers: Makers) -> None:
    makers.faults = [AnswersError("opdigtet")]
    answer = _answered(trip)
    trip.run_due()
    assert trip.row("document", answer).dead_at


def test_a_kind_that_nobody_makes_is_shown_to_the_operator(trip: RoundTrip) -> None:
    trip.happens(DocumentOrdered("ordre", "ukendt", VISIT))
    trip.run_due()
    assert [row.about for row in trip.store.journeys.dead()] == ["ordre"]


def test_an_answer_from_an_older_release_gets_its_document(trip: RoundTrip) -> None:
    answer = _answered(trip)
    with trip.store.database.write() as connection:
        connection.execute(journeys.delete().where(journeys.c.kind == "document"))
    assert begin_missing(trip.store, trip.follow) == 1
    trip.run_due()
    assert document_of(trip.case, answer)
    assert begin_missing(trip.store, trip.follow) == 0
