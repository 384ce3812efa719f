"""People of the fictional demo cases whom, or of whom, the samples tell too little: read from demo_people.toml's text.

No production code path reads it; it seeds demo databases through the same events as a real case.
"""

import tomllib
from dataclasses import dataclass
from datetime import date

import msgspec

from pipeline.cases.record.cpr import read_cpr
from pipeline.cases.record.people import CasePerson, Contact, Place, Standing
from pipeline.errors import DefinitionError


class Employee(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An employee of the fictional municipality.

    Attributes:
        roles: what the person may do in the whole system, as the access table names it (caseworker, manager …).
    """

    id: str
    name: str
    title: str
    team: str
    roles: tuple[str, ...]
    organisation: str = ""
    phone: str = ""


class _PersonTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    sample: str = ""
    name: str = ""
    title: str = ""
    organisation: str = ""
    cpr: str = ""
    born: date | None = None
    address: str = ""
    phone: str = ""
    email: str = ""
    protected: bool = False


class _StandingTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    person: str
    place: Place
    since: date
    until: date | None = None
    household: str = ""
    sections: tuple[str, ...] = ()
    scope: str = ""
    speaks_for: str = ""


class _CaseTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    number: str
    team: str
    person: tuple[_PersonTable, ...]
    standing: tuple[_StandingTable, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    note: str
    employee: tuple[Employee, ...]
    case: tuple[_CaseTable, ...]


@dataclass(frozen=True)
class DemoCase:
    """The people of one demo case.

    Attributes:
        ids: id of a person in the samples -> id in the case.
        people: those named in the samples have no name here; the samples give it.
    """

    team: str = ""
    ids: tuple[tuple[str, str], ...] = ()
    people: tuple[CasePerson, ...] = ()
    standings: tuple[Standing, ...] = ()


@dataclass(frozen=True)
class DemoPeople:
    """The employees, and the people of each demo case by its number."""

    note: str
    employees: tuple[Employee, ...]
    cases: dict[str, DemoCase]


def read_demo_people(text: str) -> DemoPeople:
    """The people in the text of demo_people.toml.

    Raises:
        DefinitionError: the text is not TOML or says something it may not say.
    """
    try:
        read = msgspec.convert(tomllib.loads(text), _File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DefinitionError(f"demo_people.toml kan ikke læses. Ret stedet: {error}") from error
    return DemoPeople(read.note, read.employee, {case.number: _case(case, read.employee) for case in read.case})


def _case(table: _CaseTable, employees: tuple[Employee, ...]) -> DemoCase:
    people = tuple(_person(person, employees) for person in table.person)
    known = {person.id for person in people}
    for standing in table.standing:
        if standing.person not in known or standing.speaks_for not in known | {""}:
            raise DefinitionError(f"demo_people.toml, {table.number}: en person mangler. Ret id'et under standing.")
    return DemoCase(
        team=table.team,
        ids=tuple((person.sample, person.id) for person in table.person if person.sample),
        people=people,
        standings=tuple(_standing(standing, number) for number, standing in enumerate(table.standing, start=1)),
    )


def _person(table: _PersonTable, employees: tuple[Employee, ...]) -> CasePerson:
    employee = next((e for e in employees if e.id == table.id), None)
    if employee:
        contact = Contact(phone=employee.phone)
        return CasePerson(
            table.id, employee.name, title=employee.title, organisation=employee.organisation, contact=contact
        )
    contact = Contact(table.address, table.phone, table.email, table.protected)
    cpr = read_cpr(table.cpr).number if table.cpr else ""
    return CasePerson(table.id, table.name, cpr, table.born, table.title, table.organisation, contact)


def _standing(table: _StandingTable, number: int) -> Standing:
    return Standing(
        id=f"st-{number}",
        person_id=table.person,
        place=table.place,
        since=table.since,
        until=table.until,
        household=table.household,
        sections=table.sections,
        scope=table.scope,
        speaks_for=table.speaks_for,
    )
