"""The municipality's employees: who may sign in as what; their names sealed like everybody's."""

from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from pipeline.errors import TilsynError
from pipeline.store.audit_log import AuditLog
from pipeline.store.clock import new_id
from pipeline.store.database import Database
from pipeline.store.places import employee_place
from pipeline.store.tables import employees
from pipeline.vault.installation_key import InstallationKey
from pipeline.vault.keyring import Keyring

_WITH_ID = select(employees).where(employees.c.id == bindparam("id"))
_SIGNING_IN = select(employees).where(employees.c.subject_blind == bindparam("blind"))


class Employee(msgspec.Struct, frozen=True):
    """An employee.

    Attributes:
        subject: how the sign-in names the person: issuer and subject, `iss` and `sub` of OpenID Connect.
        name: as cases and documents show it.
        title: profession in words (socialrådgiver, ergoterapeut).
        teams: codes of the teams whose cases the person sees.
        roles: as the table of rights names them.
        active: False for whoever has left; what the person did stays theirs.
    """

    subject: tuple[str, str]
    name: str
    title: str = ""
    email: str = ""
    phone: str = ""
    teams: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    active: bool = True


@dataclass(frozen=True)
class KnownEmployee:
    """An employee with id and revision, which a change is based on."""

    id: str
    revision: int
    employee: Employee


class EmployeeMovedOn(TilsynError):
    """Somebody else has changed the employee meanwhile."""

    def __init__(self) -> None:
        super().__init__("En anden har rettet medarbejderen imens. Intet er gemt. Vis siden igen, og gør det om.")


class EmployeeKnown(TilsynError):
    """There is an employee who signs in so."""

    def __init__(self) -> None:
        super().__init__("Der er allerede en medarbejder med det login. Find medarbejderen på listen, og ret der.")


class Employees:
    """The employees of one installation.

    Args:
        database: holds them.
        keyring: seals them, and keys the digest of how they sign in.
        audit: every change notes itself there.
    """

    def __init__(self, database: Database, keyring: Keyring, audit: AuditLog) -> None:
        self._database, self._keyring, self._audit = database, keyring, audit
        self._key = InstallationKey(keyring)

    def add(self, employee: Employee, by: str, action: str = "employee.change", employee_id: str = "") -> str:
        """A new employee.

        Args:
            employee: who it is.
            by: who adds them.
            action: what the audit log calls it.
            employee_id: the id that cases from elsewhere know the employee by; else a random one is given.

        Returns:
            the employee's id.

        Raises:
            EmployeeKnown: somebody signs in so already.
        """
        employee_id = employee_id or new_id()
        try:
            with self._audit.writing() as work:
                work.connection.execute(insert(employees).values(id=employee_id, **self._row(employee_id, 1, employee)))
                work.note(by, action)
        except IntegrityError:
            raise EmployeeKnown from None
        return employee_id

    def change(self, before: KnownEmployee, after: Employee, by: str, action: str = "employee.change") -> KnownEmployee:
        """An employee is another from now on: another team, another role, gone.

        Raises:
            EmployeeMovedOn: it is no longer as `before` says.
            EmployeeKnown: somebody else signs in as `after` says.
        """
        revision = before.revision + 1
        as_seen = (employees.c.id == before.id) & (employees.c.revision == before.revision)
        try:
            with self._audit.writing() as work:
                values = self._row(before.id, revision, after)
                if not work.connection.execute(update(employees).where(as_seen).values(values)).rowcount:
                    raise EmployeeMovedOn
                work.note(by, action)
        except IntegrityError:
            raise EmployeeKnown from None
        return KnownEmployee(before.id, revision, after)

    def with_id(self, employee_id: str) -> KnownEmployee | None:
        """The employee with this id, active or not."""
        row = self._database.row(_WITH_ID, {"id": employee_id})
        return self._opened(row) if row else None

    def who_signs_in_as(self, issuer: str, subject: str) -> KnownEmployee | None:
        """The employee that the sign-in means, active or not."""
        row = self._database.row(_SIGNING_IN, {"blind": self._blind((issuer, subject))})
        return self._opened(row) if row else None

    def all(self) -> tuple[KnownEmployee, ...]:
        """Everybody, by name."""
        with self._database.read() as connection:
            known = [self._opened(row) for row in connection.execute(select(employees))]
        return tuple(sorted(known, key=lambda one: (one.employee.name.casefold(), one.id)))

    def _opened(self, row: Row[Any]) -> KnownEmployee:
        plain = self._key.open(row.sealed, employee_place(row.id, row.revision))
        return KnownEmployee(row.id, row.revision, msgspec.json.decode(plain, type=Employee))

    def _row(self, employee_id: str, revision: int, employee: Employee) -> dict[str, object]:
        # Read before sealing: a row may claim an older generation than it has, never a newer one.
        generation = self._keyring.active_generation
        return {
            "subject_blind": self._blind(employee.subject),
            "revision": revision,
            "key_generation": generation,
            "sealed": self._key.seal(msgspec.json.encode(employee), employee_place(employee_id, revision)),
        }

    def _blind(self, subject: tuple[str, str]) -> bytes:
        return self._keyring.mac_key("medarbejderes login").of("\n".join(subject).encode())
