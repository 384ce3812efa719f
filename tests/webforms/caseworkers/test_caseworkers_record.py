"""Journal, agreements, approval, visits, documents, extracts, the log, staff, closing: what a caseworker keeps."""

import json

from access_cast import FOREIGN_TEAM
from offices import Office, with_protected_father

from pipeline.cases.record.journal_events import JournalNoted, NoteKind
from pipeline.cases.record.people import Place
from pipeline.cases.record.to_answers import wording_of
from pipeline.cases.record.visit_events import GoalPlaced, VisitOpened, Written
from pipeline.store.employees import Employee
from webforms.identity.roles import Role

NOTE = {"kind": "phone", "on": "20.11.2026", "with_whom": "mor", "text": "Mor ringede.\nHun er træt."}


def test_a_note_is_written_and_corrected_by_a_further_one(office: Office) -> None:
    desk = office.at_desk(Role.CASEWORKER)
    assert desk.send("/journal/ny", NOTE).status_code == 303
    note = office.case.journal[-1]
    assert desk.send(f"/journal/{note.seq}/ret", {"text": "Det var far."}).status_code == 303
    page = desk.look("/journal").text
    assert "Hun er træt." in page
    assert "Rettet til" in page
    assert office.case.journal[-1].noted.corrects == note.seq
    assert office.case.journal[0].noted.text == "Mor ringede.\nHun er træt."


def test_a_note_of_tomorrow_is_refused_and_every_word_kept(office: Office) -> None:
    answer = office.at_desk(Role.CASEWORKER).send("/journal/ny", {**NOTE, "on": "23.11.2026"})
    assert answer.status_code == 422
    assert "Mor ringede.\nHun er træt." in answer.text
    assert 'value="phone" checked' in answer.text
    assert office.case.journal == ()


def test_a_sign_that_no_document_can_hold_is_refused_in_words(office: Office) -> None:
    answer = office.at_desk(Role.CASEWORKER).send("/journal/ny", {**NOTE, "text": "Et \x07 tegn"})
    assert answer.status_code == 422
    assert "usynligt styretegn" in answer.text


def test_an_agreement_is_made_and_ended(office: Office) -> None:
    desk = office.at_desk(Role.CASEWORKER)
    made = desk.send("/aftaler/ny", {"what": "Skemaet sendes", "who": "Kommunen", "by_day": "1.12.2026"})
    assert made.status_code == 303
    agreement = next(iter(office.case.agreements))
    given_up = desk.send(f"/aftaler/{agreement}/slut", {"how": "opgivet"})
    assert given_up.status_code == 422
    assert desk.send(f"/aftaler/{agreement}/slut", {"how": "holdt"}).status_code == 303
    ended = office.case.agreements[agreement].ended
    assert ended is not None
    assert ended.fulfilled
    assert desk.look(f"/aftaler/{agreement}/slut").status_code == 404


def test_an_approval_names_why_health_expertise_takes_part(office: Office) -> None:
    desk = office.at_desk(Role.CASEWORKER)
    typed = {
        "decided_on": "1.11.2026",
        "extent": "Fuld tid",
        "methods": "ABA\n\n Anden metode ",
        "goals": "Gå selv",
        "frame": "To om året",
        "health": "ja",
    }
    assert desk.send("/godkendelse/ny", typed).status_code == 422
    assert desk.send("/godkendelse/ny", {**typed, "health_reason": "Fysisk træning"}).status_code == 303
    approval = office.case.approvals[-1]
    assert approval.methods == ("ABA", "Anden metode")
    assert (approval.health_elements, approval.health_reason) == (True, "Fysisk træning")
    assert "Godkendt 1. november 2026" in desk.look().text


def test_a_new_visit_takes_the_goals_along(office: Office) -> None:
    office.happens(
        VisitOpened("b1", 1, "ordinary", "2018"),
        GoalPlaced("b1", "g1", "motor", "new", 0),
        Written("b1", "goal/g1/wording", "alle", {"text": "Gå til postkassen"}),
        Written("b1", "goal/g1/next", "hjem", {"text": "Hver dag"}),
    )
    desk = office.at_desk(Role.CASEWORKER)
    assert "Besøg 1 er ikke holdt endnu" in desk.look("/besoeg/nyt").text
    assert desk.send("/besoeg/nyt", {"kind": "ordinary", "day": "15.12.2026", "carry": "1"}).status_code == 303
    new = max(office.case.visits.values(), key=lambda visit: visit.number)
    assert (new.number, new.kind, str(new.day), new.before) == (2, "ordinary", "2026-12-15", "b1")
    assert [wording_of(new, goal.id) for goal in new.plan] == ["Gå til postkassen"]


def test_moving_a_visit_needs_a_reason(office: Office) -> None:
    desk = office.at_desk(Role.CASEWORKER)
    office.happens(VisitOpened("b1", 1, "ordinary", "2018"))
    assert desk.send("/besoeg/b1/dag", {"day": "1.12.2026"}).status_code == 303
    assert desk.send("/besoeg/b1/dag", {"day": "2.12.2026"}).status_code == 422
    assert desk.send("/besoeg/b1/dag", {"day": "2.12.2026", "reason": "Barnet er sygt"}).status_code == 303
    assert str(office.case.visits["b1"].day) == "2026-12-02"


