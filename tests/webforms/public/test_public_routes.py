"""Every address with every method: what is not in this table is refused, and every answer carries the headers."""

import pytest
from flask.testing import FlaskClient
from page_fakes import CASE, MAKE, Lasting, press

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUATSCH")
READS = {"GET", "HEAD"}
# endpoint: (the rule, an address of it, the methods it takes)
TABLE = {
    "public.front": ("/", "/", READS),
    "public.make": ("/demo/<case>/dokumenter", MAKE, {"POST"}),
    "public.file": ("/demo/<case>/<file_name>", f"/demo/{CASE}/manifest.json", READS),
    "public.check": ("/tjek", "/tjek", READS),
    "public.check_do": ("/tjek", "/tjek", {"POST"}),
    "public.icon": ("/favicon.ico", "/favicon.ico", READS),
    "public.alive": ("/healthz/livez", "/healthz/livez", READS),
    "public.ready": ("/healthz/readyz", "/healthz/readyz", READS),
    "public.static": ("/static/public/<path:filename>", "/static/public/first_page.css", READS),
}
ADDRESSES = [*(address for _, address, _ in TABLE.values()), "/findes-ikke", "/demo/ukendt/manifest.json"]
STATIC = ("/favicon.ico", "/static/public/first_page.css")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@pytest.fixture
def browser(lasting: Lasting) -> FlaskClient:
    return lasting.app.test_client()


def test_the_table_names_every_address_of_the_first_page_and_its_methods(lasting: Lasting) -> None:
    ours = (rule for rule in lasting.app.url_map.iter_rules() if rule.endpoint.startswith("public."))
    found = {rule.endpoint: (rule.rule, rule.methods) for rule in ours}
    assert found == {endpoint: (rule, methods) for endpoint, (rule, _, methods) in TABLE.items()}


@pytest.mark.parametrize("endpoint", TABLE)
def test_only_the_methods_in_the_table_are_answered(browser: FlaskClient, endpoint: str) -> None:
    _, address, allowed = TABLE[endpoint]
    press(browser)
    expected = dict.fromkeys(METHODS, 405) | dict.fromkeys(allowed, 200)
    if address == MAKE:
        expected |= {"POST": 400} | dict.fromkeys(READS, 404)  # no token; and no file of that name
    if address == "/tjek":
        expected |= {"POST": 400} | dict.fromkeys(READS, 200)  # two endpoints share it
    assert {method: browser.open(address, method=method).status_code for method in METHODS} == expected


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_headers(browser: FlaskClient, address: str) -> None:
    press(browser)
    for method in METHODS:
        response = browser.open(address, method=method)
        assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
        assert "camera=()" in response.headers["Permissions-Policy"]
        assert "Strict-Transport-Security" not in response.headers
        may_be_kept = response.status_code == 200 and address in STATIC
        assert response.headers["Cache-Control"] == ("no-cache" if may_be_kept else "no-store")


def test_over_https_browsers_are_told_to_stay_there(browser: FlaskClient) -> None:
    response = browser.get("/", base_url="https://localhost")
    assert response.headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser: FlaskClient) -> None:
    cookie = browser.get("/").headers["Set-Cookie"]
    assert cookie.startswith("hjemmetilsyn-maerke-demo=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie  # who comes back from MitID must still have it


@pytest.mark.parametrize("address", ["/healthz/livez", "/healthz/readyz", f"/demo/{CASE}/manifest.json", "/nej"])
def test_only_the_page_with_the_buttons_sets_a_cookie(browser: FlaskClient, address: str) -> None:
    assert "Set-Cookie" not in browser.get(address).headers


@pytest.mark.parametrize("host", ["localhost", "localhost:5000", "127.0.0.1", "127.0.0.1:8080"])
def test_the_machine_answers_to_its_own_names(browser: FlaskClient, host: str) -> None:
    assert browser.get("/healthz/livez", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "a b", ""])
def test_a_foreign_host_name_is_refused_in_danish(browser: FlaskClient, host: str) -> None:
    response = browser.get("/", headers={"Host": host})
    assert response.status_code == 400
    assert "Adressen kan ikke bruges" in response.text
    assert 'href="/">' not in response.text
    assert response.headers["X-Content-Type-Options"] == "nosniff"
