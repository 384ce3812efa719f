"""What is refused or fails: in Danish, with what to do next, nothing made, and nothing of the inside told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from page_fakes import CASE, MAKE, FakeWorkshop, Lasting, SpoilsAfterwards, check, is_a_danish_page, press, token_on
from werkzeug.test import TestResponse

from pipeline.errors import AnswersError, DefinitionError, StepFailed, TemplateError, TilsynError
from webforms.app import create_app
from webforms.public.demo_room import DemoRoom
from webforms.settings import Settings, read_settings
from webforms.wiring import page_services


@pytest.mark.parametrize(
    "send",
    [
        lambda browser: browser.post(MAKE),
        lambda browser: press(browser, sent=""),
        lambda browser: press(browser, sent="##"),
        lambda browser: press(browser, sent="20991231235959##" + "0" * 40),
        lambda browser: press(browser, sent="æøå"),
        lambda browser: browser.post(MAKE, json={"csrf_token": token_on(browser)}),
        lambda browser: browser.post(f"{MAKE}?csrf_token={token_on(browser)}"),
        lambda browser: press(browser, headers={"Origin": "https://evil.example"}),
        lambda browser: press(browser, headers={"Origin": "http://localhost:3000"}),
        lambda browser: press(browser, headers={"Origin": "https://localhost"}),
        lambda browser: press(browser, headers={"Sec-Fetch-Site": "cross-site"}),
        lambda browser: press(browser, headers={"Sec-Fetch-Site": "same-site"}),
        lambda browser: press(browser, headers={"Sec-Fetch-Site": "none"}),
        lambda browser: press(browser, headers={"Origin": "null", "Sec-Fetch-Site": "cross-site"}),
    ],
)
def test_a_post_that_is_not_from_our_page_makes_nothing(
    lasting: Lasting, send: Callable[[FlaskClient], TestResponse]
) -> None:
    lasting.workshop.made.clear()
    response = send(lasting.app.test_client())
    assert response.status_code == 400
    assert is_a_danish_page(response)
    assert "Tryk på knappen igen" in response.text
    assert lasting.workshop.made == []


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "http://localhost"}, {"Origin": "null", "Sec-Fetch-Site": "same-origin"}]
)
def test_a_post_from_our_page_is_accepted(
    browser: FlaskClient, workshop: FakeWorkshop, headers: dict[str, str]
) -> None:
    assert press(browser, headers=headers).status_code == 303
    assert workshop.made == ["DEMO-0101"]


COOKIE = "hjemmetilsyn-maerke-demo"


def test_a_token_is_of_no_use_without_the_cookie_it_came_with(
    app: Flask, browser: FlaskClient, workshop: FakeWorkshop
) -> None:
    stolen = token_on(browser)
    stranger = app.test_client()
    assert press(stranger, sent=stolen).status_code == 400
    token_on(stranger)
    assert press(stranger, sent=stolen).status_code == 400
    assert workshop.made == []


def test_a_token_outlasts_a_restart_so_that_nothing_typed_is_lost(
    app: Flask, settings: Settings, room: DemoRoom, browser: FlaskClient, workshop: FakeWorkshop
) -> None:
    old_token, mark = token_on(browser), browser.get_cookie(COOKIE)
    assert mark is not None
    with page_services(settings) as services:
        restarted = create_app(settings, services, room).test_client()
        restarted.set_cookie(COOKIE, mark.value)
        assert press(restarted, sent=old_token).status_code == 303
    assert workshop.made


def test_a_token_of_another_installation_is_refused(
    tmp_path: Path, browser: FlaskClient, room: DemoRoom, workshop: FakeWorkshop
) -> None:
    old_token, mark = token_on(browser), browser.get_cookie(COOKIE)
    assert mark is not None
    other = read_settings({"HJEMMETILSYN_HOME": str(tmp_path / "other")})
    with page_services(other) as services:
        elsewhere = create_app(other, services, room).test_client()
        elsewhere.set_cookie(COOKIE, mark.value)
        assert press(elsewhere, sent=old_token).status_code == 400
    assert workshop.made == []


def test_no_get_makes_anything(app: Flask, browser: FlaskClient, workshop: FakeWorkshop) -> None:
    for rule in app.url_map.iter_rules():
        values = dict.fromkeys(rule.arguments, "ukendt") | {"case": CASE, "file_name": "dokumenter"}
        browser.get(rule.rule.replace("path:", "").replace("<", "{").replace(">", "}").format_map(values))
    assert workshop.made == []


@pytest.mark.parametrize(
    "address",
    [
        "/demo/ukendt/dokumenter",
        "/demo/../dokumenter",
        "/demo/..%2fcp_skole_2/dokumenter",
        "/demo/sample_cp_skole_2/dokumenter",
        "/demo/cp_skole_2.json/dokumenter",
        "/demo/*/dokumenter",
        "/demo/%00/dokumenter",
    ],
)
def test_an_unknown_case_is_not_made(lasting: Lasting, address: str) -> None:
    lasting.workshop.made.clear()
    response = press(lasting.app.test_client(), address)
    assert response.status_code in (404, 405)
    assert is_a_danish_page(response)
    assert lasting.workshop.made == []


@pytest.mark.parametrize(
    "path",
    [
        f"{CASE}/hemmelig.txt",
        f"{CASE}/.undervejs-x",
        f"{CASE}/../hemmelig.txt",
        f"{CASE}/..%2fhemmelig.txt",
        f"{CASE}/%2e%2e%2fhemmelig.txt",
        f"{CASE}/..%5chemmelig.txt",
        f"{CASE}/....//hemmelig.txt",
        f"{CASE}//etc/passwd",
        f"{CASE}/%2fetc%2fpasswd",
        f"{CASE}/manifest.json%00.pdf",
        f"{CASE}/manifest.json/",
        f"{CASE}/MANIFEST.JSON",
        f"{CASE}/tilsynsrapport.pdf%20",
        "../hemmelig.txt",
        "..%2f..%2fhemmelig.txt",
        "..;/hemmelig.txt",
        "./hemmelig.txt",
        ".%2fcp_skole_2/manifest.json",
        "%2e/manifest.json",
        "~/manifest.json",
    ],
)
def test_only_the_five_known_names_are_handed_out(lasting: Lasting, path: str) -> None:
    browser, home = lasting.app.test_client(), lasting.settings.home
    press(browser)
    for folder in (home, home / "demo", home / "demo" / CASE):
        (folder / "hemmelig.txt").write_text("hemmelig", encoding="utf-8")
    response = browser.get(f"/demo/{path}")
    assert response.status_code == 404
    assert is_a_danish_page(response)
    assert "hemmelig" not in response.text


def test_too_large_a_form_is_refused(browser: FlaskClient, workshop: FakeWorkshop) -> None:
    for data in ({"csrf_token": "x" * 3_000_000}, {"csrf_token": token_on(browser), "more": "x" * 3_000_000}):
        response = browser.post(MAKE, data=data)
        assert response.status_code == 413
        assert is_a_danish_page(response)
    assert workshop.made == []


@pytest.mark.parametrize(
    ("error", "status", "retry"),
    [
        (StepFailed("LibreOffice gik i stå. Prøv igen om lidt."), 503, "10"),
        (StepFailed("Det her dokument kan ikke omdannes. Ret det.", permanent=True), 503, None),
        (TemplateError("Skabelonen blev afvist:\nFeltet <b> findes ikke. Ret det."), 422, None),
        (AnswersError("Rapporten kan ikke laves endnu. Det her mangler:\n- Afsnit (o): begrundelsen"), 422, None),
        (DefinitionError("2018/edition.toml, linje 3: title mangler."), 422, None),
    ],
)
def test_a_failure_says_what_to_do_next(
    browser: FlaskClient, workshop: FakeWorkshop, error: TilsynError, status: int, retry: str | None
) -> None:
    workshop.fails_with = error
    response = press(browser)
    assert response.status_code == status
    assert response.headers.get("Retry-After") == retry
    assert is_a_danish_page(response)
    assert "Dokumenterne blev ikke lavet" in response.text
    assert str(error).replace("<b>", "&lt;b&gt;") in response.text
    assert 'href="/demo/' not in browser.get("/").text


def test_nothing_half_made_is_linked_or_handed_out(settings: Settings) -> None:
    spoils = SpoilsAfterwards(StepFailed("Disken er fuld. Gør plads, og prøv igen."))
    with DemoRoom(settings, spoils, check) as room, page_services(settings) as services:
        browser = create_app(settings, services, room).test_client()
        assert press(browser).status_code == 503
        assert 'href="/demo/' not in browser.get("/").text
        assert browser.get(f"/demo/{CASE}/tilsynsrapport.pdf").status_code == 404


def test_a_fault_of_our_own_tells_nothing_of_the_inside(browser: FlaskClient, workshop: FakeWorkshop) -> None:
    workshop.fails_with = RuntimeError("hemmelig /srv/hemmelig/secret.py")
    response = press(browser)
    assert response.status_code == 500
    assert is_a_danish_page(response)
    assert "hemmelig" not in response.text
    assert "Der er sket en fejl i systemet" in response.text
    workshop.fails_with = None
    assert press(browser).status_code == 303


def test_what_was_made_before_stays_when_a_new_try_fails(browser: FlaskClient, workshop: FakeWorkshop) -> None:
    press(browser)
    workshop.fails_with = StepFailed("Prøv igen.")
    assert press(browser).status_code == 503
    assert browser.get(f"/demo/{CASE}/manifest.json").status_code == 200
