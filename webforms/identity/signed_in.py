"""What a session of ours remembers, and the visitor that follows from it at each request."""

from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from pipeline.store.employees import Employee, Employees
from pipeline.store.sessions import OpenSession, Sessions
from webforms.identity.oidc import SetOut
from webforms.identity.roles import Role
from webforms.identity.visitor import Method, OwnCase, Proof, Visitor


class Remembered(msgspec.Struct, frozen=True, tag=True):
    """Somebody who is signed in.

    Attributes:
        owner: whose session it is.
        own_cases: pairs of case and person, for people from outside.
        groups: roles that the employees' provider vouched for; None where it is not asked.
    """

    owner: str
    method: str
    level: str
    at: datetime
    employee: str = ""
    own_cases: tuple[tuple[str, str], ...] = ()
    groups: tuple[str, ...] | None = None


class UnderWay(msgspec.Struct, frozen=True, tag=True):
    """Somebody who was sent to a provider; `onwards` is where the person wanted to go."""

    provider: str
    set_out: SetOut
    onwards: str


# Made once: msgspec takes longer to look at two types than to read one of them.
_EITHER: msgspec.json.Decoder[Remembered | UnderWay] = msgspec.json.Decoder(Remembered | UnderWay)
_EMPLOYED = tuple(role for role in Role if role.is_employed)


@dataclass(frozen=True)
class SignedIn:
    """Somebody who is signed in at this request.

    Attributes:
        employee: who that is, as the store knows them at this moment; None for people from outside.
    """

    visitor: Visitor
    employee: Employee | None = field(default=None, repr=False)


def begin(sessions: Sessions, remembered: Remembered) -> str:
    """Sign somebody in; returns the secret for the cookie."""
    return sessions.begin(remembered.owner, msgspec.json.encode(remembered))


def read(session: OpenSession) -> Remembered | UnderWay:
    """What a session remembers."""
    return _EITHER.decode(session.content)


def signed_in(session: OpenSession, employees: Employees) -> SignedIn | None:
    """Whose session it is; None where nobody is signed in with it, or the employee has left.

    An employee's roles and teams are those of this moment: what an administrator takes away is gone at once.
    """
    remembered = read(session)
    if isinstance(remembered, UnderWay):
        return None
    proof = Proof(Method(remembered.method), remembered.level, remembered.at)
    own_cases = tuple(OwnCase(*pair) for pair in remembered.own_cases)
    if not remembered.employee:
        return SignedIn(Visitor(proof, remembered.owner, session.handle, own_cases=own_cases))
    known = employees.with_id(remembered.employee)
    if known is None or not known.employee.active:
        return None
    visitor = Visitor(
        proof,
        remembered.owner,
        session.handle,
        employee=known.id,
        roles=_roles(known.employee.roles, remembered.groups),
        teams=frozenset(known.employee.teams),
    )
    return SignedIn(visitor, known.employee)


def _roles(given: tuple[str, ...], vouched_for: tuple[str, ...] | None) -> frozenset[Role]:
    names = set(given) if vouched_for is None else set(given) & set(vouched_for)
    return frozenset(role for role in _EMPLOYED if role.value in names)
