"""Walks every address of an application as everybody: only what the table of rights allows reaches a page.

The application is walked as it is, but its pages are replaced by ones that only say that they were reached, so that a
walk needs no valid form and changes nothing. `pages_as_they_are` puts the real ones back.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from itertools import cycle
from typing import Any

from access_cast import Actor, Cast
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from pipeline.store.opening import Store
from pipeline.store.tables import metadata
from webforms.identity.access import TABLE, Action, On
from webforms.identity.cookies import MARK, SESSION
from webforms.identity.genuine_post import HEADER, SAFE_METHODS
from webforms.identity.guard import CASE_IN_ADDRESS, Guard
from webforms.identity.marked import Needs, OpenToAll
from webforms.identity.roles import Role, Scope

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUATSCH")
KINDS = ("own_open", "own_closed", "foreign_open", "foreign_closed", "unknown")
OPEN_KINDS = ("own_open", "foreign_open")
UNKNOWN = "0" * 32
REACHED = "reached"
_MARK = "m" * 43
# What a GET may change.
_MAY_CHANGE = ("sessions", "audit", "audit_head", "rate_limits")


@dataclass(frozen=True)
class Step:
    """One request: who, how, where, to which kind of case (empty: the address names none)."""

    role: Role | None
    method: str
    endpoint: str
    kind: str


@dataclass(frozen=True)
class Surprise:
    """A step that went otherwise than the table says."""

    step: Step
    expected: str
    found: str


class AccessWalk:
    """Walks one application.

    Args:
        app: guarded.
        guard: of the application.
        cast: who walks.
        values: for what stands in addresses beside the case, e.g. `{"visit": "besoeg-1"}`; else `x`.
    """

    def __init__(self, app: Flask, guard: Guard, cast: Cast, values: Mapping[str, str] | None = None) -> None:
        self._app, self._guard, self._cast, self._values = app, guard, cast, values or {}
        self._cookies = guard.cookies
        self._lines = 0

    def access(
        self, audit: Callable[[], int], part: slice = slice(None), *, untaken_by_all: bool = False
    ) -> Iterator[Surprise]:
        """Every address × everybody × every kind of case × every method.

        A method that an address does not take is refused before anybody is looked at: one kind of case is enough there,
        and nobody and one person, each time another one.
        Whether a case is closed is asked of GET and POST; whether it is somebody's own, of every method.

        Args:
            audit: number of the newest line of the audit log: every read and every refusal must leave one.
            part: of the addresses, where several walk at once.
            untaken_by_all: everybody asks for methods that an address does not take, too.
        """
        self._lines = audit()
        everybody, in_turn = (None, *self._cast.actors.values()), cycle(self._cast.actors.values())
        with self._reached_only():
            for place in self.places()[part]:
                for method in METHODS:
                    rule = self._rule_for(place, method)
                    for actor in everybody if rule or untaken_by_all else (None, next(in_turn)):
                        for kind in self._kinds(rule, place, method) if rule else ("",):
                            yield from self._walk(place, rule, method, kind, actor, audit)

    def forged_posts(self) -> Iterator[Surprise]:
        """Every address that changes something, by everybody who may, without a token or from another site."""
        forgeries: tuple[dict[str, str], ...] = (
            {},
            {HEADER: "00" * 32},
            {HEADER: self._guard.posts.token_of(_MARK, "somebody else")},
        )
        with self._reached_only():
            for rule, method, actor, kind in self._may_change():
                genuine = self._token(actor)
                foreign = (
                    {"Origin": "https://evil.example"},
                    {"Sec-Fetch-Site": "cross-site"},
                    {"Sec-Fetch-Site": "same-site"},
                )
                for headers in (*forgeries, *(genuine | more for more in foreign)):
                    response = self._send(rule, method, actor, kind, headers)
                    if response.status_code != 400 or response.text == REACHED:
                        yield Surprise(_step(rule, method, actor, kind), f"400 with {headers}", _found(response))

    def answers(self, **how: Any) -> Iterator[tuple[Step, TestResponse]]:
        """The answer to a GET and a POST at every address, by nobody, a parent and a caseworker; pages as they are."""
        some = (None, self._cast.actors[Role.PARENT], self._cast.actors[Role.CASEWORKER])
        for rule in self._app.url_map.iter_rules():
            for actor in some:
                for method in ("GET", "POST"):
                    kind = self._kinds(rule)[0]
                    yield _step(rule, method, actor, kind), self._send(rule, method, actor, kind, {}, **how)

    def gets_that_change_something(self, store: Store) -> Iterator[str]:
        """Addresses where a GET by anybody who may changes more than session, audit log and counters."""
        before, in_turn = _content(store), cycle(self._cast.actors.values())
        for rule in self._app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()):
                continue
            for actor in self._cast.actors.values():
                self._send(rule, "GET", actor, self._kinds(rule)[0], {})
            self._send(rule, "HEAD", next(in_turn), self._kinds(rule)[0], {})  # Flask runs the same page
            if (after := _content(store)) != before:
                yield rule.rule
                before = after

    def places(self) -> list[Rule]:
        """Every address once, whatever it takes."""
        return list({rule.rule: rule for rule in self._app.url_map.iter_rules()}.values())

    def _rule_for(self, place: Rule, method: str) -> Rule | None:
        """What answers a method there: several rules may share a pattern, or one stand inside another's."""
        try:
            rule, _ = self._app.url_map.bind("localhost").match(self._address(place, ""), method, return_rule=True)
        except MethodNotAllowed:
            return None
        return rule

    def _walk(
        self, place: Rule, rule: Rule | None, method: str, kind: str, actor: Actor | None, audit: Callable[[], int]
    ) -> Iterator[Surprise]:
        found = _found(self._send(place, method, actor, kind, self._token(actor)))
        expected = self._expected(rule, method, actor, kind) if rule else "405"
        step = _step(rule or place, method, actor, kind)
        if expected != found:
            yield Surprise(step, expected, found)
        mark = self._guard.mark_of(self._app, rule.endpoint) if rule else None
        if not (isinstance(mark, Needs) and actor):
            return
        before, self._lines = self._lines, audit()
        notes_itself = expected == REACHED and TABLE[mark.action].writes
        if not notes_itself and self._lines == before:
            yield Surprise(step, "a line in the audit log", "none")

    def _expected(self, rule: Rule, method: str, actor: Actor | None, kind: str) -> str:
        mark = self._guard.mark_of(self._app, rule.endpoint)
        if isinstance(mark, OpenToAll):
            return REACHED
        assert mark is not None
        if actor is None:
            return "303" if method in SAFE_METHODS else "401"
        return _by_table(TABLE[mark.action], actor.role, kind)

    def _kinds(self, rule: Rule, place: Rule | None = None, method: str = "GET") -> tuple[str, ...]:
        """The kinds of case to try; a word of another address in the case's place is no case."""
        if CASE_IN_ADDRESS not in rule.arguments:
            return ("",)
        if place is not None and CASE_IN_ADDRESS not in place.arguments:
            return ("unknown",)
        return KINDS if method in ("GET", "POST") else OPEN_KINDS

    def _may_change(self) -> Iterator[tuple[Rule, str, Actor, str]]:
        for rule in self._app.url_map.iter_rules():
            for actor in self._cast.actors.values():
                for method in sorted((rule.methods or set()) - SAFE_METHODS):
                    for kind in self._kinds(rule):
                        if self._expected(rule, method, actor, kind) == REACHED:
                            yield rule, method, actor, kind

    def _token(self, actor: Actor | None) -> dict[str, str]:
        return {HEADER: self._guard.posts.token_of(_MARK, actor.owner if actor else "")}

    def _send(
        self, rule: Rule, method: str, actor: Actor | None, kind: str, headers: Mapping[str, str], **how: Any
    ) -> TestResponse:
        browser: FlaskClient = self._app.test_client()
        base = how.get("base_url", "http://localhost")
        secure = base.startswith("https")
        if actor:
            browser.set_cookie(self._cookies.name(SESSION), actor.secret, secure=secure)
        browser.set_cookie(self._cookies.name(MARK), _MARK, secure=secure)
        return browser.open(self._address(rule, kind), method=method, headers=dict(headers), buffered=True, **how)

    def _address(self, rule: Rule, kind: str) -> str:
        case_id = UNKNOWN if kind == "unknown" else getattr(self._cast, kind or "own_open")
        values = {CASE_IN_ADDRESS: case_id, **self._values}
        return re.sub(r"<(?:[^:>]+:)?([^>]+)>", lambda found: values.get(found.group(1), "x"), rule.rule)

    @contextmanager
    def _reached_only(self) -> Iterator[None]:
        real = dict(self._app.view_functions)
        self._app.view_functions.update({endpoint: _says_so(view) for endpoint, view in real.items()})
        try:
            yield
        finally:
            self._app.view_functions.update(real)


