"""The person behind a request: random ids and how they proved who they are; no name, no CPR number."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from webforms.identity.roles import Role


class Method(StrEnum):
    """How somebody proved who they are."""

    MITID = "mitid"
    EMPLOYEE = "employee"
    INVITATION = "invitation"
    DEMO = "demo"


@dataclass(frozen=True)
class Proof:
    """How and when.

    Attributes:
        level: the assurance that the provider vouched for, in its own words; empty where there is none.
    """

    method: Method
    level: str
    at: datetime


@dataclass(frozen=True)
class OwnCase:
    """That the visitor is a person of a case."""

    case_id: str
    person_id: str


@dataclass(frozen=True)
class Visitor:
    """Somebody who is signed in.

    Attributes:
        employee: id of the employee, or empty.
        roles: what the municipality employs the person as; empty for everybody from outside.
        teams: whose cases are the employee's.
        own_cases: for people from outside: who they are in which case.
        owner: whose session it is; the same for all sessions of one person.
        session: the session's handle.
    """

    proof: Proof
    owner: str
    session: str
    employee: str = ""
    roles: frozenset[Role] = frozenset()
    teams: frozenset[str] = frozenset()
    own_cases: tuple[OwnCase, ...] = ()

    @property
    def actor(self) -> str:
        """The random id by which the audit log knows the visitor."""
        return self.employee or (self.own_cases[0].person_id if self.own_cases else "")

    def actor_in(self, case_id: str | None) -> str:
        """The id in a case, where the person has one there."""
        mine = (own.person_id for own in self.own_cases if own.case_id == case_id)
        return self.employee or next(mine, self.actor)

    def people_in(self, case_id: str) -> frozenset[str]:
        """For people from outside: who the visitor is in a case."""
        return frozenset(own.person_id for own in self.own_cases if own.case_id == case_id)
