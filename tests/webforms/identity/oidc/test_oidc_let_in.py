"""The honest way through a provider leads in, and only whom the municipality knows."""

from dataclasses import replace
from datetime import date

import pytest
from access_cast import Cast
from case_rooms import create_rooms
from movable_clock import MovableClock
from oidc_way import EMPLOYEES, OverHttps, Way, employed
from own_provider import (
    OwnProvider,
)

from pipeline.cases.record.events import PersonRecorded, StandingBegun
from pipeline.cases.record.people import CasePerson, Place, Standing
from pipeline.store.employees import Employee
from pipeline.store.opening import Store
from webforms.identity.oidc_provider import ClaimNames, OidcProvider
from webforms.identity.services import Services
from webforms.identity.settings import IdentitySettings


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
    employed(way, active=False)
    response = way.go(EMPLOYEES)
    assert "Du er ikke oprettet endnu" in way.browser.get(response.headers["Location"]).text
    assert not way.is_signed_in()


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
    app.test_client_class = OverHttps
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
    app.test_client_class = OverHttps
    way = Way(app, app.test_client(), provider, store)
    subject = employed(way)
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
