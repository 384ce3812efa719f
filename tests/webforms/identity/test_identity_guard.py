"""The guard: what keeps the program from starting, and what each request goes through."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import msgspec
import pytest
from access_cast import Cast
from browsing_rooms import MARK_NAME, SESSION_NAME, browser_of, token_on, words_of
from case_rooms import OPEN_ELSEWHERE, bare_app, create_rooms
from flask import Flask, abort
from movable_clock import MovableClock
from sqlalchemy import delete
from werkzeug.routing import Rule

from pipeline.store.opening import Store
from pipeline.store.rate_limits import Limit
from pipeline.store.tables import audit_head
from webforms.identity.install import install
from webforms.identity.marked import OpenToAll, mark_of, needs, open_to_all
from webforms.identity.pace import Pace
from webforms.identity.roles import Role
from webforms.identity.services import Services
from webforms.identity.signed_in import Remembered, begin


def test_an_address_that_says_nothing_keeps_the_program_from_starting(services: Services) -> None:
    app = bare_app(services)
    app.add_url_rule("/glemt", "forgotten", lambda: "åben")
    with pytest.raises(LookupError, match=r"/glemt \(forgotten\) says neither"):
        install(app, services, OPEN_ELSEWHERE)


def test_flasks_own_folder_of_files_is_not_open_by_itself(services: Services) -> None:
    app = bare_app(services)
    app.add_url_rule("/static/<path:filename>", "static", app.send_static_file)
    with pytest.raises(LookupError, match="static"):
        install(app, services, OPEN_ELSEWHERE)


@pytest.mark.parametrize(
    ("address", "action", "method"),
    [
        ("/journal", "journal.read", "GET"),
        ("/x/<case_id>", "cases.list", "GET"),
        ("/y/<case_id>", "journal.read", "POST"),
    ],
)
def test_an_address_that_does_not_go_with_its_action_keeps_it_from_starting(
    services: Services, address: str, action: str, method: str
) -> None:
    app = bare_app(services)
    app.add_url_rule(address, "wrong", needs(action)(lambda **_: "x"), methods=[method])
    with pytest.raises(LookupError, match=r"must name|only reads"):
        install(app, services, OPEN_ELSEWHERE)


def test_a_mark_names_an_action_of_the_table() -> None:
    with pytest.raises(LookupError, match="no action"):
        needs("everything")


@pytest.mark.parametrize("setting", ["TRUSTED_HOSTS", "MAX_CONTENT_LENGTH"])
def test_no_limits_no_start(services: Services, setting: str) -> None:
    app = bare_app(services)
    app.config[setting] = None
    with pytest.raises(ValueError, match=setting):
        install(app, services, OPEN_ELSEWHERE)


def test_an_address_added_afterwards_is_not_served(app: Flask) -> None:
    app.url_map.add(Rule("/sent", endpoint="late", methods=["GET"]))
    app.view_functions["late"] = lambda: "åben"
    response = app.test_client().get("/sent")
    assert response.status_code == 500
    assert "åben" not in response.text


def test_who_is_not_signed_in_is_sent_there_and_back(app: Flask, cast: Cast) -> None:
    response = browser_of(app).get(f"/sager/{cast.own_open}?side=2")
    assert response.status_code == 303
    assert response.headers["Location"] == f"/log-ind?til=/sager/{cast.own_open}?side%3D2"


def test_what_is_sent_by_nobody_is_refused_with_what_to_do(app: Flask, cast: Cast) -> None:
    browser = browser_of(app)
    response = browser.post(f"/sager/{cast.own_open}/svar/v", data={"csrf_token": token_on(browser)})
    assert response.status_code == 401
    assert "Log ind igen i et nyt vindue" in response.text


def test_a_foreign_case_looks_exactly_like_one_that_does_not_exist(app: Flask, cast: Cast) -> None:
    browser = browser_of(app, cast.actors[Role.PARENT])
    browser.get("/log-ind")
    foreign, unknown = browser.get(f"/sager/{cast.foreign_open}"), browser.get(f"/sager/{'0' * 32}")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.text == unknown.text
    assert dict(foreign.headers) == dict(unknown.headers)


def test_what_somebody_wrote_into_the_address_stays_out_of_the_audit_log(app: Flask, cast: Cast, store: Store) -> None:
    browser_of(app, cast.actors[Role.PARENT]).get("/sager/Mor-Opdigtsen-0102856002")
    [line] = [entry for entry in store.audit.entries() if entry.outcome == "refused:unknown"]
    assert (line.actor, line.action, line.case_id) == ("mor", "case.read", None)


def test_reads_and_refusals_are_told_with_the_reason(app: Flask, cast: Cast, store: Store) -> None:
    browser = browser_of(app, cast.actors[Role.PARENT])
    for address in (f"/sager/{cast.own_open}", f"/sager/{cast.own_open}/journal", f"/sager/{cast.foreign_open}"):
        browser.get(address)
    told = [(one.action, one.case_id, one.outcome) for one in store.audit.entries() if one.actor == "mor"]
    assert told == [
        ("case.read", cast.own_open, "ok"),
        ("journal.read", cast.own_open, "refused:role"),
        ("case.read", cast.foreign_open, "refused:stranger"),
    ]


def _read(services: Services, cast: Cast, view: Callable[[], str]) -> tuple[int, str]:
    """The answer of an address of the caseworker's whose page is made so."""
    app = bare_app(services)
    app.add_url_rule("/mine-sager", "mine", needs("cases.list")(view))
    install(app, services, OPEN_ELSEWHERE)
    response = browser_of(app, cast.actors[Role.CASEWORKER]).get("/mine-sager")
    return response.status_code, response.text


