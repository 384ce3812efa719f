"""A demo municipality with its fictional families, and what somebody of them does with a browser without scripts."""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from lxml import html
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Visit
from webforms.app import create_app
from webforms.demo_seed import seed_demo
from webforms.identity.signed_in import Remembered, begin
from webforms.identity.visitor import Method
from webforms.identity.who_is_who import owner_by_invitation
from webforms.public.demo_room import DemoRoom
from webforms.services import Services
from webforms.settings import read_settings
from webforms.wiring import page_services

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
# One household of two; two households, the father's address protected; helpers with named sections.
TOGETHER, APART, WITH_HELPERS = "DEMO-0101", "DEMO-0201", "DEMO-0401"
SIGNE, JEPPE, AKSEL, KAREN_LISE = "p-0101-1", "p-0101-2", "p-0101-3", "p-0101-6"
MARIA, THOMAS, JYTTE = "p-0201-1", "p-0201-2", "p-0201-7"
SARA, LOTTE = "p-0401-1", "p-0401-6"
CASEWORKER = "medarbejder-04"
SESSION_NAME = "hjemmetilsyn-demo"


class Clock:
    """Tells the time that a test says."""

    def __init__(self) -> None:
        self.at = AT

    def __call__(self) -> datetime:
        self.at += timedelta(microseconds=1)
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


class NoMachines:
    """Documents are not what these tests are about."""

    def make(self, *_: Any) -> None:
        raise AssertionError("nobody asked for documents")

    def close(self) -> None:
        """Nothing was started."""


def make_home(home: Path) -> None:
    """Seed a home that others are copied from."""
    settings = read_settings({"HJEMMETILSYN_HOME": str(home)})
    with page_services(settings, Clock()) as services:
        seed_demo(services.store, settings.editions, Clock())


@contextmanager
def family_home(seeded: Path, home: Path) -> Iterator["Home"]:
    """The whole application over a copy of a seeded home."""
    shutil.copytree(seeded, home, ignore=shutil.ignore_patterns("__jinja2_*"))
    settings, clock = read_settings({"HJEMMETILSYN_HOME": str(home)}), Clock()
    with ExitStack() as stack:
        services = stack.enter_context(page_services(settings, clock))
        demo = stack.enter_context(DemoRoom(settings, NoMachines(), lambda pdf: _never()))
        app = create_app(settings, services, demo)
        # The templates are the same in every test; compiling them anew took half of each.
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(seeded))
        yield Home(app, services, clock)


def _never() -> Any:
    raise AssertionError("nobody asked for a check")


@dataclass(frozen=True)
class Home:
    """A municipality."""

    app: Flask
    services: Services
    clock: Clock

    def case_id(self, number: str = TOGETHER) -> str:
        listed = self.services.store.lists.find_number(number)
        assert listed
        return listed.id

    def case(self, number: str = TOGETHER) -> Case:
        return self.services.store.cases.case(self.case_id(number))

    def visit(self, number: str = TOGETHER) -> Visit:
        """The one that is being prepared."""
        return max(self.case(number).visits.values(), key=lambda visit: visit.number)

    def browser(self, person: str, number: str = TOGETHER) -> "Browser":
        """Somebody's browser, signed in."""
        client = self.app.test_client()
        client.set_cookie(SESSION_NAME, self.secret(person, number))
        return Browser(client, self.case_id(number), self.visit(number).id)

    def secret(self, person: str, number: str = TOGETHER) -> str:
        """What belongs in the session cookie of somebody who is signed in."""
        case_id, at = self.case_id(number), self.clock()
        if person.startswith("medarbejder"):
            remembered = Remembered(f"employee:{person}", Method.DEMO, "", at, employee=person)
        else:
            owner = owner_by_invitation(case_id, person)
            remembered = Remembered(owner, Method.DEMO, "", at, own_cases=((case_id, person),))
        return begin(self.services.identity.sessions, remembered)

    def happens(self, *events: Any, number: str = TOGETHER, by: str = CASEWORKER) -> None:
        """Something happens in the case beside what the pages do."""
        self.services.store.cases.append(self.case_id(number), events, by, "test")


