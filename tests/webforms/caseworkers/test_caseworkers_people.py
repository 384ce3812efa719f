"""People of a case: added, changed, ended, let in; what is protected is seen by nobody who may not."""

from access_cast import CHILD_CPR, MOTHER_CPR
from offices import FATHER_CPR, MAIL, PHONE, STREET, Office, hidden, with_protected_father

from pipeline.cases.record.access_pause import paused
from pipeline.cases.record.people import Place
from pipeline.cases.record.visit_events import VisitOpened
from webforms.identity.roles import Role

SECRETS = (STREET, "Hemmelighedsvej", PHONE, PHONE.replace(" ", ""), MAIL)
PAGES = (
    "",
    "/personer",
    "/besoeg",
    "/journal",
    "/aftaler",
    "/dokumenter",
    "/udtraek",
    "/hvem-har-set",
    "/personer/far/ret",
)


def test_contact_and_protection_are_shown_to_a_caseworker_unmistakably(office: Office) -> None:
    with_protected_father(office)
    page = office.at_desk(Role.CASEWORKER).look("/personer").text
    assert STREET in page
    assert page.count("Beskyttet adresse") == 2
    assert "Giv aldrig adresse, telefon eller mail videre" in page


def test_a_protected_address_is_on_no_page_of_whoever_may_not_see_contact(office: Office) -> None:
    with_protected_father(office)
    office.happens(VisitOpened("b1", 1, "ordinary", "2018"))
    for role in Role:
        if role in (Role.CASEWORKER, Role.MANAGER):
            continue
        desk = office.at_desk(role)
        for path in PAGES:
            page = desk.look(path).text
            assert [secret for secret in SECRETS if secret in page] == [], (role, path)
            assert "Beskyttet adresse" not in page, (role, path)
    assert "Far Opdigtsen" in office.at_desk(Role.VISITING_PROFESSIONAL).look("/personer").text


def test_no_page_tells_a_cpr_number_in_full_but_the_one_where_it_is_changed(office: Office) -> None:
    with_protected_father(office)
    desk = office.at_desk(Role.CASEWORKER)
    for path in PAGES:
        page = desk.look(path).text
        numbers = [n for n in (CHILD_CPR, MOTHER_CPR, FATHER_CPR) if n in page or f"{n[:6]}-{n[6:]}" in page]
        assert numbers == ([FATHER_CPR] if path == "/personer/far/ret" else []), path


def test_a_helper_is_added_with_sections_and_dates(office: Office) -> None:
    desk = office.at_desk(Role.CASEWORKER)
    sent = desk.send(
        "/personer/ny/daycare",
        {
            "name": "Dagny Opdigtsen",
            "organisation": "Børnehaven",
            "since": "1.11.2026",
            "until": "",
            "sections": ["a", "f"],
        },
    )
    assert sent.status_code == 303
    new = next(person for person in office.case.people.values() if person.name == "Dagny Opdigtsen")
    standing = next(s for s in office.case.standings.values() if s.person_id == new.id)
    assert (standing.place, standing.sections, str(standing.since)) == (Place.DAYCARE, ("a", "f"), "2026-11-01")
    assert "Må skrive i afsnit (a) og (f)" in desk.look("/personer").text


def test_what_was_typed_stays_where_something_is_wrong(office: Office) -> None:
    desk = office.at_desk(Role.CASEWORKER)
    typed = {
        "name": "Ole <Opdigtsen>",
        "cpr": "310299-1234",
        "phone": "20 11 22 33",
        "address": "Testvej 1\n9999 Testby",
    }
    answer = desk.send("/personer/ny/sibling", {**typed, "since": "31.2.2026"})
    assert answer.status_code == 422
    assert "Ole &lt;Opdigtsen&gt;" in answer.text
    assert all(part in answer.text for part in ("310299-1234", "20 11 22 33", "Testvej 1\n9999 Testby", "31.2.2026"))
    assert 'href="#cpr"' in answer.text
    assert 'href="#since"' in answer.text
    assert all(person.name != "Ole <Opdigtsen>" for person in office.case.people.values())


def test_an_unusual_number_is_asked_about_once_more_and_then_taken(office: Office) -> None:
    desk = office.at_desk(Role.CASEWORKER)
    typed = {"name": "Sofus Opdigtsen", "cpr": "0104176006", "since": "1.11.2026"}
    doubted = desk.send("/personer/ny/sibling", typed)
    assert doubted.status_code == 422
    assert "følger ikke den gamle kontrolregel" in doubted.text
    assert desk.send("/personer/ny/sibling", {**typed, "cpr_checked": "1"}).status_code == 303
    assert any(person.cpr == "0104176006" for person in office.case.people.values())


def test_nobody_is_in_a_case_twice(office: Office) -> None:
    answer = office.at_desk(Role.CASEWORKER).send(
        "/personer/ny/sibling", {"name": "Mor igen", "cpr": MOTHER_CPR, "since": "1.11.2026"}
    )
    assert answer.status_code == 422
    assert "er allerede i sagen" in answer.text