def _breaks() -> str:
    raise RuntimeError("i stykker")


@pytest.mark.parametrize(("view", "status"), [(lambda: "sagerne", 200), (lambda: abort(404), 404), (_breaks, 500)])
def test_whatever_becomes_of_a_page_its_line_is_on_the_disk_when_it_leaves(
    services: Services, cast: Cast, store: Store, view: Callable[[], str], status: int
) -> None:
    before = store.audit.head().seq
    assert _read(services, cast, view)[0] == status
    assert [(one.action, one.outcome) for one in store.audit.entries(after=before)] == [("cases.list", "ok")]


def test_a_page_whose_line_cannot_be_written_does_not_leave(services: Services, cast: Cast, store: Store) -> None:
    made: list[str] = []

    def view() -> str:
        made.append("sagerne")
        with store.database.write() as connection:
            connection.execute(delete(audit_head))
        return "sagerne"

    status, text = _read(services, cast, view)
    assert made == ["sagerne"]
    assert status == 500
    assert "sagerne" not in text


def test_a_session_that_is_ended_is_over_with_the_next_request(app: Flask, cast: Cast, services: Services) -> None:
    actor = cast.actors[Role.CASEWORKER]
    browser = browser_of(app, actor)
    assert browser.get("/sager").status_code == 200
    services.sessions.end_all(actor.owner)
    assert browser.get("/sager").status_code == 303


def test_an_idle_session_is_over(app: Flask, cast: Cast, clock: MovableClock) -> None:
    browser = browser_of(app, cast.actors[Role.PARENT])
    clock.move(timedelta(minutes=29))
    assert browser.get("/sager").status_code == 200
    clock.move(timedelta(minutes=30))
    assert browser.get("/sager").status_code == 303


def test_what_an_administrator_takes_away_is_gone_at_once(app: Flask, cast: Cast, store: Store) -> None:
    browser = browser_of(app, cast.actors[Role.CASEWORKER])
    known = store.employees.with_id(cast.employees[Role.CASEWORKER])
    assert known
    known = store.employees.change(known, msgspec.structs.replace(known.employee, teams=("syd",)), "system")
    assert browser.get(f"/sager/{cast.own_open}").status_code == 404
    known = store.employees.change(known, msgspec.structs.replace(known.employee, roles=()), "system")
    assert browser.get("/sager").status_code == 403
    store.employees.change(known, msgspec.structs.replace(known.employee, active=False), "system")
    assert browser.get("/sager").status_code == 303


def test_a_forged_or_foreign_cookie_is_nobodys(app: Flask, cast: Cast) -> None:
    for forged in ("", "x", "x" * 43, cast.actors[Role.PARENT].secret[::-1], "æ" * 43, "x" * 3000):
        browser = browser_of(app)
        browser.set_cookie(SESSION_NAME, forged)
        assert browser.get("/sager").status_code == 303


def test_the_page_of_before_works_after_signing_in_again(app: Flask, cast: Cast, services: Services) -> None:
    """As the page says: log in in another window, then press the button here."""
    actor = cast.actors[Role.PARENT]
    browser = browser_of(app, actor)
    token = token_on(browser)
    services.sessions.end_all(actor.owner)
    write = f"/sager/{cast.own_open}/svar/v"
    assert browser.post(write, data={"csrf_token": token}).status_code == 400
    again = Remembered(actor.owner, "mitid", "", services.clock(), own_cases=((cast.own_open, "mor"),))
    browser.set_cookie(SESSION_NAME, begin(services.sessions, again))
    assert browser.post(write, data={"csrf_token": token}).status_code == 200


