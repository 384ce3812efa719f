"""The pages of signing in: invitations, one's own sessions, the demo's list, and out again."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from access_cast import FOREIGN_TEAM, OWN_TEAM, Cast, people
from browsing_rooms import SESSION_NAME, browser_of, token_on, words_of
from case_rooms import create_rooms
from flask import Flask
from flask.testing import FlaskClient
from movable_clock import MovableClock

from pipeline.cases.record.events import CaseOpened, StandingChanged
from pipeline.errors import TilsynError
from pipeline.store.opening import Store
from webforms.identity.demo_sign_in import refuse_real_cases
from webforms.identity.oidc_provider import OidcProvider
from webforms.identity.roles import Role
from webforms.identity.services import Services
from webforms.identity.settings import IdentitySettings


@pytest.fixture
def caseworker(app: Flask, cast: Cast) -> FlaskClient:
    return browser_of(app, cast.actors[Role.CASEWORKER])


def invite(browser: FlaskClient, case_id: str, person: str = "skole") -> tuple[str, str]:
    """Make an invitation on its page; returns path of the link and the code."""
    page = f"/sager/{case_id}/invitationer"
    made = browser.post(page, data={"csrf_token": token_on(browser, page), "person": person})
    assert made.status_code == 200
    link = re.search(r"<code>http://localhost(/invitation/[\w-]+)</code>", made.text)
    code = re.search(r"<code>(\w{4}-\w{4})</code>", made.text)
    assert link
    assert code
    return link.group(1), code.group(1)


def try_code(browser: FlaskClient, link: str, code: str) -> tuple[int, str]:
    response = browser.post(link, data={"csrf_token": token_on(browser), "code": code})
    return response.status_code, words_of(response.text)


def test_a_helper_comes_in_by_link_and_code_and_sees_the_named_sections(
    app: Flask, caseworker: FlaskClient, cast: Cast
) -> None:
    link, code = invite(caseworker, cast.own_open)
    helper = app.test_client()
    page = helper.get(link)
    assert "Eksempel Kommune har inviteret dig" in words_of(page.text)
    assert "Opdigtsen" not in page.text
    assert try_code(helper, link, code.lower())[0] == 303
    assert helper.get(f"/sager/{cast.own_open}/svar/v").text == "DEMO-own-open helper own_part ['a', 'c']"
    assert helper.get(f"/sager/{cast.own_open}/journal").status_code == 403
    assert helper.get(f"/sager/{cast.own_closed}").status_code == 404


def test_scanners_of_mail_use_nothing_up(app: Flask, caseworker: FlaskClient, cast: Cast) -> None:
    link, code = invite(caseworker, cast.own_open)
    for _ in range(5):
        scanner = app.test_client()
        assert scanner.get(link).status_code == 200
        assert scanner.head(link).status_code == 200
    assert try_code(app.test_client(), link, code)[0] == 303


def test_a_used_link_says_so_and_lets_nobody_in(app: Flask, caseworker: FlaskClient, cast: Cast) -> None:
    link, code = invite(caseworker, cast.own_open)
    try_code(app.test_client(), link, code)
    second = app.test_client()
    for status, page in (try_code(second, link, code), (second.get(link).status_code, words_of(second.get(link).text))):
        assert status == 410
        assert "Invitationen er brugt" in page
    assert second.get("/sager").status_code == 303


def test_wrong_codes_are_counted_down_and_lock(app: Flask, caseworker: FlaskClient, cast: Cast) -> None:
    link, code = invite(caseworker, cast.own_open)
    guesser = app.test_client()
    said = [try_code(guesser, link, "AAAA-AAAA") for _ in range(5)]
    assert [status for status, _ in said] == [422] * 4 + [410]
    assert "Du har 4 forsøg tilbage" in said[0][1]
    assert "Du har et forsøg tilbage" in said[3][1]
    assert "Invitationen er spærret" in said[4][1]
    assert try_code(app.test_client(), link, code)[0] == 410
    listed = words_of(caseworker.get(f"/sager/{cast.own_open}/invitationer").text)
    assert "spærret efter for mange forkerte koder" in listed


def test_an_expired_link_says_whom_to_ask(app: Flask, caseworker: FlaskClient, cast: Cast, clock: MovableClock) -> None:
    link, code = invite(caseworker, cast.own_open)
    clock.move(timedelta(days=14))
    status, page = try_code(app.test_client(), link, code)
    assert (status, "Invitationen er udløbet" in page) == (410, True)


def test_withdrawing_ends_the_link_and_every_session_that_came_by_it(
    app: Flask, caseworker: FlaskClient, cast: Cast
) -> None:
    link, code = invite(caseworker, cast.own_open)
    helper = app.test_client()
    try_code(helper, link, code)
    assert helper.get(f"/sager/{cast.own_open}").status_code == 200
    page = caseworker.get(f"/sager/{cast.own_open}/invitationer").text
    withdraw = re.search(r'action="(/sager/\w+/invitationer/\w+/tilbage)"', page)
    assert withdraw
    assert caseworker.post(withdraw.group(1), data={"csrf_token": token_on(caseworker)}).status_code == 303
    assert helper.get(f"/sager/{cast.own_open}").status_code == 303
    assert "Invitationen er taget tilbage" in helper.get(link).text
    assert caseworker.post(withdraw.group(1), data={"csrf_token": token_on(caseworker)}).status_code == 404


def test_an_invitation_is_withdrawn_only_by_way_of_its_own_case(
    caseworker: FlaskClient, cast: Cast, services: Services
) -> None:
    invite(caseworker, cast.own_open)
    [made] = services.invitations.of_case(cast.own_open)
    elsewhere = f"/sager/{cast.own_closed}/invitationer/{made.id}/tilbage"
    assert caseworker.post(elsewhere, data={"csrf_token": token_on(caseworker)}).status_code == 404
    assert services.invitations.of_case(cast.own_open) == (made,)


@pytest.mark.parametrize("person", ["", "findes-ikke", "fremmed-mor", "x' OR 1=1"])
def test_only_people_of_the_case_can_be_invited(
    caseworker: FlaskClient, cast: Cast, services: Services, person: str
) -> None:
    page = f"/sager/{cast.own_open}/invitationer"
    response = caseworker.post(page, data={"csrf_token": token_on(caseworker), "person": person})
    assert response.status_code == 422
    assert "Vælg den, du vil invitere" in response.text
    assert services.invitations.of_case(cast.own_open) == ()


def test_whose_place_has_ended_is_not_let_in_by_an_old_link(
    app: Flask, caseworker: FlaskClient, cast: Cast, store: Store
) -> None:
    link, code = invite(caseworker, cast.own_open)
    standing = store.cases.case(cast.own_open).standings["s-skole"]
    ended = replace(standing, until=standing.since)
    store.cases.append(cast.own_open, [StandingChanged(ended)], "system", "people.change")
    status, page = try_code(app.test_client(), link, code)
    assert (status, "Du har ikke en plads i en sag her i dag" in page) == (403, True)


@pytest.mark.parametrize("token", ["x", "x" * 43, "%00", "x" * 5000])
def test_a_guessed_link_leads_nowhere(app: Flask, token: str) -> None:
    link = f"/invitation/{token}"
    browser = app.test_client()
    assert browser.get(link).status_code == 404
    assert browser.post(link, data={"csrf_token": token_on(browser), "code": "AAAA-AAAA"}).status_code == 404


def test_one_sees_where_one_is_signed_in_and_ends_it(app: Flask, cast: Cast) -> None:
    first, second = app.test_client(), app.test_client()
    for browser in (first, second):
        sent = {"csrf_token": token_on(browser), "hvem": f"person:{cast.own_open}:skole"}
        assert browser.post("/log-ind/demo", data=sent).status_code == 303
    listed = first.get("/mine-logins").text.split("<li>\n<h2>")[1:]
    assert len(listed) == 2
    [other] = [one for one in listed if "dette vindue" not in one]
    end = re.search(r"/mine-logins/\w+/afslut", other)
    assert end
    assert first.post(end.group(), data={"csrf_token": token_on(first)}).status_code == 303
    assert (first.get("/sager").status_code, second.get("/sager").status_code) == (200, 303)


def test_nobody_ends_somebody_elses_session(app: Flask, cast: Cast, services: Services) -> None:
    browser = browser_of(app, cast.actors[Role.PARENT])
    [theirs] = services.sessions.of_owner(cast.actors[Role.CHILD].owner)
    for handle in (theirs.handle, "00" * 32, "x"):
        address = f"/mine-logins/{handle}/afslut"
        assert browser.post(address, data={"csrf_token": token_on(browser)}).status_code == 404
    assert services.sessions.of_owner(cast.actors[Role.CHILD].owner)


def test_signing_in_gives_a_new_id_and_ends_the_old_session(app: Flask, cast: Cast, services: Services) -> None:
    actor = cast.actors[Role.PARENT]
    browser = browser_of(app, actor)
    sent = {"csrf_token": token_on(browser), "hvem": f"person:{cast.own_open}:skole"}
    assert browser.post("/log-ind/demo", data=sent).status_code == 303
    given = browser.get_cookie(SESSION_NAME)
    assert given
    assert given.value != actor.secret
    assert services.sessions.find(actor.secret) is None


def test_signing_out_ends_the_session_on_the_server(app: Flask, cast: Cast, store: Store) -> None:
    actor = cast.actors[Role.PARENT]
    browser = browser_of(app, actor)
    out = browser.post("/log-ud", data={"csrf_token": token_on(browser)})
    assert (out.status_code, out.headers["Location"]) == (303, "/logget-ud?fra=mitid")
    assert browser.get_cookie(SESSION_NAME) is None
    browser.set_cookie(SESSION_NAME, actor.secret)
    assert browser.get("/sager").status_code == 303
    assert [entry.actor for entry in store.audit.entries() if entry.action == "session.end"] == ["mor"]
    again = app.test_client()
    assert again.post("/log-ud", data={"csrf_token": token_on(again)}).status_code == 303
    assert again.get("/log-ud").status_code == 405


def test_the_demo_offers_everybody_by_role_under_a_banner(app: Flask) -> None:
    page = app.test_client().get("/log-ind").text
    assert "Dette er en demo" in page
    assert "Alle personer er opdigtede" in page
    for role in Role:
        assert f'id="{role.value}"' in page
    assert "sag DEMO-own-open" in page


@pytest.mark.parametrize(
    "who", ["", "person", "person:", "person:x:y", "medarbejder:", "medarbejder:x", "medarbejder:mor", "andet:x"]
)
def test_nobody_else_can_be_chosen(app: Flask, who: str) -> None:
    browser = app.test_client()
    assert browser.post("/log-ind/demo", data={"csrf_token": token_on(browser), "hvem": who}).status_code == 404
    assert browser.get("/sager").status_code == 303


def test_every_offered_person_can_be_chosen(app: Flask) -> None:
    browser = app.test_client()
    keys = re.findall(r'name="hvem" value="([^"]+)"', browser.get("/log-ind").text)
    assert len(keys) == 7 + 4 * 4
    for key in keys:
        response = browser.post("/log-ind/demo", data={"csrf_token": token_on(browser), "hvem": key, "til": "/sager"})
        assert (response.status_code, response.headers["Location"]) == (303, "/sager")
        assert browser.get("/mine-logins").status_code == 200


def test_a_demo_does_not_start_over_a_case_that_is_not_fictional(services: Services, store: Store, cast: Cast) -> None:
    refuse_real_cases(services.lists)
    real = CaseOpened("2026-1", OWN_TEAM, "Eksempel Kommune", "Børn og Unge", fictional=False)
    store.cases.open_case(real, "system", people("rigtig-"))
    with pytest.raises(TilsynError, match="ikke er opdigtede"):
        create_rooms(services)


def test_outside_a_demo_nobody_is_chosen_from_a_list(services: Services, cast: Cast) -> None:
    provider = OidcProvider("https://login.example", "x", "y")
    settings = IdentitySettings("https://localhost", "Eksempel Kommune", "", employees=provider)
    app, _ = create_rooms(replace(services, settings=settings))
    browser = app.test_client()
    page = browser.get("/log-ind", base_url="https://localhost").text
    assert "opdigtet" not in page.lower()
    assert "Log ind som medarbejder" in page
    assert "MitID" not in page
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    sent = {"csrf_token": token.group(1), "hvem": f"medarbejder:{cast.employees[Role.MANAGER]}"}
    assert browser.post("/log-ind/demo", data=sent, base_url="https://localhost").status_code == 405


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"address": "http://hjemmetilsyn.example"}, "https://"),
        ({"demo": False}, "Medarbejderne kan ikke logge ind|https://"),
        ({"address": "https://localhost", "demo": False}, "Medarbejderne kan ikke logge ind"),
    ],
)
def test_settings_that_would_let_in_the_wrong_or_nobody_are_refused(
    services: Services, change: dict[str, object], words: str
) -> None:
    with pytest.raises(TilsynError, match=words):
        replace(services.settings, **change)  # type: ignore[arg-type] # the point is to try what does not go


def test_a_person_of_a_foreign_team_is_not_seen_by_the_caseworker(app: Flask, cast: Cast) -> None:
    assert OWN_TEAM != FOREIGN_TEAM
    browser = browser_of(app, cast.actors[Role.CASEWORKER])
    assert browser.get(f"/sager/{cast.foreign_open}/invitationer").status_code == 404
