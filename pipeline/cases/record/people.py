"""The people of a case and what each stands in it as, from when to when."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Place(StrEnum):
    """What a person stands in a case as; one person may hold several."""

    CHILD = "child"
    PARENTAL_AUTHORITY = "parental_authority"
    TRAINING_PARENT = "training_parent"
    SIBLING = "sibling"
    PARTY_REPRESENTATIVE = "party_representative"
    COMPANION = "companion"
    POWER_OF_ATTORNEY = "power_of_attorney"
    METHOD_PROVIDER = "method_provider"
    DAYCARE = "daycare"
    SCHOOL = "school"
    CASEWORKER = "caseworker"
    SUBSTITUTE = "substitute"
    VISITING_PROFESSIONAL = "visiting_professional"
    HEALTH_PROFESSIONAL = "health_professional"
    MANAGER = "manager"

    @property
    def is_parent(self) -> bool:
        """Whether the person answers the parents' sections by own right."""
        return self in (Place.PARENTAL_AUTHORITY, Place.TRAINING_PARENT)

    @property
    def is_party(self) -> bool:
        """Whether the person is a party of the case (holders of parental authority; the child is heard, not served)."""
        return self is Place.PARENTAL_AUTHORITY

    @property
    def is_helper(self) -> bool:
        """Whether the person is let in to named sections only."""
        return self in (Place.METHOD_PROVIDER, Place.DAYCARE, Place.SCHOOL)

    @property
    def speaks_for_somebody(self) -> bool:
        """Whether the person acts for somebody else and within a scope."""
        return self in (Place.PARTY_REPRESENTATIVE, Place.COMPANION, Place.POWER_OF_ATTORNEY)

    @property
    def is_municipal(self) -> bool:
        """Whether the person is an employee of the municipality."""
        return self in (
            Place.CASEWORKER,
            Place.SUBSTITUTE,
            Place.VISITING_PROFESSIONAL,
            Place.HEALTH_PROFESSIONAL,
            Place.MANAGER,
        )


class Act(StrEnum):
    """What somebody may do for the person whom they speak for, beside writing in the form."""

    SIGN = "sign"
    HEARING = "hearing"


@dataclass(frozen=True)
class Contact:
    """How to reach a person.

    Attributes:
        protected: the address is protected (navne- og adressebeskyttelse): no page, document or other person is
            shown any of this but the caseworkers.
    """

    address: str = ""
    phone: str = ""
    email: str = ""
    protected: bool = False


@dataclass(frozen=True)
class CasePerson:
    """A person in the case; for an employee, `id` is the employee's.

    Attributes:
        cpr: ten digits, or empty where there is none or it is not needed.
        born: only where it does not follow from the CPR number (a replacement number).
        title: relation or profession in words (mor, far, ergoterapeut).
    """

    id: str
    name: str
    cpr: str = field(default="", repr=False)
    born: date | None = field(default=None, repr=False)
    title: str = ""
    organisation: str = ""
    contact: Contact = field(default=Contact(), repr=False)


@dataclass(frozen=True)
class Standing:
    """That a person stands in the case as something, from one day and perhaps to another.

    Attributes:
        household: parents of one household answer with one voice; parents living apart each have their own.
        sections: for helpers and the child: keys of the sections they may fill; for a fuldmagt: those it covers.
        scope: for representatives, in words: what they may do.
        speaks_for: for representatives: the id of the person they act for.
        acts: for representatives: what they may do for that person (`speaking_for.py` says what it is to name none).
        until: the last day, or None.
    """

    id: str
    person_id: str
    place: Place
    since: date
    until: date | None = None
    household: str = ""
    sections: tuple[str, ...] = ()
    scope: str = ""
    speaks_for: str = ""
    acts: tuple[Act, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Whether the standing holds on a day."""
        return self.since <= day and (self.until is None or day <= self.until)
