"""In which capacity somebody uses the system, and how far a right of theirs reaches."""

from enum import StrEnum

from pipeline.cases.record.people import Place


class Role(StrEnum):
    """A capacity; what each may do stands in access.py."""

    PARENT = "parent"
    CHILD = "child"
    HELPER = "helper"
    REPRESENTATIVE = "representative"
    CASEWORKER = "caseworker"
    VISITING_PROFESSIONAL = "visiting_professional"
    HEALTH_PROFESSIONAL = "health_professional"
    MANAGER = "manager"
    ARCHIVIST = "archivist"
    OPERATOR = "operator"
    ADMINISTRATOR = "administrator"

    @property
    def is_employed(self) -> bool:
        """Whether the municipality gives the role; the others follow from what somebody stands in a case as."""
        return self not in (Role.PARENT, Role.CHILD, Role.HELPER, Role.REPRESENTATIVE)

    @property
    def in_danish(self) -> str:
        """The role as pages and the printed table name it."""
        return _IN_DANISH[self]


class Scope(StrEnum):
    """How far a right reaches."""

    NONE = "none"
    OWN_PART = "own_part"
    OWN_CASE = "own_case"
    OWN_TEAM = "own_team"
    ANY = "any"

    @property
    def in_danish(self) -> str:
        """The scope as the printed table names it."""
        return _SCOPE_IN_DANISH[self]


_IN_DANISH = {
    Role.PARENT: "forælder",
    Role.CHILD: "barn",
    Role.HELPER: "hjælper",
    Role.REPRESENTATIVE: "repræsentant",
    Role.CASEWORKER: "sagsbehandler",
    Role.VISITING_PROFESSIONAL: "tilsynsførende",
    Role.HEALTH_PROFESSIONAL: "sundhedsfaglig",
    Role.MANAGER: "leder",
    Role.ARCHIVIST: "arkivar",
    Role.OPERATOR: "drift",
    Role.ADMINISTRATOR: "administrator",
}
_SCOPE_IN_DANISH = {
    Scope.NONE: "–",
    Scope.OWN_PART: "egen del",
    Scope.OWN_CASE: "egen sag",
    Scope.OWN_TEAM: "eget team",
    Scope.ANY: "alle",
}

# A companion (bisidder) supports somebody at a meeting and uses nothing here; a sibling is written about only.
ROLE_OF: dict[Place, Role] = {
    Place.CHILD: Role.CHILD,
    Place.PARENTAL_AUTHORITY: Role.PARENT,
    Place.TRAINING_PARENT: Role.PARENT,
    Place.PARTY_REPRESENTATIVE: Role.REPRESENTATIVE,
    Place.POWER_OF_ATTORNEY: Role.REPRESENTATIVE,
    Place.METHOD_PROVIDER: Role.HELPER,
    Place.DAYCARE: Role.HELPER,
    Place.SCHOOL: Role.HELPER,
    Place.CASEWORKER: Role.CASEWORKER,
    Place.SUBSTITUTE: Role.CASEWORKER,
    Place.VISITING_PROFESSIONAL: Role.VISITING_PROFESSIONAL,
    Place.HEALTH_PROFESSIONAL: Role.HEALTH_PROFESSIONAL,
    Place.MANAGER: Role.MANAGER,
}
"""What each place in a case makes of the person who holds it."""
