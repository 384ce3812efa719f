"""Signing in to a demo: fictional people chosen from a list, under a banner that nobody can mistake.

A demo must never stand open over real people: it does not start on a database that holds a case that is not fictional.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, abort, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from pipeline.cases.record.case import Case
from pipeline.cases.record.people import Standing
from pipeline.cases.record.place_words import place_in_words
from pipeline.danish import COPENHAGEN
from pipeline.errors import TilsynError
from pipeline.store.case_lists import CaseLists, Found, ListedCase
from pipeline.store.employees import KnownEmployee
from webforms.identity.cookies import Cookies
from webforms.identity.marked import open_to_all
from webforms.identity.own_address import own_address
from webforms.identity.pace import Pace
from webforms.identity.roles import ROLE_OF, Role
from webforms.identity.services import Services
from webforms.identity.sign_in_pages import sign_in
from webforms.identity.signed_in import Remembered
from webforms.identity.visitor import Method
from webforms.identity.who_is_who import owner_by_invitation

_SEE_OTHER = 303
_AT_A_TIME = 500
_EMPLOYEE, _PERSON = "medarbejder", "person"


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who may be chosen; `key` is what the form sends."""

    key: str
    name: str
    about: str


@dataclass(frozen=True)
class DemoGroup:
    """The people of one role."""

    role: Role
    people: tuple[DemoPerson, ...]


def refuse_real_cases(lists: CaseLists) -> None:
    """Keep a demo from starting where there is anything but fictional cases.

    Raises:
        TilsynError: there is; which one is not said.
    """
    if any(not case.fictional for case in every_case(lists)):
        raise TilsynError(
            "Databasen indeholder sager, der ikke er opdigtede, og en demo lader alle vælge, hvem de er. "
            "Den starter ikke. Sæt rigtigt login op, eller giv demoen en tom mappe med HJEMMETILSYN_HOME."
        )


def every_case(lists: CaseLists) -> Iterator[ListedCase]:
    """All cases that are not erased, page by page."""
    page, seen = 1, 0
    while (some := lists.listing(page=page, per_page=_AT_A_TIME)).cases:
        yield from some.cases
        page, seen = page + 1, seen + len(some.cases)
        if seen >= some.total:
            return


class DemoSignIn:
    """The list and the choice.

    Args:
        services: hold the fictional people.
        cookies: take the session.
    """

    def __init__(self, services: Services, cookies: Cookies) -> None:
        self._services, self._cookies = services, cookies

    def add_to(self, pages: Blueprint) -> None:
        """Register the address of the choice; the list stands on the page of signing in."""
        pages.add_url_rule("/log-ind/demo", "demo", self._choose, methods=["POST"])

    def groups(self) -> tuple[DemoGroup, ...]:
        """Everybody who may be chosen, by role."""
        # Who stands in a case as two things that give the same role is one person to be chosen.
        people = list(dict.fromkeys([*self._employees(), *self._people()]))
        by_role = ((role, tuple(person for of, person in people if of is role)) for role in Role)
        return tuple(DemoGroup(role, chosen) for role, chosen in by_role if chosen)

    @open_to_all("in a demo everybody may be anybody fictional", pace=Pace.SIGNING_IN)
    def _choose(self) -> AnyResponse:
        kind, _, rest = request.form.get("hvem", "").partition(":")
        remembered = self._employee(rest) if kind == _EMPLOYEE else self._person(rest) if kind == _PERSON else None
        if remembered is None:
            abort(404)
        response = current_app.make_response(redirect(own_address(request.form.get("til", "")), _SEE_OTHER))
        sign_in(self._services, self._cookies, response, remembered)
        return response

    def _employees(self) -> Iterator[tuple[Role, DemoPerson]]:
        for known in self._services.employees.all():
            if known.employee.active:
                yield from _as_each_role(known)

    def _people(self) -> Iterator[tuple[Role, DemoPerson]]:
        for listed in every_case(self._services.lists):
            case = self._services.store.case(listed.id)
            for standing, role in self._from_outside(case):
                person = case.people[standing.person_id]
                about = f"{person.title or place_in_words(standing.place)}, sag {case.number}"
                yield role, DemoPerson(f"{_PERSON}:{listed.id}:{person.id}", person.name, about)

    def _from_outside(self, case: Case) -> Iterator[tuple[Standing, Role]]:
        day = self._services.clock().astimezone(COPENHAGEN).date()
        for standing in case.standings_on(day):
            role = ROLE_OF.get(standing.place)
            if role and not role.is_employed:
                yield standing, role

    def _employee(self, employee_id: str) -> Remembered | None:
        known = self._services.employees.with_id(employee_id)
        if known is None or not known.employee.active:
            return None
        return Remembered(f"employee:{known.id}", Method.DEMO, "", self._services.clock(), employee=known.id)

    def _person(self, chosen: str) -> Remembered | None:
        """The person with every case that the list shows the same CPR number in, as MitID would give them."""
        case_id, _, person_id = chosen.partition(":")
        known = {listed.id for listed in every_case(self._services.lists) if listed.fictional}
        if case_id not in known:
            return None
        case = self._services.store.case(case_id)
        if person_id not in {standing.person_id for standing, _ in self._from_outside(case)}:
            return None
        cpr = case.people[person_id].cpr
        found = self._services.lists.search_by_cpr(cpr) if cpr else (Found(case_id, person_id),)
        first = sorted(found, key=lambda one: one.case_id != case_id)
        own_cases = tuple((one.case_id, one.person_id) for one in first if one.case_id in known)
        return Remembered(
            owner_by_invitation(case_id, person_id), Method.DEMO, "", self._services.clock(), own_cases=own_cases
        )


def _as_each_role(known: KnownEmployee) -> Iterator[tuple[Role, DemoPerson]]:
    for role in Role:
        if role.is_employed and role.value in known.employee.roles:
            teams = f", {', '.join(known.employee.teams)}" if known.employee.teams else ""
            yield role, DemoPerson(f"{_EMPLOYEE}:{known.id}", known.employee.name, f"{known.employee.title}{teams}")
