"""A letter that could not be sent: the case's front says so, and it goes another way, or the case goes on without."""

import io

import pytest
from offices import Office

from pipeline.cases.journey.events import DocumentToSend
from pipeline.cases.record.visit_events import VisitOpened
from pipeline.store.files import NewDocument
from pipeline.store.journey_facts import Journey
from webforms.identity.roles import Role

VISIT = "besoeg-1"


@pytest.fixture
def unsent(office: Office) -> Office:
    """A letter was to go by pigeon, which this installation does not have."""
    document = NewDocument("brev", "Opdigtet brev", "b.pdf", "application/pdf", VISIT)
    office.happens(VisitOpened(VISIT, 1, "ordinary", "2018"))
    file = office.services.store.files.keep(office.case_id, io.BytesIO(b"%PDF opdigtet"), document, "system")
    office.happens(DocumentToSend("brev-1", VISIT, file, "mor", "pigeon"))
    office.services.engine.run_now(office.case_id, "delivery", "brev-1")
    return office


def _deliveries(office: Office) -> list[Journey]:
    return [row for row in office.services.store.journeys.of_case(office.case_id) if row.kind == "delivery"]


def _address(office: Office) -> str:
    return f"/sager/{office.case_id}/breve/brev-1"


def test_it_is_sent_another_way_with_a_reason(unsent: Office) -> None:
    desk = unsent.at_desk(Role.CASEWORKER)
    front = desk.go(f"/sager/{unsent.case_id}").text
    assert _address(unsent) in front
    assert "Opgivet" in front
    assert desk.post(_address(unsent), {"way": ["letter"]}).status_code == 422
    assert desk.post(_address(unsent), {"way": ["letter"], "reason": "opdigtet"}).status_code == 303
    states = {row.about: row.state for row in _deliveries(unsent)}
    assert states.pop("brev-1") == "withdrawn"
    assert list(states.values()) == ["queued"]
    assert unsent.case.travelled.withdrawn["brev-1"].reason == "opdigtet"
    assert _address(unsent) not in desk.go(f"/sager/{unsent.case_id}").text
    assert desk.go(_address(unsent)).status_code == 404


def test_the_case_goes_on_without_it(unsent: Office) -> None:
    desk = unsent.at_desk(Role.CASEWORKER)
    assert desk.post(_address(unsent), {"way": ["not_at_all"], "reason": "opdigtet"}).status_code == 303
    assert [(row.state, row.is_live) for row in _deliveries(unsent)] == [("withdrawn", False)]
    assert "Opgav at sende: Opdigtet brev" in desk.go(f"/sager/{unsent.case_id}").text


def test_what_was_sent_cannot_be_taken_back(unsent: Office) -> None:
    assert unsent.at_desk(Role.CASEWORKER).go(f"/sager/{unsent.case_id}/breve/ukendt").status_code == 404
