"""Operation, employees and archive: what each shows, and what never stands there."""

import pytest
from access_cast import CHILD_CPR, MOTHER_CPR
from offices import Office, hidden, with_protected_father

from pipeline.cases.record.events import CaseClosed
from pipeline.store.clock import new_id
from pipeline.store.refusals import CaseNotFound
from webforms.identity.roles import Role


def test_operation_shows_numbers_and_states_and_nobody(office: Office) -> None:
    with_protected_father(office)
    page = office.at_desk(Role.OPERATOR).go("/drift").text
    assert office.case.number in page
    assert "ankeret passer" in page
    people = [person.name for person in office.case.people.values()]
    assert [word for word in (*people, CHILD_CPR, MOTHER_CPR, office.case_id) if word in page] == []


def test_operation_counts_refused_attempts(office: Office) -> None:
    office.at_desk(Role.OPERATOR).look()
    assert "Afviste forsøg det sidste døgn" in office.at_desk(Role.OPERATOR).go("/drift").text


def _new_employee(**typed: object) -> dict[str, object]:
    return {
        "name": "Ny Opdigtet",
        "login": f"ny-{new_id()}",
        "roles": ["caseworker"],
        "teams": "nord\n\n syd ",
        "phone": "20 00 00 44",
        **typed,
    }


def test_an_employee_is_added_with_roles_and_teams(office: Office) -> None:
    desk, typed = office.at_desk(Role.ADMINISTRATOR), _new_employee()
    assert desk.post("/medarbejdere/ny", typed).status_code == 303
    known = next(k for k in office.services.store.employees.all() if k.employee.subject[1] == typed["login"])
    assert (known.employee.teams, known.employee.roles) == (("nord", "syd"), ("caseworker",))
    assert "Ny Opdigtet" in desk.go("/medarbejdere").text


def test_what_was_typed_stays_where_something_is_wrong(office: Office) -> None:
    answer = office.at_desk(Role.ADMINISTRATOR).post("/medarbejdere/ny", _new_employee(name="", roles=[]))
    assert answer.status_code == 422
    assert "20 00 00 44" in answer.text
    assert 'href="#name"' in answer.text
    assert 'href="#roles"' in answer.text


def test_one_login_is_one_employee(office: Office) -> None:
    desk, typed = office.at_desk(Role.ADMINISTRATOR), _new_employee()
    desk.post("/medarbejdere/ny", typed)
    again = desk.post("/medarbejdere/ny", typed)
    assert again.status_code == 422
    assert "Der er allerede en medarbejder med det login" in again.text


def test_who_has_left_is_shut_out_at_once(office: Office) -> None:
    desk, typed = office.at_desk(Role.ADMINISTRATOR), _new_employee()
    desk.post("/medarbejdere/ny", typed)
    store = office.services.store
    known = next(k for k in store.employees.all() if k.employee.subject[1] == typed["login"])
    secret = office.services.identity.sessions.begin(f"employee:{known.id}", b"x")
    assert desk.post(f"/medarbejdere/{known.id}/ret", typed).status_code == 303
    after = store.employees.with_id(known.id)
    assert after is not None
    assert not after.employee.active
    assert office.services.identity.sessions.find(secret) is None
    assert "Stoppet" in desk.go("/medarbejdere").text


def test_an_administrator_does_not_shut_themselves_out(office: Office) -> None:
    desk, me = office.at_desk(Role.ADMINISTRATOR), office.cast.employees[Role.ADMINISTRATOR]
    answer = desk.post(f"/medarbejdere/{me}/ret", _new_employee())
    assert answer.status_code == 422
    assert answer.text.count("Du kan ikke lukke dig selv ude") == 4


def test_two_who_change_one_employee_see_each_other(office: Office) -> None:
    desk, typed = office.at_desk(Role.ADMINISTRATOR), _new_employee()
    desk.post("/medarbejdere/ny", typed)
    known = next(k for k in office.services.store.employees.all() if k.employee.subject[1] == typed["login"])
    address = f"/medarbejdere/{known.id}/ret"
    shown = hidden(desk.go(address))
    assert desk.post(address, {**typed, "active": "1", "title": "leder"}).status_code == 303
    late = desk.send_to(address, {**shown, **typed, "active": "1", "title": "psykolog"})
    assert late.status_code == 409
    assert "En anden har rettet medarbejderen imens" in late.text
    assert "psykolog" in late.text


def test_the_archive_shows_closed_cases_by_number_and_nobody(office: Office) -> None:
    office.happens(CaseClosed("ophoer", "En hemmelig grund"))
    page = office.at_desk(Role.ARCHIVIST).go("/arkiv").text
    assert office.case.number in page
    assert "Hjemmetræningen ophører" in page
    assert [word for word in ("Opdigtsen", CHILD_CPR, "En hemmelig grund") if word in page] == []


def test_a_closed_case_is_erased_only_with_its_number(office: Office) -> None:
    number = office.case.number
    desk = office.at_desk(Role.ARCHIVIST)
    address = f"/arkiv/{office.case_id}/slet"
    assert desk.go(address).status_code == 403
    office.happens(CaseClosed("ophoer", "slut"))
    wrong = desk.post(address, {"number": "DEMO-forkert"})
    assert wrong.status_code == 422
    assert "DEMO-forkert" in wrong.text
    assert office.case.number == number
    assert desk.post(address, {"number": number}).status_code == 303
    with pytest.raises(CaseNotFound):
        office.services.store.cases.case(office.case_id)
    assert number not in desk.go("/arkiv").text
    erasing = [e for e in office.services.store.audit.entries() if e.case_id == office.case_id]
    assert erasing[-1].action == "archive.erase"
