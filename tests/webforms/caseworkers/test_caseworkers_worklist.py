"""The worklist: which cases, in which order, found how; and where somebody from outside is led."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from access_cast import CHILD_CPR, OWN_TEAM
from offices import Office, fresh_case, open_office

from pipeline.cases.record.events import CaseClosed, StandingChanged
from pipeline.cases.record.journal_events import Agreed
from pipeline.cases.record.visit_events import VisitOpened
from webforms.identity.roles import Role

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def shared_office() -> Iterator[Office]:
    """A municipality of its own: other tests' cases would fill the first page."""
    with open_office() as office:
        yield office


def _agreement(office: Office, days: int) -> None:
    office.happens(Agreed(f"a{days}", "", f"Noget om {days} dage", "mor", TODAY + timedelta(days=days)))


def test_the_next_deadline_comes_first_and_a_missed_one_is_marked(office: Office) -> None:
    late, soon = fresh_case(office), fresh_case(office)
    _agreement(late, -3)
    _agreement(soon, 5)
    page = office.at_desk(Role.CASEWORKER).go("/sager?vis=team").text
    assert page.index(late.case.number) < page.index(soon.case.number)
    assert "<strong>Overskredet 19. november 2026</strong>" in page
    assert "Aftale: Noget om 5 dage" in page
    late.happens(CaseClosed("ophoer", "slut"))
    soon.happens(CaseClosed("ophoer", "slut"))


def test_a_case_of_another_team_is_not_on_the_list(office: Office) -> None:
    page = office.at_desk(Role.CASEWORKER).go("/sager?vis=alle").text
    assert office.case.number in page
    assert "DEMO-foreign" not in page


def test_whoever_has_a_place_sees_the_case_whatever_the_team_until_it_ends(office: Office) -> None:
    desk = office.at_desk(Role.VISITING_PROFESSIONAL)
    assert office.case.number in desk.go("/sager").text
    standing = next(s for s in office.case.standings.values() if s.id == "s-visiting_professional")
    office.happens(StandingChanged(replace(standing, until=TODAY - timedelta(days=1))))
    assert office.case.number not in desk.go("/sager?vis=alle").text


def test_closed_cases_have_a_list_of_their_own(office: Office) -> None:
    office.happens(CaseClosed("ophoer", "slut"))
    desk = office.at_desk(Role.CASEWORKER)
    assert office.case.number not in desk.go("/sager?vis=team").text
    assert office.case.number in desk.go("/sager?vis=afsluttede").text


def test_a_case_is_found_by_number_name_and_cpr_and_the_address_tells_nothing(office: Office) -> None:
    desk = office.at_desk(Role.CASEWORKER)
    for sought in (office.case.number, "barn opdigtsen", f"{CHILD_CPR[:6]}-{CHILD_CPR[6:]}"):
        answer = desk.post("/sager/soeg", {"sog": sought}, shown_at="/sager")
        assert answer.status_code == 200
        assert office.case.number in answer.text, sought
        assert answer.request.path == "/sager/soeg"
        assert answer.request.query_string == b""


def test_a_search_finds_nothing_of_other_teams(office: Office) -> None:
    desk = office.at_desk(Role.CASEWORKER)
    for sought in ("DEMO-foreign-open", "fremmed-mor", "0102866004"):
        answer = desk.post("/sager/soeg", {"sog": sought}, shown_at="/sager")
        assert "Vi fandt ingen sag" in answer.text, sought


def test_a_search_that_finds_too_much_says_so(office: Office) -> None:
    many = [fresh_case(office) for _ in range(26)]
    answer = office.at_desk(Role.CASEWORKER).post("/sager/soeg", {"sog": "DEMO"}, shown_at="/sager")
    assert "Skriv lidt mere" in answer.text
    for one in many:
        one.happens(CaseClosed("ophoer", "slut"))


def test_a_search_is_noted_in_the_audit_log(office: Office) -> None:
    before = office.services.store.audit.head().seq
    office.at_desk(Role.CASEWORKER).post("/sager/soeg", {"sog": "x"}, shown_at="/sager")
    assert "cases.search" in [entry.action for entry in office.services.store.audit.entries(before)]


def test_who_has_more_than_fits_on_a_page_turns_it(office: Office) -> None:
    many = [fresh_case(office) for _ in range(26)]
    desk = office.at_desk(Role.CASEWORKER)
    first, second = desk.go("/sager?vis=team").text, desk.go("/sager?vis=team&side=2").text
    assert "Side 1 af 2" in first
    assert all((one.case.number in first) != (one.case.number in second) for one in many)
    assert "Side 2 af 2" in desk.go("/sager?vis=team&side=99999").text
    for one in many:
        one.happens(CaseClosed("ophoer", "slut"))


def test_a_parent_with_one_case_is_led_to_it(office: Office) -> None:
    answer = office.at_desk(Role.PARENT).go("/sager")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/sager/{office.case_id}"


def test_a_parent_with_several_cases_chooses(office: Office) -> None:
    other = fresh_case(office)
    page = office.at_desk(Role.PARENT, other.case_id).go("/sager").text
    assert f'href="/sager/{office.case_id}"' in page
    assert f'href="/sager/{other.case_id}"' in page


def test_a_parent_whose_access_is_paused_is_told_why_and_sees_no_child(office: Office) -> None:
    standing = office.case.standings["s-mor"]
    office.happens(StandingChanged(replace(standing, until=date(2030, 1, 1))))
    page = office.at_desk(Role.PARENT).go("/sager").text
    assert "Der er sket en ændring" in page
    assert "Barn Opdigtsen" not in page
    assert OWN_TEAM not in page


def test_a_visit_with_its_material_and_report_is_told_in_turn(office: Office) -> None:
    desk = office.at_desk(Role.CASEWORKER)
    office.happens(VisitOpened("b1", 1, "ordinary", "2018", TODAY + timedelta(days=20)))
    assert "Familiens del til besøg 1" in desk.look().text
    office.happens(VisitOpened("b2", 2, "ordinary", "2018", TODAY - timedelta(days=2)))
    page = desk.look().text
    assert "Rapporten efter besøg 2" in page
    assert "Besøget var 20. november 2026" in page
    assert "Overskredet" not in page
