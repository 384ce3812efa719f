"""The journeys for those who keep the system running: where everything stands, and stepping in with a reason."""

from datetime import date

from access_cast import CHILD_CPR, MOTHER_CPR
from offices import Office

from pipeline.cases.hearing.events import HearingOpened
from pipeline.cases.record.visit_events import VisitOpened
from pipeline.deadlines.deadline import Deadline
from pipeline.store.clock import new_id
from pipeline.store.journey_facts import Journey
from webforms.identity.roles import Role

_VISIT = "besoeg-1"


def _in_hearing(office: Office) -> Journey:
    """A case whose mother is heard; returns the row of her hearing."""
    heard = HearingOpened(new_id(), _VISIT, "mor", Deadline(date(2026, 12, 10)).instant, "r", "0" * 64, 1)
    office.happens(VisitOpened(_VISIT, 1, "ordinary", "2018", date(2026, 12, 30)), heard)
    rows = office.services.store.journeys.of_case(office.case_id)
    return next(row for row in rows if row.kind == "hearing")


def test_the_list_shows_numbers_and_states_and_nobody(office: Office) -> None:
    row = _in_hearing(office)
    page = office.at_desk(Role.OPERATOR).go("/drift/gang").text
    assert office.case.number in page
    assert "I høring" in page
    assert f"/drift/gang/{row.id}" in page
    people = [person.name for person in office.case.people.values()]
    assert [word for word in (*people, CHILD_CPR, MOTHER_CPR, office.case_id) if word in page] == []


def test_somebody_steps_in_with_a_reason_and_sees_what_came_of_it(office: Office) -> None:
    row = _in_hearing(office)
    desk, address = office.at_desk(Role.OPERATOR), f"/drift/gang/{row.id}"
    assert "Venter på svar" in desk.go(address).text
    done = desk.post(address, {"deed": ["extend"], "until": "23-12-2026", "reason": "ferie"})
    assert done.status_code == 303
    assert office.case.hearings.by_id[row.about].deadline == Deadline(date(2026, 12, 23)).instant
    assert desk.post(address, {"deed": ["cancel"], "reason": "forkert rapport"}).status_code == 303
    page = desk.go(address).text
    assert "Trukket tilbage" in page
    assert "Grib ind" not in page


def test_what_was_typed_stays_where_it_does_not_fit(office: Office) -> None:
    row = _in_hearing(office)
    desk, address = office.at_desk(Role.OPERATOR), f"/drift/gang/{row.id}"
    empty = desk.post(address, {"reason": "en grund"})
    assert empty.status_code == 422
    assert "en grund" in empty.text
    assert 'href="#deed"' in empty.text
    refused = desk.post(address, {"deed": ["retry"], "reason": "en grund"})
    assert refused.status_code == 422
    assert "Der er intet at prøve igen" in refused.text


def test_a_row_that_is_not_there_is_not_found(office: Office) -> None:
    assert office.at_desk(Role.OPERATOR).go("/drift/gang/ukendt").status_code == 404
