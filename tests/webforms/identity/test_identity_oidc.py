"""Signing in at a provider: the honest way leads in, and every lie leads to a Danish page and nobody signed in."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from access_cast import AT, Cast, make_cast
from case_rooms import DEMO, create_rooms
from fixtures.quick_folder import quick_folder
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from movable_clock import MovableClock
from own_provider import (
    Lies,
    OwnProvider,
    served,
)
from provider_lies import LIES
from werkzeug.test import TestResponse

from pipeline.cases.record.events import PersonRecorded, StandingBegun
from pipeline.cases.record.people import CasePerson, Place, Standing
from pipeline.errors import TilsynError
from pipeline.store.employees import Employee
from pipeline.store.opening import Places, Store, open_store
from webforms.identity.oidc import OidcClient
from webforms.identity.oidc_faults import Fault, SignInRefused
from webforms.identity.oidc_provider import ClaimNames, OidcProvider, is_protected
from webforms.identity.services import Services
from webforms.identity.settings import IdentitySettings

CITIZEN_CLAIMS = ClaimNames(cpr="cprNumberIdentifier")
MITID, EMPLOYEES = "/log-ind/mitid", "/log-ind/medarbejder"
NOT_TRUSTED = "Svaret fra login kunne ikke godkendes"


@dataclass
class Way:
    """An application, a browser at it, and the provider that it signs in at."""

    app: Flask
    browser: FlaskClient
    provider: OwnProvider
    store: Store

    def leave(self, door: str = MITID) -> str:
        response = self.browser.get(door)
        assert response.status_code == 303
        return response.headers["Location"]

    def come_back(self, answer: dict[str, str], door: str = MITID) -> TestResponse:
        return self.browser.get(f"{door}/tilbage", query_string=answer)

    def go(self, door: str = MITID) -> TestResponse:
        return self.come_back(self.provider.authorize(self.leave(door)), door)

    def is_signed_in(self) -> bool:
        return self.browser.get("/sager").status_code == 200

    def told(self) -> str:
        return [entry.outcome for entry in self.store.audit.entries() if entry.action == "session.begin"][-1]


@pytest.fixture(scope="module")
def clock() -> MovableClock:
    return MovableClock(AT)


@pytest.fixture(scope="module")
def store(clock: MovableClock) -> Iterator[Store]:
    """One for all tests here: each brings a browser of its own, and employees of its own."""
    with quick_folder("tilsyn-oidc-") as folder:
        store = open_store(Places.in_home(folder / "home"), clock)
        yield store
        store.close()


@pytest.fixture(scope="module")
def cast(store: Store, clock: MovableClock) -> Cast:
    return make_cast(store, Services.of(store, DEMO, clock))


@pytest.fixture(scope="module")
def listening(clock: MovableClock) -> Iterator[OwnProvider]:
    with served(OwnProvider(clock)) as provider:
        yield provider


@pytest.fixture
def provider(listening: OwnProvider, clock: MovableClock) -> OwnProvider:
    # So many sign-ins would else be too many from one address.
    clock.move(timedelta(minutes=10))
    listening.lies, listening.times_keys_were_asked_for = Lies(), 0
    return listening


@pytest.fixture
def citizens(provider: OwnProvider) -> OidcProvider:
    return OidcProvider(
        provider.issuer,
        "hjemmetilsyn",
        "en hemmelighed",
        scopes=("openid", "ssn"),
        claims=CITIZEN_CLAIMS,
        accepted_levels=("substantial", "high"),
        algorithms=("RS256",),
        request={"acr_values": "substantial"},
    )


@pytest.fixture
def settings(citizens: OidcProvider) -> IdentitySettings:
    employees = replace(citizens, claims=ClaimNames(), accepted_levels=(), client_id="medarbejdere")
    return IdentitySettings(
        "https://localhost", "Eksempel Kommune", "12 34 56 78", employees=employees, citizens=citizens
    )


@pytest.fixture
def way(store: Store, settings: IdentitySettings, clock: MovableClock, provider: OwnProvider, cast: Cast) -> Way:
    app, _ = create_rooms(Services.of(store, settings, clock))
    app.test_client_class = _OverHttps
    return Way(app, app.test_client(), provider, store)


class _OverHttps(FlaskClient):
    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("base_url", "https://localhost")
        return super().open(*args, **kwargs)


def test_a_parent_is_let_in_by_the_cpr_number(way: Way, cast: Cast) -> None:
    response = way.go()
    assert (response.status_code, response.headers["Location"]) == (303, "/")
    assert way.browser.get(f"/sager/{cast.own_open}").text.startswith("DEMO-own-open parent own_case")
    assert way.browser.get(f"/sager/{cast.foreign_open}").status_code == 404
    assert way.told() == "ok:mitid"


def test_the_way_out_carries_pkce_state_and_nonce(way: Way) -> None:
    way.go()
    asked = way.provider.asked
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "https://localhost/log-ind/mitid/tilbage"
    assert (asked["scope"], asked["acr_values"]) == ("openid ssn", "substantial")
    lengths = [len(asked[name]) for name in ("state", "nonce", "code_challenge")]
    assert lengths == [43, 43, 43]
    way.browser.get("/log-ind")
    again = way.provider.authorize(way.leave())
    assert again["state"] != asked["state"]


def test_an_employee_is_let_in_by_issuer_and_subject(way: Way, store: Store) -> None:
    known = Employee(
        (way.provider.issuer, "opdigtet-subjekt"), "Opdigtet Ansat", teams=("nord",), roles=("caseworker",)
    )
    store.employees.add(known, "system")
    assert way.go(EMPLOYEES).headers["Location"] == "/"
    assert way.browser.get("/sager").text.endswith("own_team")


def test_the_first_wish_is_kept_on_the_way(way: Way, cast: Cast) -> None:
    wanted = f"/sager/{cast.own_open}"
    response = way.browser.get(wanted)
    assert (response.status_code, response.headers["Location"]) == (303, f"/log-ind?til={wanted}")
    page = way.browser.get(response.headers["Location"]).text
    assert f'href="/log-ind/mitid?til={wanted}"' in page
    address = way.browser.get(f"/log-ind/mitid?til={wanted}").headers["Location"]
    assert way.come_back(way.provider.authorize(address)).headers["Location"] == wanted


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "evil"]
)
def test_nobody_is_sent_to_another_site_after_the_sign_in(way: Way, elsewhere: str) -> None:
    address = way.browser.get("/log-ind/mitid", query_string={"til": elsewhere}).headers["Location"]
    assert way.come_back(way.provider.authorize(address)).headers["Location"] == "/"


@pytest.mark.parametrize("cpr", ["0101990000", "ikke et nummer", "0101166003x"])
def test_a_stranger_with_a_good_mitid_sees_whom_to_call_and_nothing_else(way: Way, cpr: str) -> None:
    way.provider.lies.claims = {"cprNumberIdentifier": cpr}
    response = way.go()
    assert response.headers["Location"] == "/log-ind/ukendt?fra=mitid"
    page = way.browser.get(response.headers["Location"]).text
    assert "Vi fandt ingen sag" in page
    assert "12 34 56 78" in page
    assert cpr not in page
    assert not way.is_signed_in()
    assert way.told() == "refused:not_known"


def test_a_sibling_uses_nothing(way: Way, store: Store, cast: Cast) -> None:
    brother = CasePerson("bror", "Bror Opdigtsen", "0103176005")
    standing = Standing("s-bror", "bror", Place.SIBLING, date(2026, 1, 1))
    store.cases.append(cast.own_open, [PersonRecorded(brother), StandingBegun(standing)], "system", "people.change")
    way.provider.lies.claims = {"cprNumberIdentifier": brother.cpr}
    assert way.go().headers["Location"] == "/log-ind/ukendt?fra=mitid"


def test_an_employee_who_has_left_is_a_stranger(way: Way) -> None:
    _employed(way, active=False)
    response = way.go(EMPLOYEES)
    assert "Du er ikke oprettet endnu" in way.browser.get(response.headers["Location"]).text
    assert not way.is_signed_in()


def _employed(way: Way, *, active: bool = True) -> str:
    """Employ a new caseworker, whose subject the provider will name."""
    subject = secrets.token_hex(4)
    known = Employee((way.provider.issuer, subject), "Opdigtet Ansat", "", "", "", ("nord",), ("caseworker",), active)
    way.store.employees.add(known, "system")
    way.provider.lies.claims = {"sub": subject}
    return subject


@pytest.mark.parametrize(("lies", "fault"), [pytest.param(lies, fault, id=name) for name, lies, fault in LIES])
def test_a_lie_lets_nobody_in(way: Way, lies: Lies, fault: Fault) -> None:
    way.provider.lies = lies
    response = way.go()
    assert way.told() == f"refused:{fault}"
    assert response.status_code == (503 if fault is Fault.NO_ANSWER else 400)
    assert "Du er ikke logget ind" in response.text
    assert str(SignInRefused(fault)).split(".")[0] in response.text
    assert not [inside for inside in ("Traceback", "joserfc", "cpr", "0102856002") if inside in response.text]
    assert not way.is_signed_in()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda answer: {**answer, "state": "x" * 43}, Fault.STATE),
        (lambda answer: {"code": answer["code"]}, Fault.STATE),
        (lambda answer: {**answer, "state": "æ"}, Fault.STATE),
        (lambda answer: {**answer, "iss": "https://evil.example"}, Fault.ISSUER),
        (lambda answer: {"state": answer["state"]}, Fault.CANCELLED),
        (lambda answer: {"state": answer["state"], "error": "access_denied"}, Fault.CANCELLED),
        (lambda answer: {**answer, "code": "gættet"}, Fault.TOKEN),
    ],
)
def test_what_the_browser_brings_back_must_be_what_it_set_out_with(
    way: Way, change: Callable[[dict[str, str]], dict[str, str]], fault: Fault
) -> None:
    way.come_back(change(way.provider.authorize(way.leave())))
    assert way.told() == f"refused:{fault}"
    assert not way.is_signed_in()


def test_an_answer_is_good_once(way: Way) -> None:
    answer = way.provider.authorize(way.leave())
    assert way.come_back(answer).headers["Location"] == "/"
    way.browser.delete_cookie("__Host-hjemmetilsyn")
    assert way.come_back(answer).status_code == 400
    assert way.told() == "refused:wrong_state"
    assert not way.is_signed_in()


def test_another_browser_cannot_bring_the_answer_back(way: Way) -> None:
    answer = way.provider.authorize(way.leave())
    way.browser = way.app.test_client()
    assert way.come_back(answer).status_code == 400
    assert not way.is_signed_in()


def test_an_answer_to_one_door_does_not_open_the_other(way: Way) -> None:
    assert way.come_back(way.provider.authorize(way.leave(MITID)), EMPLOYEES).status_code == 400
    assert way.told() == "refused:wrong_state"


def test_who_takes_too_long_starts_again(way: Way, clock: MovableClock) -> None:
    answer = way.provider.authorize(way.leave())
    clock.move(timedelta(minutes=10))
    assert way.come_back(answer).status_code == 400
    assert way.told() == "refused:wrong_state"


def test_clocks_may_differ_by_two_minutes(way: Way, clock: MovableClock) -> None:
    way.provider.lies.claims = {"exp": int(clock().timestamp()) - 119}
    assert way.go().headers["Location"] == "/"
    way.provider.lies.claims = {"exp": int(clock().timestamp()) - 120}
    assert way.go().status_code == 400


@pytest.mark.parametrize(
    ("metadata", "fault"),
    [
        ({"issuer": "https://evil.example"}, Fault.ISSUER),
        ({"issuer": None}, Fault.ISSUER),
        ({"authorization_endpoint": "http://evil.example/authorize"}, Fault.PROVIDER),
        ({"authorization_endpoint": None}, Fault.PROVIDER),
    ],
)
def test_nobody_is_sent_to_a_provider_that_is_not_ours(way: Way, metadata: dict[str, Any], fault: Fault) -> None:
    way.provider.lies.metadata = metadata
    response = way.browser.get(MITID)
    assert response.status_code == (503 if fault is Fault.PROVIDER else 400)
    assert str(SignInRefused(fault)).split(".")[0] in response.text


def test_a_provider_that_says_it_names_itself_must(way: Way) -> None:
    way.provider.lies.metadata = {"authorization_response_iss_parameter_supported": True}
    answer = way.provider.authorize(way.leave())
    assert way.come_back(answer).status_code == 400
    assert way.told() == "refused:wrong_issuer"
    answer = way.provider.authorize(way.leave())
    assert way.come_back({**answer, "iss": way.provider.issuer}).headers["Location"] == "/"


def test_a_newer_key_is_fetched_but_not_at_every_lie(way: Way, clock: MovableClock) -> None:
    assert way.go().headers["Location"] == "/"
    old, way.provider.key = way.provider.key, RSAKey.generate_key(2048, {"kid": "anden", "use": "sig"}, auto_kid=False)
    try:
        assert way.go().status_code == 400
        clock.move(timedelta(minutes=1))
        assert way.go().headers["Location"] == "/"
        assert way.provider.times_keys_were_asked_for == 2
    finally:
        way.provider.key = old


def test_claims_may_stand_at_the_userinfo_address(
    store: Store,
    settings: IdentitySettings,
    citizens: OidcProvider,
    clock: MovableClock,
    provider: OwnProvider,
    cast: Cast,
) -> None:
    told = replace(citizens, claims=ClaimNames(cpr="mitid.cpr"), from_userinfo=True)
    app, _ = create_rooms(Services.of(store, replace(settings, citizens=told), clock))
    app.test_client_class = _OverHttps
    way = Way(app, app.test_client(), provider, store)
    provider.lies.userinfo = {"sub": "opdigtet-subjekt", "mitid": {"cpr": "0102856002"}, "acr": "low"}
    assert way.go().headers["Location"] == "/"
    provider.lies.userinfo = {"sub": "en-anden", "mitid": {"cpr": "0102856002"}}
    assert way.go().status_code == 400


def test_an_employees_role_must_be_vouched_for_where_groups_are_asked_for(
    store: Store, settings: IdentitySettings, clock: MovableClock, provider: OwnProvider, cast: Cast
) -> None:
    assert settings.employees
    groups = {"GRP-SAGSBEH": "caseworker", "GRP-LEDER": "manager"}
    told = replace(settings.employees, claims=ClaimNames(groups="groups"), role_of_group=groups)
    app, _ = create_rooms(Services.of(store, replace(settings, employees=told), clock))
    app.test_client_class = _OverHttps
    way = Way(app, app.test_client(), provider, store)
    subject = _employed(way)
    for claimed, status in ((["GRP-SAGSBEH", "andet"], 200), (["GRP-LEDER"], 403), (None, 403), ("GRP-SAGSBEH", 200)):
        provider.lies.claims = {"sub": subject, "groups": claimed}
        assert way.go(EMPLOYEES).headers["Location"] == "/"
        assert way.browser.get("/sager").status_code == status


def test_neither_number_nor_token_is_kept(way: Way, store: Store, caplog: pytest.LogCaptureFixture) -> None:
    way.go()
    way.provider.lies.claims = {"acr": "low"}
    way.go()
    assert "0102856002" not in caplog.text
    home = store.database.file
    assert home
    for file in home.parent.rglob("*"):
        assert not file.is_file() or b"0102856002" not in file.read_bytes()


def test_a_refused_sign_in_says_nothing_of_the_person(
    provider: OwnProvider, citizens: OidcProvider, clock: MovableClock
) -> None:
    client = OidcClient(citizens, clock)
    address, start = client.set_out("https://localhost/tilbage")
    proven = client.come_back(start, "https://localhost/tilbage", provider.authorize(address))
    assert "0102856002" not in repr(proven)
    assert "hemmelighed" not in repr(citizens)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"issuer": "http://login.example"}, "https://"),
        ({"algorithms": ("none",)}, "algoritmer"),
        ({"algorithms": ("RS256", "HS256")}, "algoritmer"),
        ({"algorithms": ()}, "algoritmer"),
        ({"scopes": ("profile",)}, "openid"),
        ({"accepted_levels": ()}, "hvor sikkert"),
    ],
)
def test_a_provider_that_is_set_up_unsafely_is_refused(
    citizens: OidcProvider, change: dict[str, Any], words: str
) -> None:
    with pytest.raises(TilsynError, match=words):
        replace(citizens, **change)


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://login.example", True),
        ("http://localhost:9400", True),
        ("http://[::1]:9400", True),
        ("http://login.example", False),
        ("http://localhost.evil.example", False),
        ("ftp://localhost", False),
        ("https://", False),
        ("", False),
    ],
)
def test_only_what_nobody_can_read_on_the_way_is_protected(address: str, good: bool) -> None:
    assert is_protected(address) is good