@dataclass
class Browser:
    """A browser without scripts: pages, the form on them, the buttons that are pressed."""

    client: FlaskClient
    case_id: str
    visit: str
    page: str = ""
    status: int = 0
    address: str = ""
    token: str = field(default="", repr=False)

    def at(self, path: str) -> "Browser":
        """Open a page of the visit."""
        return self.get(f"/sager/{self.case_id}/besoeg/{self.visit}/{path}")

    def of_case(self, path: str) -> "Browser":
        """Open a page of the case."""
        return self.get(f"/sager/{self.case_id}/{path}")

    def get(self, address: str) -> "Browser":
        return self.took(self.client.get(address.partition("#")[0], follow_redirects=True))

    def send(self, address: str, values: Mapping[str, Any], **more: Any) -> TestResponse:
        """A post as somebody could make it up."""
        pairs = MultiDict([*MultiDict(values).items(multi=True), ("csrf_token", self.token)])
        return self.client.post(address, data=pairs, buffered=True, **more)

    def fill(self, press: str = "", **typed: str) -> "Browser":
        """Write into the form with the most controls, press a button (its name and value, or the last), see what comes.

        A double underscore stands for a full stop in the names of controls.
        """
        form = self.form()
        values = self.sent(form)
        for name, value in typed.items():
            values[name.replace("__", ".")] = value
        if press:
            assert press in form.xpath(".//button/@value"), f"no button {press}"
            values["_press"] = press
        action = form.get("action") or self.address  # a form without one is sent to where it stands
        response = self.client.post(action, data=values, buffered=True, follow_redirects=True)
        return self.took(response)

    def press(self, action: str, button: tuple[str, str] | None = None) -> "Browser":
        """Press the button of a small form by the end of its address."""
        forms = [form for form in self.tree().xpath("//form") if (form.get("action") or "").endswith(action)]
        assert forms, f"no form that leads to {action}"
        values = self.sent(forms[0])
        if button:
            values[button[0]] = button[1]
        return self.took(self.client.post(forms[0].get("action"), data=values, buffered=True, follow_redirects=True))

    def keep(self, count: int = 1, **typed: str) -> TestResponse:
        """What autosave.js sends."""
        form = self.form()
        values = self.sent(form)
        for name, value in typed.items():
            values[name.replace("__", ".")] = value
        return self.client.post(
            form.get("data-autosave"), data=values, headers={"X-Autosave": str(count)}, buffered=True
        )

    def form(self) -> Any:
        forms = self.tree().xpath("//main//form")
        assert forms, "no form on this page"
        return max(forms, key=lambda form: len(form.xpath(".//*[@name]")))

    def sent(self, form: Any) -> MultiDict[str, str]:
        """What a browser sends of a form that nobody touched."""
        pairs: list[tuple[str, str]] = []
        for control in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
            name, kind = control.get("name"), control.get("type")
            if control.tag == "textarea":
                pairs.append((name, (control.text or "").removeprefix("\n")))
            elif control.tag == "select":
                pairs.append((name, control.xpath("string((option[@selected] | option[1])[last()]/@value)")))
            elif kind not in ("radio", "checkbox", "file") or control.get("checked") is not None:
                pairs.append((name, control.get("value") or ""))
        return MultiDict(pairs)

    def tree(self) -> Any:
        return html.fromstring(self.page)

    @property
    def words(self) -> str:
        """What the main part of the page says."""
        return " ".join(self.tree().xpath("string(//main)").split())

    def typed(self, name: str) -> str:
        """What stands in a control."""
        return str(self.sent(self.form()).get(name, ""))

    def links(self) -> list[str]:
        return [str(link) for link in self.tree().xpath("//main//a/@href")]

    def took(self, response: TestResponse) -> "Browser":
        self.page, self.status, self.address = response.text, response.status_code, response.request.full_path
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.page)
        self.token = found.group(1) if found else self.token
        return self
