"""A visit that is not held goes on with another day, is called off or refused; what follows is decided by somebody."""

from datetime import date

from offices import Office

from pipeline.cases.record.events import ApprovalDecided
from pipeline.cases.record.visit_events import VisitOpened
from webforms.identity.roles import Role

VISIT = "besoeg-1"
DAY = date(2026, 12, 30)


def _row_state(office: Office, visit: str = VISIT) -> str:
    rows = office.services.store.journeys.of_case(office.case_id)
    return next(row.state for row in rows if (row.kind, row.about) == ("visit", visit))


def test_a_visit_is_called_off_with_a_reason(office: Office) -> None:
    office.happens(VisitOpened(VISIT, 1, "ordinary", "2018", DAY))
    desk, address = office.at_desk(Role.CASEWORKER), f"/sager/{office.case_id}/besoeg/{VISIT}/aflys"
    assert address in desk.go(f"/sager/{office.case_id}/besoeg").text
    empty = desk.post(address, {"why": ["cancelled"]})
    assert empty.status_code == 422
    assert "Skriv, hvorfor besøget ikke blev holdt" in empty.text
    assert desk.post(address, {"why": ["cancelled"], "reason": "opdigtet"}).status_code == 303
    assert office.case.travelled.called_off[VISIT].why == "cancelled"
    assert _row_state(office) == "cancelled"
    page = desk.go(f"/sager/{office.case_id}/besoeg").text  # with the visit that follows, at once
    assert "Aflyst" in page
    [following] = [one for one in office.case.visits.values() if one.id != VISIT]
    assert f"/sager/{office.case_id}/besoeg/{following.id}" in page
    assert address not in page


def test_a_visit_that_was_not_held_gets_another_day_and_says_so(office: Office) -> None:
    office.happens(VisitOpened(VISIT, 1, "ordinary", "2018", DAY))
    desk, address = office.at_desk(Role.CASEWORKER), f"/sager/{office.case_id}/besoeg/{VISIT}/aflys"
    assert desk.post(address, {"why": ["not_held"], "reason": "opdigtet sygdom"}).status_code == 303
    assert (office.case.visits[VISIT].day, _row_state(office)) == (None, "planned")
    page = desk.go(f"/sager/{office.case_id}/besoeg").text
    assert "Blev ikke holdt 30. december 2026: opdigtet sygdom" in page
    assert "Det blev ikke holdt den dag" not in desk.go(address).text


def test_after_a_refusal_somebody_writes_what_follows_and_the_new_assessment_has_a_day(office: Office) -> None:
    office.happens(VisitOpened(VISIT, 1, "ordinary", "2018", DAY))
    desk, visit = office.at_desk(Role.CASEWORKER), f"/sager/{office.case_id}/besoeg/{VISIT}"
    assert desk.go(f"{visit}/foelger").status_code == 404
    desk.post(f"{visit}/aflys", {"why": ["refused"], "reason": "opdigtet"})
    front = f"/sager/{office.case_id}"
    assert "Familien sagde nej til besøg 1" in desk.go(front).text
    no_day = desk.post(f"{visit}/foelger", {"outcome": ["reassessment"], "reason": "opdigtet"})
    assert no_day.status_code == 422
    assert "Skriv, hvornår den nye vurdering skal være færdig" in no_day.text
    passed = desk.post(f"{visit}/foelger", {"outcome": ["reassessment"], "due": "1.11.2026", "reason": "opdigtet"})
    assert "Dagen er gået" in passed.text
    due = {"outcome": ["reassessment"], "due": "15.1.2027", "reason": "opdigtet"}
    assert desk.post(f"{visit}/foelger", due).status_code == 303
    page = desk.go(front).text
    assert "Vurdér sagen igen efter besøg 1" in page
    assert "15. januar 2027" in page
    done = {"result": ["goes_on"], "reason": "opdigtet"}
    assert desk.post(f"{visit}/fornyet-vurdering", done).status_code == 303
    assert "Vurdér sagen igen" not in desk.go(front).text
    assert desk.go(f"{visit}/fornyet-vurdering").status_code == 404


def test_an_extra_visit_ends_without_a_report_and_the_ordinary_one_is_at_hand_again(office: Office) -> None:
    office.happens(
        VisitOpened(VISIT, 1, "ordinary", "2018", DAY), VisitOpened("ekstra", 2, "extra", "2018", date(2026, 11, 20))
    )
    desk, front = office.at_desk(Role.CASEWORKER), f"/sager/{office.case_id}"
    assert "Skriv, hvad der følger af ekstra besøg 2" in desk.go(front).text
    extra = f"{front}/besoeg/ekstra/foelger"
    assert desk.post(extra, {"outcome": ["no_change"], "reason": "opdigtet"}).status_code == 303
    assert _row_state(office, "ekstra") == "archiving"
    page = desk.go(front).text
    assert "ekstra besøg 2" not in page
    assert "Familiens del til besøg 1" in page


def test_the_visits_of_the_year_are_told_by_calendar_and_from_the_approval(office: Office) -> None:
    office.happens(
        ApprovalDecided(date(2026, 6, 1), "full_time", ("opdigtet",), ("opdigtet",), "to besøg", False),
        VisitOpened(VISIT, 1, "ordinary", "2018", date(2026, 3, 3)),
    )
    page = " ".join(office.at_desk(Role.CASEWORKER).go(f"/sager/{office.case_id}/besoeg").text.split())
    assert "I 2026" in page
    assert "1. juni 2026 til 31. maj 2027" in page
    assert ["1 af 2 holdt" in page, "0 af 2 holdt" in page] == [True, True]
