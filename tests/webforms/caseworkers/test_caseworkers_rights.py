"""Every page of the two rooms by everybody: only whom the table of rights lets in, and never a page that breaks.

That nothing but the table decides is walked for the whole application elsewhere; here the pages are the real ones.
"""

import re

from access_cast import OWN_TEAM
from furnished import address_at, furnish, rules_of_the_rooms
from offices import Office
from werkzeug.routing import Rule

from webforms.identity.access import TABLE, About, On
from webforms.identity.marked import Needs, mark_of
from webforms.identity.roles import Role, Scope

REFUSED = (403, 404)


def _needs(office: Office, rule: Rule) -> Needs:
    mark = mark_of(office.app.view_functions[rule.endpoint])
    assert isinstance(mark, Needs), rule
    return mark


def test_whom_the_table_does_not_let_in_gets_no_page(office: Office) -> None:
    furnish(office)
    for rule in rules_of_the_rooms(office):
        line = TABLE[_needs(office, rule).action]
        for role in (role for role in Role if line.scope_for(role) is Scope.NONE):
            desk, address = office.at_desk(role), address_at(office, rule, office.case_id)
            if "GET" in (rule.methods or ()):
                assert desk.go(address).status_code in REFUSED, (rule, role)


def test_no_employee_opens_another_teams_case(office: Office) -> None:
    foreign = office.cast.foreign_open
    assert office.services.store.cases.case(foreign).team != OWN_TEAM
    for rule in (
        rule for rule in rules_of_the_rooms(office) if "case_id" in rule.arguments and "GET" in (rule.methods or ())
    ):
        line = TABLE[_needs(office, rule).action]
        for role in (role for role in Role if line.scope_for(role) is not Scope.ANY):
            assert office.at_desk(role).go(address_at(office, rule, foreign)).status_code == 404, (rule, role)


def test_every_page_opens_for_the_caseworker_who_may(office: Office) -> None:
    furnish(office)
    desk = office.at_desk(Role.CASEWORKER)
    opened = 0
    for rule in rules_of_the_rooms(office):
        line = TABLE[_needs(office, rule).action]
        is_open_to = line.scope_for(Role.CASEWORKER) is not Scope.NONE and line.on is not On.CLOSED
        if rule.endpoint in ("caseworkers.preview_file", "caseworkers.phone_receipt"):
            continue  # files that the machines make, of something that must have happened first
        if is_open_to and "GET" in (rule.methods or ()):
            assert desk.go(address_at(office, rule, office.case_id)).status_code == 200, rule
            opened += 1
    assert opened > 30


def test_an_empty_form_is_answered_with_what_is_missing_and_changes_nothing(office: Office) -> None:
    furnish(office)
    before, desk = office.case.revision, office.at_desk(Role.CASEWORKER)
    for rule in rules_of_the_rooms(office):
        line = TABLE[_needs(office, rule).action]
        is_form = rule.methods == {"POST", "OPTIONS"} or rule.methods == {"POST"}
        is_open_to = line.scope_for(Role.CASEWORKER) is not Scope.NONE and line.on is not On.CLOSED
        if not (is_form and is_open_to and line.about is About.CASE):
            continue
        if rule.endpoint.startswith(("caseworkers.at_visit_", "caseworkers.lay_in")):
            continue  # only somebody who takes part writes at a visit, and nothing is an answer there too
        if rule.endpoint == "caseworkers.phone_hand_in":
            continue  # its address names who rings; test_caseworkers_phone.py sends it empty
        if rule.endpoint in ("caseworkers.not_asked_do", "caseworkers.lock_do", "caseworkers.visit_day_do"):
            continue  # here nothing is an answer: nothing is asked, nothing is locked, there is no day
        answer = desk.post(address_at(office, rule, office.case_id), {})
        assert answer.status_code == 422, rule
        assert "så kan vi gå videre" in answer.text, rule
    assert office.case.revision == before


def test_no_address_of_the_rooms_names_anybody(office: Office) -> None:
    """A name, a CPR number or a diagnosis would stand in logs and in the browser's history."""
    furnish(office)
    desk = office.at_desk(Role.CASEWORKER)
    told = [person.name.split()[0] for person in office.case.people.values() if " " in person.name]
    told += [person.cpr for person in office.case.people.values() if person.cpr]
    for path in ("", "/personer", "/besoeg", "/journal", "/aftaler", "/dokumenter", "/udtraek"):
        addresses = re.findall(r'(?:href|action)="([^"]+)"', desk.look(path).text)
        assert len(addresses) > 10
        for address in addresses:
            assert [word for word in told if word in address] == [], address
