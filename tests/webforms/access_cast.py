"""One fictional person in every role, with cases of their own and of others; all names and numbers are made up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from pipeline.cases.record.events import AccessDecided, CaseClosed, CaseOpened, Event, PersonRecorded, StandingBegun
from pipeline.cases.record.people import CasePerson, Place, Standing
from pipeline.store.employees import Employee
from pipeline.store.opening import Store
from webforms.identity.roles import Role
from webforms.identity.services import Services
from webforms.identity.signed_in import Remembered, begin

SINCE = date(2026, 1, 1)
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
OWN_TEAM, FOREIGN_TEAM = "nord", "vest"
SECTIONS = ("a", "c")

OUTSIDE = {
    Role.CHILD: Standing("s-barn", "barn", Place.CHILD, SINCE),
    Role.PARENT: Standing("s-mor", "mor", Place.PARENTAL_AUTHORITY, SINCE, household="hjem"),
    Role.HELPER: Standing("s-skole", "skole", Place.SCHOOL, SINCE, sections=SECTIONS),
    Role.REPRESENTATIVE: Standing("s-rep", "rep", Place.PARTY_REPRESENTATIVE, SINCE, speaks_for="mor"),
}
PLACES_OF_EMPLOYEES = {
    Role.VISITING_PROFESSIONAL: Place.VISITING_PROFESSIONAL,
    Role.HEALTH_PROFESSIONAL: Place.HEALTH_PROFESSIONAL,
}
# Not real: day 1 of January 2015 and of February 1985, serial numbers that are not given out.
CHILD_CPR, MOTHER_CPR = "0101156001", "0102856002"


@dataclass(frozen=True)
class Actor:
    """Somebody signed in; `secret` belongs in the session cookie."""

    role: Role
    owner: str
    secret: str


@dataclass(frozen=True)
class Cast:
    """Everybody, and the cases by what they are to everybody: own or foreign, open or closed."""

    actors: Mapping[Role, Actor]
    own_open: str
    own_closed: str
    foreign_open: str
    foreign_closed: str
    employees: Mapping[Role, str]


def make_cast(store: Store, services: Services) -> Cast:
    """Fill a store and sign everybody in."""
    employees = {role: store.employees.add(employee(role), "system") for role in Role if role.is_employed}
    cases = {
        f"{whose}_{state}": _case(store, whose, state, employees)
        for whose in ("own", "foreign")
        for state in ("open", "closed")
    }
    outside = {role: _outsider(services, standing, cases) for role, standing in OUTSIDE.items()}
    inside = {role: _insider(services, role, employee_id) for role, employee_id in employees.items()}
    return Cast(actors=outside | inside, employees=employees, **cases)


def employee(role: Role) -> Employee:
    return Employee(
        subject=("https://login.example", f"opdigtet-{role.value}"),
        name=f"Opdigtet {role.in_danish.capitalize()}",
        title=role.in_danish,
        teams=(OWN_TEAM,),
        roles=(role.value,),
    )


def people(prefix: str = "") -> tuple[Event, ...]:
    """The people from outside, with access decided; `prefix` makes them others."""
    standings = [_prefixed(standing, prefix) for standing in OUTSIDE.values()]
    numbers = {"barn": CHILD_CPR, "mor": MOTHER_CPR} if not prefix else {"barn": "0101166003", "mor": "0102866004"}
    recorded = [
        PersonRecorded(
            CasePerson(
                f"{prefix}{s.person_id}", f"{prefix}{s.person_id} Opdigtsen".title(), numbers.get(s.person_id, "")
            )
        )
        for s in OUTSIDE.values()
    ]
    decided = [AccessDecided(f"{prefix}{who}", granted=True, reason="demo") for who in ("mor", "barn")]
    return (*recorded, *(StandingBegun(standing) for standing in standings), *decided)


def _prefixed(s: Standing, prefix: str) -> Standing:
    speaks_for = f"{prefix}{s.speaks_for}" if s.speaks_for else ""
    return Standing(
        f"{prefix}{s.id}",
        f"{prefix}{s.person_id}",
        s.place,
        s.since,
        None,
        s.household,
        s.sections,
        s.scope,
        speaks_for,
    )


def _case(store: Store, whose: str, state: str, employees: Mapping[Role, str]) -> str:
    is_own = whose == "own"
    opening = CaseOpened(
        f"DEMO-{whose}-{state}",
        OWN_TEAM if is_own else FOREIGN_TEAM,
        "Eksempel Kommune",
        "Børn og Unge",
        fictional=True,
    )
    placed = [
        StandingBegun(Standing(f"s-{role.value}", employees[role], place, SINCE))
        for role, place in PLACES_OF_EMPLOYEES.items()
        if is_own
    ]
    closing = [CaseClosed("ophoer", "opdigtet")] if state == "closed" else []
    return store.cases.open_case(opening, "system", (*people("" if is_own else "fremmed-"), *placed, *closing))


def _outsider(services: Services, standing: Standing, cases: Mapping[str, str]) -> Actor:
    owner = f"invited:{standing.person_id}"
    own_cases = tuple((cases[name], standing.person_id) for name in ("own_open", "own_closed"))
    remembered = Remembered(owner, "mitid", "substantial", services.clock(), own_cases=own_cases)
    role = next(role for role, one in OUTSIDE.items() if one is standing)
    return Actor(role, owner, begin(services.sessions, remembered))


def _insider(services: Services, role: Role, employee_id: str) -> Actor:
    owner = f"employee:{employee_id}"
    remembered = Remembered(owner, "employee", "", services.clock(), employee=employee_id)
    return Actor(role, owner, begin(services.sessions, remembered))
