"""Every address as everybody: only what the table of rights allows, everything told, nothing changed by looking."""

from dataclasses import replace

import pytest
from access_cast import Cast
from access_walk import AccessWalk
from case_rooms import LARGEST, OPEN_ELSEWHERE, create_rooms
from flask import Flask

from pipeline.store.opening import Store
from webforms.identity.guard import Guard
from webforms.identity.roles import Role
from webforms.identity.services import Services

HEADERS = ("Content-Security-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy")


@pytest.fixture
def services(services: Services) -> Services:
    """Limits so wide that a walk is not taken for an attack."""
    wide = {pace: replace(limit, times=10**6, lease=10**5) for pace, limit in services.settings.limits.items()}
    return replace(services, settings=replace(services.settings, limits=wide))


@pytest.fixture
def walk(app: Flask, guard: Guard, cast: Cast) -> AccessWalk:
    return AccessWalk(app, guard, cast, {"visit": "besoeg-1"})


def test_only_what_the_table_allows_reaches_a_page(walk: AccessWalk, store: Store) -> None:
    assert list(walk.access(lambda: store.audit.head().seq)) == []


def test_nothing_can_be_set_going_from_another_site(walk: AccessWalk) -> None:
    assert list(walk.forged_posts()) == []


def test_a_get_changes_nothing_but_session_and_audit_log(walk: AccessWalk, store: Store) -> None:
    assert list(walk.gets_that_change_something(store)) == []


def test_every_answer_carries_the_headers_and_stays_out_of_caches(walk: AccessWalk) -> None:
    for step, response in walk.answers():
        assert response.headers["X-Content-Type-Options"] == "nosniff", step
        assert response.headers["Referrer-Policy"] == "no-referrer", step
        assert [name for name in HEADERS if name not in response.headers] == [], step
        may_be_kept = step.endpoint == "design.static"  # style and scripts are the same for everybody
        assert response.headers["Cache-Control"] == "no-store" or may_be_kept, step


def test_over_https_every_answer_says_to_stay_there(walk: AccessWalk) -> None:
    for step, response in walk.answers(base_url="https://localhost"):
        assert response.headers["Strict-Transport-Security"].startswith("max-age=63072000"), step


def test_no_address_answers_to_a_foreign_host_name(walk: AccessWalk) -> None:
    for step, response in walk.answers(base_url="http://evil.example"):
        assert response.status_code == 400, step
        assert "Adressen kan ikke bruges" in response.text, step
        assert "Set-Cookie" not in response.headers, step


def test_no_address_takes_more_than_it_should(walk: AccessWalk) -> None:
    for step, response in walk.answers(data={"x": "y" * (LARGEST + 1)}):
        assert step.method == "GET" or response.status_code in (400, 401, 403, 404, 405, 413), step


def test_a_walk_finds_what_nobody_guards(services: Services, cast: Cast, store: Store) -> None:
    """The walk itself must be able to fail."""
    app, _ = create_rooms(services)
    app.before_request_funcs.clear()
    some = {role: cast.actors[role] for role in (Role.PARENT, Role.CASEWORKER, Role.OPERATOR)}
    walk = AccessWalk(app, Guard(services, OPEN_ELSEWHERE), replace(cast, actors=some))
    surprises = list(walk.access(lambda: store.audit.head().seq))
    found = {(surprise.step.endpoint, surprise.step.role, surprise.step.kind) for surprise in surprises}
    assert ("rooms.journal", Role.PARENT, "own_open") in found
    assert ("rooms.case", Role.CASEWORKER, "foreign_open") in found
    assert ("rooms.employees", Role.OPERATOR, "") in found
    assert ("rooms.front", None, "") not in found