def test_a_new_holder_of_parental_authority_is_announced_and_pauses_all_parents(office: Office) -> None:
    desk = office.at_desk(Role.CASEWORKER)
    assert "går alle forældres adgang på pause" in desk.look("/personer/ny/parental_authority").text
    typed = {"name": "Far Opdigtsen", "since": "1.11.2026", "home": "for-sig"}
    unaware = desk.send("/personer/ny/parental_authority", typed)
    assert unaware.status_code == 422
    assert "Sæt kryds ved, at forældrenes adgang går på pause" in unaware.text
    assert desk.send("/personer/ny/parental_authority", {**typed, "pauses": "1"}).status_code == 303
    case, today = office.case, office.services.today()
    assert paused(case, "mor", today) is not None
    assert "Nogen venter på, at du tager stilling" in desk.look().text
    homes = {s.household for s in case.standings.values() if s.place.is_parent}
    assert len(homes) == 2


def test_access_is_decided_with_a_reason(office: Office) -> None:
    desk = office.at_desk(Role.CASEWORKER)
    silent = desk.send("/personer/mor/adgang", {"access": "lukket"})
    assert silent.status_code == 422
    assert "Skriv, hvorfor du har valgt sådan" in silent.text
    assert desk.send("/personer/mor/adgang", {"access": "lukket", "reason": "Dom fra retten"}).status_code == 303
    decided = office.case.access["mor"]
    assert (decided.granted, decided.reason) == (False, "Dom fra retten")
    assert "Sagsbehandleren har lukket" in office.at_desk(Role.PARENT).look().text


def test_a_place_ends_with_a_reason_and_history_stays(office: Office) -> None:
    desk = office.at_desk(Role.CASEWORKER)
    assert desk.send("/personer/skole/plads/s-skole/slut", {"until": "30.11.2026"}).status_code == 422
    ended = desk.send("/personer/skole/plads/s-skole/slut", {"until": "30.11.2026", "reason": "Skifter skole"})
    assert ended.status_code == 303
    assert str(office.case.standings["s-skole"].until) == "2026-11-30"


def test_a_last_day_before_the_first_is_refused(office: Office) -> None:
    answer = office.at_desk(Role.CASEWORKER).send(
        "/personer/skole/plads/s-skole/slut", {"until": "1.1.2020", "reason": "x"}
    )
    assert answer.status_code == 422
    assert office.case.standings["s-skole"].until is None


def test_a_fuldmagt_needs_scope_end_and_whom_it_is_for(office: Office) -> None:
    desk = office.at_desk(Role.CASEWORKER)
    page = desk.send("/personer/ny/power_of_attorney", {"name": "Mormor Opdigtsen", "since": "1.11.2026"})
    assert page.status_code == 422
    for place in ("until", "speaks_for", "scope"):
        assert f'href="#{place}"' in page.text
    typed = {"until": "1.11.2027", "speaks_for": "mor", "scope": "Må skrive for mor", "sections": ["b"]}
    sent = desk.send("/personer/ny/power_of_attorney", {"name": "Mormor Opdigtsen", "since": "1.11.2026", **typed})
    assert sent.status_code == 303
    standing = next(s for s in office.case.standings.values() if s.place is Place.POWER_OF_ATTORNEY)
    assert (standing.speaks_for, standing.scope, standing.sections) == ("mor", "Må skrive for mor", ("b",))


def test_somebody_else_changed_the_same_person_and_nothing_is_overwritten(office: Office) -> None:
    with_protected_father(office)
    desk = office.at_desk(Role.CASEWORKER)
    shown = hidden(desk.look("/personer/far/ret"))
    first = {"name": "Far Nyt-Navn", "cpr": FATHER_CPR, "phone": "20 00 00 99", "protected": "1"}
    assert desk.send("/personer/far/ret", first).status_code == 303
    late = desk.send_late("/personer/far/ret", {**shown, **first, "name": "Far Andet-Navn"})
    assert late.status_code == 409
    assert "En anden har ændret det samme" in late.text
    assert "Far Andet-Navn" in late.text
    assert "Far Nyt-Navn" in late.text
    assert office.case.people["far"].name == "Far Nyt-Navn"
    again = desk.send_late("/personer/far/ret", {**hidden(late), **first, "name": "Far Andet-Navn"})
    assert again.status_code == 303
    assert office.case.people["far"].name == "Far Andet-Navn"


def test_another_change_in_the_case_is_no_conflict(office: Office) -> None:
    desk = office.at_desk(Role.CASEWORKER)
    shown = hidden(desk.look("/personer/skole/ret"))
    office.happens(VisitOpened("b1", 1, "ordinary", "2018"))
    sent = desk.send_late("/personer/skole/ret", {**shown, "name": "Skolen ved Bakken"})
    assert sent.status_code == 303
    assert office.case.people["skole"].name == "Skolen ved Bakken"


def test_ids_that_are_not_in_the_case_lead_nowhere(office: Office) -> None:
    desk = office.at_desk(Role.CASEWORKER)
    for path in (
        "/personer/ukendt/ret",
        "/personer/mor/plads/s-skole/ret",
        "/personer/ny/caseworker",
        "/personer/ny/quatsch",
        "/kommunen/parental_authority",
        "/personer/barn/plads/s-barn/slut",
        "/besoeg/ukendt/dag",
        "/journal/999/ret",
        "/aftaler/ukendt/slut",
        "/udtraek/aktindsigt/skole",
        "/udtraek/indsigt/mor/pdf",
    ):
        assert desk.look(path).status_code == 404, path
