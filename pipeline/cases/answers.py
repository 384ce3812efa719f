"""The answers to one visit as frozen facts: who is in the case, what each has contributed, what was approved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from pipeline.cases.values import ChoiceValue, TextValue, Value
from pipeline.tool.definition import Choice


class Role(StrEnum):
    """What a person is in the case."""

    PARENT = "parent"
    TRAINING_PARENT = "training_parent"
    CHILD = "child"
    SIBLING = "sibling"
    METHOD_PROVIDER = "method_provider"
    DAYCARE = "daycare"
    SCHOOL = "school"
    AUTHORITY = "authority"
    PROFESSIONAL = "professional"
    HEALTH_PROFESSIONAL = "health_professional"

    @property
    def is_municipal(self) -> bool:
        """Whether the person speaks for the municipality."""
        return self in (Role.AUTHORITY, Role.PROFESSIONAL, Role.HEALTH_PROFESSIONAL)


@dataclass(frozen=True)
class Person:
    """A person in the case; `title` is profession or relation in words (mor, far, ergoterapeut)."""

    id: str
    name: str
    role: Role
    title: str = ""
    organisation: str = ""

    @property
    def in_words(self) -> str:
        """Name, title and organisation, as documents name contributors."""
        return ", ".join(part for part in (self.name, self.title, self.organisation) if part)


@dataclass(frozen=True)
class Contribution:
    """One person's answer to one field; several may stand side by side.

    Attributes:
        by: who wrote it down.
        on_behalf_of: whose words they are, where somebody else held the pen.
        by_phone: whether they were told on the phone to the one who wrote them down.
        at: when, aware.
    """

    by: Person
    at: datetime
    value: Value
    on_behalf_of: Person | None = None
    by_phone: bool = False


@dataclass(frozen=True)
class GoalText:
    """One person's words on a goal."""

    by: Person
    at: datetime
    value: TextValue
    on_behalf_of: Person | None = None
    by_phone: bool = False


@dataclass(frozen=True)
class Attainment:
    """One person's view of how far a goal was reached, and why."""

    by: Person
    at: datetime
    value: ChoiceValue
    on_behalf_of: Person | None = None
    by_phone: bool = False


class GoalOrigin(StrEnum):
    """Where a goal of this visit comes from."""

    NEW = "new"
    CONTINUED = "continued"
    ADJUSTED = "adjusted"


@dataclass(frozen=True)
class Goal:
    """One row of the tids- og faseplan.

    Attributes:
        id: stays the same from visit to visit.
        wording: what the family calls the goal (column 1 beside the måltype).
        before: the goal's wording at the last visit, where it was adjusted.
    """

    id: str
    goal_type: Choice
    wording: str
    origin: GoalOrigin
    before: str
    focus: tuple[GoalText, ...]
    attainment: tuple[Attainment, ...]
    next: tuple[GoalText, ...]


@dataclass(frozen=True)
class Municipality:
    """Who supervises; the contact is a municipal one."""

    name: str
    unit: str
    contact: str
    phone: str


@dataclass(frozen=True)
class Approval:
    """The approved scheme that the visit is measured against (godkendelsen)."""

    decided_on: date
    extent: str
    methods: tuple[str, ...]
    goals: tuple[str, ...]
    supervision_frame: str
    health_elements: bool


@dataclass(frozen=True)
class Enclosure:
    """Material that the supervision builds on."""

    title: str
    received_from: str
    dated: date


@dataclass(frozen=True)
class EarlierVisit:
    """What an earlier visit said of attainment: måltype and grade, one pair for each grade given."""

    visit_date: date
    grades: tuple[tuple[Choice, Choice], ...]


@dataclass(frozen=True)
class Event:
    """Something that happened after the visit; the fields of kind `drawn` are made of these."""

    type: str
    at: datetime
    text: str
    by: Person | None = None
    to: Person | None = None
    deadline: date | None = None


@dataclass(frozen=True)
class Answers:
    """Everything that was answered for one visit of one case.

    Attributes:
        not_asked: keys of fields that were left out on purpose.
        why_not_asked: by key why, where somebody gave a reason at the visit.
    """

    edition: str
    case_number: str
    is_fictional: bool
    document_date: date
    visit_number: int
    visit_kind: str
    municipality: Municipality
    people: tuple[Person, ...]
    approval: Approval
    contributions: Mapping[str, tuple[Contribution, ...]]
    goals: tuple[Goal, ...]
    not_asked: frozenset[str]
    enclosures: tuple[Enclosure, ...]
    earlier_visits: tuple[EarlierVisit, ...]
    events: tuple[Event, ...]
    why_not_asked: Mapping[str, str] = field(default_factory=dict)

    def of(self, key: str) -> tuple[Contribution, ...]:
        """The contributions to a field; empty where nobody has answered."""
        return self.contributions.get(key, ())