def test_what_is_not_asked_and_what_is_locked_is_chosen(office: Office) -> None:
    desk = office.at_desk(Role.CASEWORKER)
    office.happens(VisitOpened("b1", 1, "ordinary", "2018"))
    tool = office.services.tool("2018")
    asked = {
        f"afsnit-{section.key}": [field.key for field in section.fields if field.key != "email"]
        for section in tool.sections
    }
    assert desk.send("/besoeg/b1/spoergsmaal", asked).status_code == 303
    assert office.case.visits["b1"].not_asked == {"email"}
    assert desk.send("/besoeg/b1/laas", {"locked": ["a", "b"]}).status_code == 303
    assert office.case.visits["b1"].locked == {"a", "b"}
    assert desk.send("/besoeg/b1/laas", {"locked": ["a"]}).status_code == 422
    assert desk.send("/besoeg/b1/laas", {"locked": ["a"], "reason": "Forkert tal"}).status_code == 303
    assert office.case.visits["b1"].locked == {"a"}


def test_a_caseworker_is_put_on_and_the_one_before_ends_the_day_before(office: Office) -> None:
    desk = office.at_desk(Role.MANAGER)
    first = office.cast.employees[Role.CASEWORKER]
    other = office.services.store.employees.add(
        Employee(("https://login.example", office.case_id), "Opdigtet Afløser", teams=("nord",), roles=("caseworker",)),
        "system",
    )
    assert desk.send("/kommunen/caseworker", {"employee": first, "since": "1.11.2026"}).status_code == 303
    sent = desk.send("/kommunen/caseworker", {"employee": other, "since": "22.11.2026", "replaces": "1"})
    assert sent.status_code == 303
    held = {s.person_id: str(s.until) for s in office.case.standings.values() if s.place is Place.CASEWORKER}
    assert held == {first: "2026-11-21", other: "None"}
    substitute = desk.send("/kommunen/substitute", {"employee": first, "since": "22.11.2026"})
    assert substitute.status_code == 422
    assert "Skriv afløserens sidste dag" in substitute.text


def test_only_who_is_employed_for_it_can_be_put_on(office: Office) -> None:
    archivist = office.cast.employees[Role.ARCHIVIST]
    desk = office.at_desk(Role.CASEWORKER)
    assert archivist not in desk.look("/kommunen/caseworker").text
    assert desk.send("/kommunen/caseworker", {"employee": archivist, "since": "1.11.2026"}).status_code == 422


def test_the_case_is_handed_over_with_a_reason_and_the_giver_sees_it_no_more(office: Office) -> None:
    office.services.store.employees.add(
        Employee(("https://login.example", f"{office.case_id}-v"), "Opdigtet Vest", teams=(FOREIGN_TEAM,)), "system"
    )
    desk = office.at_desk(Role.CASEWORKER)
    assert desk.send("/andet-team", {"team": FOREIGN_TEAM}).status_code == 422
    given = desk.send("/andet-team", {"team": FOREIGN_TEAM, "unit": "", "reason": "Familien er flyttet"})
    assert (given.status_code, given.headers["Location"]) == (303, "/sager")
    assert office.case.team == FOREIGN_TEAM
    assert desk.look().status_code == 404


def test_the_case_is_closed_and_reopened_with_a_reason(office: Office) -> None:
    desk = office.at_desk(Role.CASEWORKER)
    assert desk.send("/afslut", {"outcome": "flyttet"}).status_code == 422
    assert desk.send("/afslut", {"outcome": "flyttet", "reason": "Flyttet i oktober"}).status_code == 303
    page = desk.look().text
    assert "Familien er flyttet til en anden kommune" in page
    assert "Genåbn sagen" in page
    assert desk.look("/journal/ny").status_code == 403
    assert desk.send("/genaabn", {"reason": "De kom tilbage"}).status_code == 303
    assert office.case.is_open


def test_extracts_are_made_for_each_right_and_told_to_the_log(office: Office) -> None:
    with_protected_father(office)
    office.happens(JournalNoted(NoteKind.NOTE, office.services.today(), "", "Far Opdigtsen bor på Hemmelighedsvej 17."))
    desk = office.at_desk(Role.CASEWORKER)
    page = desk.look("/udtraek/aktindsigt/mor")
    assert "forvaltningsloven § 9" in page.text
    assert "Hemmelighedsvej" not in page.text
    text = desk.look("/udtraek/aktindsigt/mor/tekst")
    assert text.headers["Content-Disposition"] == 'attachment; filename="aktindsigt.txt"'
    assert "Hemmelighedsvej" not in text.text
    insight = json.loads(desk.look("/udtraek/indsigt/far/json").text)
    assert insight["given_to"] == "Far Opdigtsen"
    assert "to_check" not in insight
    actions = [e.action for e in office.services.store.audit.entries() if e.case_id == office.case_id]
    assert actions.count("extract.file") == 2
    assert actions.count("extract.insight") == 1


def test_who_has_looked_is_told_by_name_to_who_may_see_it(office: Office) -> None:
    office.at_desk(Role.VISITING_PROFESSIONAL).look("/personer")
    page = office.at_desk(Role.MANAGER).look("/hvem-har-set").text
    assert "Opdigtet Tilsynsførende" in page
    assert "Se sagens personer og deres plads i sagen" in page
    assert office.at_desk(Role.VISITING_PROFESSIONAL).look("/hvem-har-set").status_code == 403
