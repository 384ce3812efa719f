"""The HTML checker on every page of the two rooms, in both languages, and on forms with mistakes in them."""

from pathlib import Path

from furnished import address_at, furnish, rules_of_the_rooms
from offices import Desk, Office
from vnu import html_errors
from werkzeug.routing import Rule

from pipeline.cases.record.events import CaseClosed
from webforms.identity.access import TABLE, About, On
from webforms.identity.marked import Needs, mark_of
from webforms.identity.roles import Role

_ROLES = (Role.CASEWORKER, Role.OPERATOR, Role.ADMINISTRATOR, Role.ARCHIVIST)


def test_the_html_checker_finds_nothing(office: Office, tmp_path: Path) -> None:
    furnish(office)
    desks = {role: office.at_desk(role) for role in _ROLES}
    written = 0
    for language in ("da", "en"):
        for number, rule in enumerate(rules_of_the_rooms(office)):
            desk = desks[_who(office, rule)]
            desk.speak(language)
            for page in _pages(office, rule, desk):
                (tmp_path / f"{language}-{number:02}-{written:03}.html").write_text(page, encoding="utf-8")
                written += 1
    assert written > 110
    assert html_errors(tmp_path) == []


def _who(office: Office, rule: Rule) -> Role:
    mark = mark_of(office.app.view_functions[rule.endpoint])
    assert isinstance(mark, Needs)
    return next(role for role in _ROLES if TABLE[mark.action].scope_for(role).value != "none")


def _pages(office: Office, rule: Rule, desk: Desk) -> list[str]:
    mark = mark_of(office.app.view_functions[rule.endpoint])
    assert isinstance(mark, Needs)
    line = TABLE[mark.action]
    if rule.endpoint.endswith("_file"):
        return []
    if line.about is About.CASE and line.on is On.CLOSED:
        return _of_a_closed_case(office, rule, desk)
    address = address_at(office, rule, office.case_id)
    if "GET" in (rule.methods or ()):
        return [desk.go(address).text]
    answer = desk.post(address, {}, shown_at="/sager" if rule.endpoint == "caseworkers.search" else "")
    return [answer.text] if answer.status_code in (200, 422) else []


def _of_a_closed_case(office: Office, rule: Rule, desk: Desk) -> list[str]:
    """On a case that is closed for it and stays so."""
    closed = office.cast.own_closed
    address = address_at(office, rule, closed)
    return [desk.go(address).text] if "GET" in (rule.methods or ()) else [desk.post(address, {}).text]


def test_a_closed_case_shows_how_it_ended(office: Office) -> None:
    office.happens(CaseClosed("en-anden-kode", "slut"))
    assert "en-anden-kode" in office.at_desk(Role.CASEWORKER).look().text
