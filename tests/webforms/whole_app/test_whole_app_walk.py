"""The application as a municipality runs it: every address as everybody, nothing forged, nothing changed by looking."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from access_cast import Cast, make_cast
from access_walk import AccessWalk
from flask import Flask

from webforms.app import create_app
from webforms.identity.guard import guard_of
from webforms.public.demo_room import DemoRoom
from webforms.services import Services
from webforms.settings import Settings, read_settings
from webforms.wiring import page_services

HEADERS = ("Content-Security-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy")
PARTS = 4
# Style and icons are the same for everybody and may be kept.
MAY_BE_KEPT = ("design.static", "public.static", "public.icon")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return read_settings({"HJEMMETILSYN_HOME": str(tmp_path_factory.mktemp("home"))})


@pytest.fixture(scope="module")
def services(settings: Settings) -> Iterator[Services]:
    """Limits so wide that a walk is not taken for an attack."""
    with page_services(settings) as services:
        usual = services.identity.settings
        wide = {pace: replace(limit, times=10**6, lease=10**5) for pace, limit in usual.limits.items()}
        yield replace(services, identity=replace(services.identity, settings=replace(usual, limits=wide)))


@pytest.fixture(scope="module")
def cast(services: Services) -> Cast:
    return make_cast(services.store, services.identity)


@pytest.fixture(scope="module")
def app(settings: Settings, services: Services, cast: Cast) -> Iterator[Flask]:
    with DemoRoom.of(settings) as demo:
        yield create_app(settings, services, demo)


@pytest.fixture(scope="module")
def walk(app: Flask, cast: Cast) -> AccessWalk:
    return AccessWalk(app, guard_of(app), cast, {"visit": "besoeg-1", "section": "a"})


@pytest.mark.parametrize("begin", range(PARTS))
@pytest.mark.parametrize("untaken_by_all", [False, pytest.param(True, marks=pytest.mark.campaign)])
def test_only_what_the_table_allows_reaches_a_page(
    walk: AccessWalk, services: Services, begin: int, untaken_by_all: bool
) -> None:
    part = slice(begin, None, PARTS)
    assert walk.places()[part]
    assert list(walk.access(lambda: services.store.audit.head().seq, part, untaken_by_all=untaken_by_all)) == []


def test_nothing_can_be_set_going_from_another_site(walk: AccessWalk) -> None:
    assert list(walk.forged_posts()) == []


def test_a_get_changes_nothing_but_session_and_audit_log(walk: AccessWalk, services: Services) -> None:
    assert list(walk.gets_that_change_something(services.store)) == []


def test_every_answer_carries_the_headers_and_stays_out_of_caches(walk: AccessWalk) -> None:
    for step, response in walk.answers():
        assert response.headers["X-Content-Type-Options"] == "nosniff", step
        assert response.headers["Referrer-Policy"] == "no-referrer", step
        assert [name for name in HEADERS if name not in response.headers] == [], step
        assert response.headers["Cache-Control"] == "no-store" or step.endpoint in MAY_BE_KEPT, step
        assert response.status_code < 500, step


def test_no_address_answers_to_a_foreign_host_name(walk: AccessWalk) -> None:
    for step, response in walk.answers(base_url="http://evil.example"):
        assert response.status_code == 400, step
        assert "Set-Cookie" not in response.headers, step


def test_no_address_takes_more_than_it_should(walk: AccessWalk, tmp_path: Path) -> None:
    too_much = b"x=" + b"y" * (3 * 1024 * 1024)
    for step, response in walk.answers(data=too_much, content_type="application/x-www-form-urlencoded"):
        assert step.method == "GET" or response.status_code in (303, 400, 401, 403, 404, 405, 413), step