def _by_table(line: Action, role: Role, kind: str) -> str:
    """What the table means for the cast, told a second time and more simply than decision.py does."""
    scope = line.scope_for(role)
    if not kind:
        return REACHED if scope is not Scope.NONE else "403"
    whose, _, state = kind.partition("_")
    # Of the cast, these have a place in their own cases or belong to their team; archivists come for their own lines.
    knows = whose == "own" and role not in (Role.ARCHIVIST, Role.OPERATOR, Role.ADMINISTRATOR)
    if whose == "unknown" or not (knows or scope is Scope.ANY):
        return "404"
    is_fit = line.on is On.ALL or (line.on is On.OPEN) is (state == "open")
    ended = role is Role.HELPER and state == "closed"
    return REACHED if scope is not Scope.NONE and is_fit and not ended else "403"


def _says_so(view: Callable[..., Any]) -> Callable[..., str]:
    @wraps(view)
    def reached(**values: Any) -> str:
        return REACHED

    return reached


def _found(response: TestResponse) -> str:
    was_reached = response.status_code == 200 and (response.text == REACHED or response.request.method == "HEAD")
    return REACHED if was_reached else str(response.status_code)


def _step(rule: Rule, method: str, actor: Actor | None, kind: str) -> Step:
    return Step(actor.role if actor else None, method, rule.endpoint, kind)


def _content(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    with store.database.read() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table))]
            for table in metadata.sorted_tables
            if table.name not in _MAY_CHANGE
        }
