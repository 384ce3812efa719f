"""A visit is called off with a reason: it is said so, and nothing of it is waited for any more."""

from datetime import date

from offices import Office

from pipeline.cases.record.events import VisitOpened
from webforms.identity.roles import Role

VISIT = "besoeg-1"


def test_a_visit_is_called_off_with_a_reason(office: Office) -> None:
    office.happens(VisitOpened(VISIT, 1, "ordinary", "2018", date(2026, 12, 30)))
    desk, address = office.at_desk(Role.CASEWORKER), f"/sager/{office.case_id}/besoeg/{VISIT}/aflys"
    assert address in desk.go(f"/sager/{office.case_id}/besoeg").text
    empty = desk.post(address, {"why": ["refused"]})
    assert empty.status_code == 422
    assert "Skriv, hvorfor besøget er aflyst" in empty.text
    assert desk.post(address, {"why": ["refused"], "reason": "opdigtet"}).status_code == 303
    assert office.case.travelled.called_off[VISIT].why == "refused"
    (row,) = office.services.store.journeys.of_case(office.case_id)
    assert (row.state, row.is_live) == ("cancelled", False)
    page = desk.go(f"/sager/{office.case_id}/besoeg").text
    assert "Aflyst" in page
    assert address not in page
