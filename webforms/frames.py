"""What stands around the page of this request: who is signed in, where the visitor may go, whom to call."""

from collections.abc import Callable

from flask import Flask, current_app, request, url_for

from pipeline.cases.record.voices import contact_person
from pipeline.danish import COPENHAGEN
from webforms.design.page import Contact, Frame, Link, SignedIn
from webforms.design.words import Speaker
from webforms.identity.current import case_in_view_or_none, employee_or_none, visitor_or_none
from webforms.identity.decision import allowed
from webforms.identity.roles import Role
from webforms.identity.services import Services
from webforms.identity.visitor import Visitor

# Where an action that concerns no one case leads, and what the link says.
_PLACES = (
    ("cases.list", "caseworkers.cases", "nav.cases"),
    ("archive.list", "operator.archive", "nav.archive"),
    ("operation.read", "operator.operation", "nav.operation"),
    ("employee.read", "operator.employees", "nav.employees"),
)


_EXTENSION = "hjemmetilsyn.frames"


def frame_of_this_request() -> Frame:
    """The frame that the application's own `Frames` makes."""
    frames: Frames = current_app.extensions[_EXTENSION]
    return frames()


def home_of(visitor: Visitor) -> str:
    """Where somebody who has signed in begins."""
    frames: Frames = current_app.extensions[_EXTENSION]
    return frames.home_of(visitor)


class Frames:
    """Makes the frame of each request.

    Args:
        services: know who is who.
        token: the anti-forgery token of this page.
        say: our own words in the visitor's language.
    """

    def __init__(self, services: Services, token: Callable[[], str], say: Callable[[], Speaker]) -> None:
        self._services, self._token, self._say = services, token, say
        self._addresses: dict[tuple[str, str], str] = {}

    def install(self, app: Flask) -> None:
        """Let the pages of an application ask for their frame."""
        app.extensions[_EXTENSION] = self

    def __call__(self) -> Frame:
        """The frame of this request."""
        settings, visitor = self._services.settings, visitor_or_none()
        return Frame(
            municipality=settings.municipality,
            home="/",
            is_demo=settings.demo,
            person=self._person(visitor) if visitor else None,
            navigation=self._navigation(visitor) if visitor else (),
            contact=self._contact(),
            token=self._token(),
        )

    def _person(self, visitor: Visitor) -> SignedIn:
        return SignedIn(self._name(visitor), self._role(visitor), self._address("identity.sign_out"))

    def _name(self, visitor: Visitor) -> str:
        if visitor.employee:
            employee = employee_or_none()
            return employee.name if employee else ""
        in_view = case_in_view_or_none()
        own = next((o for o in visitor.own_cases if in_view is None or o.case_id == in_view.id), None)
        if own is None:
            return ""
        case = in_view.case if in_view else self._services.store.case(own.case_id)
        return case.people[own.person_id].name if own.person_id in case.people else ""

    def _role(self, visitor: Visitor) -> str:
        in_view = case_in_view_or_none()
        if in_view and in_view.decision.role:
            return self._say()(f"identity.role.{in_view.decision.role.value}")
        return ", ".join(self._say()(f"identity.role.{role.value}") for role in Role if role in visitor.roles)

    def home_of(self, visitor: Visitor) -> str:
        """Where somebody who has signed in begins; the list of cases leads people from outside to their own."""
        links = self._navigation(visitor)
        return links[0].address if links else url_for("identity.sessions")

    def _navigation(self, visitor: Visitor) -> tuple[Link, ...]:
        day = self._services.clock().astimezone(COPENHAGEN).date()
        say, here, known = self._say(), request.endpoint, current_app.view_functions
        return tuple(
            Link(say(words), self._address(endpoint), is_current=endpoint == here)
            for action, endpoint, words in _PLACES
            if endpoint in known and allowed(visitor, action, None, day).granted
        )

    def _address(self, endpoint: str) -> str:
        """The address of a place that is one for all: Flask builds it once, and not six of them for every page."""
        known = request.script_root, endpoint
        if known not in self._addresses:
            self._addresses[known] = url_for(endpoint)
        return self._addresses[known]

    def _contact(self) -> Contact | None:
        settings, in_view = self._services.settings, case_in_view_or_none()
        if in_view:
            person = contact_person(in_view.case, self._services.clock().astimezone(COPENHAGEN).date())
            if person:
                return Contact(person.name, person.contact.phone, in_view.case.unit)
        return Contact(settings.municipality, settings.phone) if settings.phone else None
