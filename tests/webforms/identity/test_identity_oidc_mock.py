"""The whole way at a provider that is not ours (oidc-provider-mock), by both doors and out again."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from access_cast import MOTHER_CPR, make_cast
from case_rooms import create_rooms
from fixtures.quick_folder import quick_folder
from flask.testing import FlaskClient

from pipeline.store.employees import Employee
from pipeline.store.opening import Places, Store, open_store
from webforms.identity.oidc_provider import ClaimNames, OidcProvider
from webforms.identity.services import Services
from webforms.identity.settings import IdentitySettings

HTTPS = "https://localhost"
MOTHER, WORKER, STRANGER = "opdigtet-mor", "opdigtet-sagsbehandler", "opdigtet-fremmed"
SECONDS_TO_START = 60


def user(subject: str, **claims: str) -> list[str]:
    return ["--user-claims", json.dumps({"sub": subject, **claims})]


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    users = (
        *user(MOTHER, cprNumberIdentifier=MOTHER_CPR, loa="substantial"),
        *user(WORKER),
        *user(STRANGER, cprNumberIdentifier="0101996009", loa="substantial"),
    )
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "-r", "-n", *users]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ))
    issuer = f"http://127.0.0.1:{port}"
    _wait_for(issuer, server)
    yield issuer
    server.send_signal(signal.SIGTERM)
    server.wait(SECONDS_TO_START)


def _wait_for(issuer: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        assert server.poll() is None
        try:
            requests.get(f"{issuer}/.well-known/openid-configuration", timeout=5).raise_for_status()
            return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise TimeoutError("the provider did not start")


@dataclass
class Visit:
    """A person with a browser."""

    browser: FlaskClient
    store: Store
    own_case: str

    def sign_in(self, door: str, subject: str) -> str:
        """Go to the provider, choose somebody, come back; returns where one is sent then."""
        address = self.browser.get(f"/log-ind/{door}", base_url=HTTPS).headers["Location"]
        chosen = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=30)
        assert chosen.status_code == 302
        back = urlsplit(chosen.headers["Location"])
        assert back.path == f"/log-ind/{door}/tilbage"
        return self.browser.get(f"{back.path}?{back.query}", base_url=HTTPS).headers["Location"]


@pytest.fixture(scope="module")
def visit_of_store(issuer: str) -> Iterator[tuple[Store, IdentitySettings, str]]:
    """With the real time: the provider has no clock that could be moved."""
    with quick_folder("tilsyn-oidc-") as folder:
        store = open_store(Places.in_home(folder / "home"))
        citizens = _registered(
            issuer, "mitid", ClaimNames(cpr="cprNumberIdentifier", assurance="loa"), ("substantial",)
        )
        employees = _registered(issuer, "medarbejder", ClaimNames(), ())
        settings = IdentitySettings(HTTPS, "Eksempel Kommune", "12 34 56 78", employees=employees, citizens=citizens)
        cast = make_cast(store, Services.of(store, settings))
        store.employees.add(
            Employee((issuer, WORKER), "Opdigtet Ansat", teams=("nord",), roles=("caseworker",)), "system"
        )
        yield store, settings, cast.own_open
        store.close()


def _registered(issuer: str, door: str, claims: ClaimNames, levels: tuple[str, ...]) -> OidcProvider:
    told = {"redirect_uris": [f"{HTTPS}/log-ind/{door}/tilbage"]}
    client = requests.post(f"{issuer}/oauth2/clients", json=told, timeout=30).json()
    return OidcProvider(issuer, client["client_id"], client["client_secret"], claims=claims, accepted_levels=levels)


@pytest.fixture
def visit(visit_of_store: tuple[Store, IdentitySettings, str]) -> Visit:
    store, settings, own_case = visit_of_store
    app, _ = create_rooms(Services.of(store, settings))
    return Visit(app.test_client(), store, own_case)


def test_a_parent_signs_in_and_sees_the_own_case(visit: Visit) -> None:
    assert visit.sign_in("mitid", MOTHER) == "/"
    assert "parent" in visit.browser.get(f"/sager/{visit.own_case}", base_url=HTTPS).text


def test_an_employee_signs_in_and_sees_the_teams_cases(visit: Visit) -> None:
    assert visit.sign_in("medarbejder", WORKER) == "/"
    assert "caseworker" in visit.browser.get(f"/sager/{visit.own_case}", base_url=HTTPS).text


def test_a_stranger_sees_nothing(visit: Visit) -> None:
    assert visit.sign_in("mitid", STRANGER) == "/log-ind/ukendt?fra=mitid"
    assert visit.browser.get(f"/sager/{visit.own_case}", base_url=HTTPS).status_code == 303
    assert visit.sign_in("medarbejder", STRANGER) == "/log-ind/ukendt?fra=medarbejder"


def test_signing_out_ends_the_session_and_leads_on_to_the_provider(visit: Visit) -> None:
    visit.sign_in("mitid", MOTHER)
    secret = visit.browser.get_cookie("__Host-hjemmetilsyn")
    page = visit.browser.get("/log-ind", base_url=HTTPS).text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    out = visit.browser.post("/log-ud", data={"csrf_token": token}, base_url=HTTPS)
    assert (out.status_code, out.headers["Location"]) == (303, "/logget-ud?fra=mitid")
    page = visit.browser.get(out.headers["Location"], base_url=HTTPS).text
    assert "Log også ud af MitID" in page
    assert "/oauth2/end_session?client_id=" in page
    assert secret
    visit.browser.set_cookie("__Host-hjemmetilsyn", secret.value, secure=True)
    assert visit.browser.get(f"/sager/{visit.own_case}", base_url=HTTPS).status_code == 303


def test_the_provider_is_told_no_more_than_it_must_be(visit: Visit) -> None:
    address = visit.browser.get("/log-ind/mitid", base_url=HTTPS).headers["Location"]
    names = {
        "client_id",
        "code_challenge",
        "code_challenge_method",
        "nonce",
        "redirect_uri",
        "response_type",
        "scope",
        "state",
    }
    assert set(parse_qs(urlsplit(address).query)) == names