def test_the_page_of_one_person_does_not_send_as_another(app: Flask, cast: Cast) -> None:
    browser = browser_of(app, cast.actors[Role.PARENT])
    token = token_on(browser)
    browser.set_cookie(SESSION_NAME, cast.actors[Role.CHILD].secret)
    response = browser.post(f"/sager/{cast.own_open}/svar/v", data={"csrf_token": token})
    assert response.status_code == 400
    assert "en anden er logget ind" in response.text


def test_a_token_may_come_in_a_header(app: Flask, cast: Cast) -> None:
    browser = browser_of(app, cast.actors[Role.PARENT])
    token = token_on(browser)
    write = f"/sager/{cast.own_open}/svar/v"
    assert browser.post(write, headers={"X-CSRF-Token": token}).status_code == 200
    assert browser.post(f"{write}?csrf_token={token}").status_code == 400


def test_too_often_is_told_with_how_long_to_wait(services: Services, cast: Cast, clock: MovableClock) -> None:
    limits = {**services.settings.limits, Pace.READING: Limit("reading", 3, timedelta(minutes=5))}
    app, _ = create_rooms(replace(services, settings=replace(services.settings, limits=limits)))
    browser = browser_of(app, cast.actors[Role.PARENT])
    assert [browser.get("/sager").status_code for _ in range(4)] == [200, 200, 200, 429]
    response = browser.get("/sager")
    assert response.headers["Retry-After"] == "300"
    assert "Vent 5 minutter" in words_of(response.text)
    assert browser_of(app, cast.actors[Role.CHILD]).get("/sager").status_code == 200
    clock.move(timedelta(minutes=5))
    assert browser.get("/sager").status_code == 200


def test_the_addresses_of_one_home_count_as_one(services: Services) -> None:
    limits = {**services.settings.limits, Pace.READING: Limit("reading", 2, timedelta(minutes=5))}
    app, _ = create_rooms(replace(services, settings=replace(services.settings, limits=limits)))
    browser = app.test_client()
    addresses = ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:2::77", "2001:db8:1:3::1", "192.0.2.1", "")
    answers = [browser.get("/", environ_base={"REMOTE_ADDR": one}).status_code for one in addresses]
    assert answers == [200, 200, 429, 200, 200, 200]


def test_style_and_icons_are_not_counted(services: Services) -> None:
    limits = {**services.settings.limits, Pace.READING: Limit("reading", 1, timedelta(minutes=5))}
    app, _ = create_rooms(replace(services, settings=replace(services.settings, limits=limits)))
    browser = app.test_client()
    assert {browser.get("/static/design/x/hjemmetilsyn/hjemmetilsyn.css").status_code for _ in range(5)} == {200}


def test_the_language_can_be_changed_when_signed_in(app: Flask, cast: Cast) -> None:
    browser = browser_of(app, cast.actors[Role.PARENT])
    sent = {"csrf_token": token_on(browser), "language": "en", "back": "/sager"}
    assert browser.post("/sprog", data=sent).status_code == 303
    assert browser.post("/sprog", data={**sent, "csrf_token": "00"}).status_code == 400


def test_cookies_over_https_are_host_cookies(services: Services, cast: Cast) -> None:
    app, _ = create_rooms(replace(services, settings=replace(services.settings, address="https://localhost")))
    cookie = app.test_client().get("/log-ind", base_url="https://localhost").headers["Set-Cookie"]
    assert cookie.startswith("__Host-hjemmetilsyn-maerke=")
    for wanted in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert wanted in cookie
    assert "Domain" not in cookie


def test_only_pages_with_forms_leave_a_mark(app: Flask) -> None:
    browser = app.test_client()
    assert "Set-Cookie" not in browser.get("/").headers
    assert browser.get("/log-ind").headers["Set-Cookie"].startswith(MARK_NAME)
    assert "Set-Cookie" not in browser.get("/log-ind").headers


def test_an_address_with_a_secret_stays_out_of_the_log(app: Flask) -> None:
    written = StringIO()
    handler = logging.StreamHandler(written)
    app.logger.addHandler(handler)
    try:
        assert app.test_client().get("/gaar-i-stykker/hemmeligt-link?x=hemmeligt").status_code == 500
    finally:
        app.logger.removeHandler(handler)
    assert "/gaar-i-stykker/<secret>" in written.getvalue()
    assert "hemmeligt" not in written.getvalue()


def test_a_mark_stays_with_a_method_of_an_object() -> None:
    class Pages:
        @open_to_all("for the test")
        def page(self) -> str:
            return "x"

    assert mark_of(Pages().page) == OpenToAll("for the test")
    assert mark_of(str) is None
