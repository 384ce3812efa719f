"""Every lie of a provider or a browser leads to a Danish page, and nobody is signed in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from joserfc.jwk import RSAKey
from movable_clock import MovableClock
from oidc_way import EMPLOYEES, MITID, Way
from own_provider import (
    Lies,
)
from provider_lies import LIES

from webforms.identity.oidc_faults import Fault, SignInRefused


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
