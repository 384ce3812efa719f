"""A fictional municipality as the application serves it, and people who use it through a browser without a screen."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from access_cast import AT, OUTSIDE, OWN_TEAM, PLACES_OF_EMPLOYEES, SINCE, Cast, make_cast, people
from fixtures.quick_folder import quick_folder
from flask import Flask
from flask.testing import FlaskClient
from movable_clock import MovableClock
from page_fakes import FakeWorkshop, check
from werkzeug.test import TestResponse

from pipeline.cases.record.case import Case
from pipeline.cases.record.events import AccessDecided, CaseOpened, Event, PersonRecorded, StandingBegun
from pipeline.cases.record.people import CasePerson, Contact, Place, Standing
from pipeline.store.clock import new_id
from webforms.app import create_app
from webforms.identity.cookies import SESSION, Cookies
from webforms.identity.roles import Role
from webforms.identity.signed_in import Remembered, begin
from webforms.public.demo_room import DemoRoom
from webforms.services import Services
from webforms.settings import read_settings
from webforms.wiring import page_services

STREET = "Hemmelighedsvej 17, 9999 Testby"
PHONE, MAIL = "20 99 88 77", "skjult@example.dk"
PROTECTED = Contact(STREET, PHONE, MAIL, protected=True)
"""Nobody lives there: postal code 9999 does not exist."""

FATHER_CPR = "0103846005"
"""Not real: nobody is given such a serial number."""

_COOKIE = Cookies(is_encrypted=False).name(SESSION)


@dataclass(frozen=True)
class Office:
    """The application with everybody in it.

    Attributes:
        case_id: the case of this test; the cast's own places are in it too.
    """

    app: Flask
    services: Services
    cast: Cast
    case_id: str

    @property
    def case(self) -> Case:
        """The case as it is now."""
        return self.services.store.cases.case(self.case_id)

    def happens(self, *events: Event) -> None:
        """Add to the case."""
        self.services.store.cases.append(self.case_id, events, "system", "test")

    def at_desk(self, role: Role, *other_cases: str) -> "Desk":
        """Somebody signed in; who comes from outside, with this case and perhaps others."""
        return Desk(self, self.app.test_client(), self._secret(role, other_cases))

    def _secret(self, role: Role, other_cases: tuple[str, ...]) -> str:
        if role.is_employed:
            return self.cast.actors[role].secret
        person_id = OUTSIDE[role].person_id
        own = tuple((case_id, person_id) for case_id in (self.case_id, *other_cases))
        remembered = Remembered(f"invited:{person_id}", "mitid", "substantial", self.services.clock(), own_cases=own)
        return begin(self.services.identity.sessions, remembered)


class Desk:
    """Somebody in front of a browser.

    Args:
        office: where.
        browser: without a screen.
        secret: of the session.
    """

    def __init__(self, office: Office, browser: FlaskClient, secret: str) -> None:
        self._office, self._browser = office, browser
        browser.set_cookie(_COOKIE, secret)

    def speak(self, language: str) -> None:
        """Have the pages in a language."""
        self._browser.set_cookie("sprog", language)

    def look(self, path: str = "", case_id: str = "") -> TestResponse:
        """Open a page of the case, or of another one."""
        return self._browser.get(self.address(path, case_id))

    def go(self, address: str) -> TestResponse:
        """Open any page."""
        return self._browser.get(address)

    def send(self, path: str, typed: Mapping[str, object], case_id: str = "") -> TestResponse:
        """Fill in the form of a page of the case and send it."""
        return self.post(self.address(path, case_id), typed)

    def post(self, address: str, typed: Mapping[str, object], shown_at: str = "") -> TestResponse:
        """Fill in a form and send it, with the hidden fields that its page holds."""
        page = self._browser.get(shown_at or address)
        return self._browser.post(address, data={**hidden(page), **typed})

    def send_late(self, path: str, data: Mapping[str, object]) -> TestResponse:
        """Send what was filled in on a page of the case that was shown earlier."""
        return self.send_to(self.address(path), data)

    def send_to(self, address: str, data: Mapping[str, object]) -> TestResponse:
        """Send exactly this."""
        return self._browser.post(address, data=data)

    def address(self, path: str, case_id: str = "") -> str:
        """The address of a page of a case."""
        return f"/sager/{case_id or self._office.case_id}{path}"


def hidden(page: TestResponse) -> dict[str, str]:
    """The hidden fields of the form in the page's own part."""
    main = page.text.partition("<main")[2]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', main))


@contextmanager
def open_office() -> Iterator[Office]:
    """The application over a new store; limits so wide that the tests are not taken for an attack."""
    with quick_folder("tilsyn-caseworkers-") as folder:
        settings = read_settings({"HJEMMETILSYN_HOME": str(folder / "home")})
        with page_services(settings, MovableClock(AT)) as opened, DemoRoom(settings, FakeWorkshop(), check) as demo:
            services = _unlimited(opened)
            cast = make_cast(services.store, services.identity)
            yield Office(create_app(settings, services, demo), services, cast, cast.own_open)


def fresh_case(office: Office) -> Office:
    """The same municipality with another open case like the cast's own."""
    number = f"DEMO-{new_id()[:8]}"
    opening = CaseOpened(number, OWN_TEAM, "Eksempel Kommune", "Børn og Unge", fictional=True)
    placed = [event for role, place in PLACES_OF_EMPLOYEES.items() for event in _placed(office, role, place)]
    return replace(office, case_id=office.services.store.cases.open_case(opening, "system", (*people(), *placed)))


def _placed(office: Office, role: Role, place: Place) -> tuple[Event, ...]:
    employee_id = office.cast.employees[role]
    person = CasePerson(employee_id, f"Opdigtet {role.in_danish.capitalize()}", title=role.in_danish)
    return (PersonRecorded(person), StandingBegun(Standing(f"s-{role.value}", employee_id, place, SINCE)))


def with_protected_father(office: Office) -> None:
    """A father living apart, whose address nobody may learn but caseworkers and managers."""
    father = CasePerson("far", "Far Opdigtsen", FATHER_CPR, title="far", contact=PROTECTED)
    standing = Standing("s-far", "far", Place.PARENTAL_AUTHORITY, SINCE, household="hjem-2")
    office.happens(
        PersonRecorded(father),
        StandingBegun(standing),
        AccessDecided("far", granted=True, reason="test"),
        AccessDecided("mor", granted=True, reason="test"),
    )


def _unlimited(services: Services) -> Services:
    limits = services.identity.settings.limits
    wide = {pace: replace(limit, times=10**6, lease=10**5) for pace, limit in limits.items()}
    settings = replace(services.identity.settings, limits=wide)
    return replace(services, identity=replace(services.identity, settings=settings))
