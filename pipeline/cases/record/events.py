"""What can happen in a case: each event a frozen fact, only ever added; the state is computed from them in case.py.

Here stand the events of the case as such, and `Event`, which is all of them. Those of a visit, of the family and of the
journal have modules beside this one; those of a hearing, a signing, a notice and the journey have rooms of their own.

A new kind is a class and a name in the union of its module, and a function where that module is folded: case.py,
visit_state.py, family_state.py, or the state.py of its room. A kind that has been stored is never renamed or removed,
and new attributes have defaults: cases outlive releases.
"""

from dataclasses import dataclass
from datetime import date

from pipeline.cases.hearing.events import HearingEvent
from pipeline.cases.journey.events import JourneyEvent
from pipeline.cases.notice.events import NoticeEvent
from pipeline.cases.record.family_events import FamilyEvent
from pipeline.cases.record.journal_events import JournalEvent
from pipeline.cases.record.people import CasePerson, Standing
from pipeline.cases.record.visit_events import VisitEvent
from pipeline.cases.signing.events import SigningEvent


@dataclass(frozen=True)
class CaseOpened:
    """The case begins."""

    number: str
    team: str
    municipality: str
    unit: str
    fictional: bool


@dataclass(frozen=True)
class CaseHandedOver:
    """Another team has the case from now on."""

    team: str
    unit: str
    reason: str


@dataclass(frozen=True)
class CaseClosed:
    """The case ended; `outcome` is a code (e.g. `ophoer`, `myndig`, `flyttet`)."""

    outcome: str
    reason: str


@dataclass(frozen=True)
class CaseReopened:
    """A closed case goes on."""

    reason: str


@dataclass(frozen=True)
class PersonRecorded:
    """A person is new, or something about them changed: the whole person as known from now on."""

    person: CasePerson


@dataclass(frozen=True)
class StandingBegun:
    """A person stands in the case as something."""

    standing: Standing


@dataclass(frozen=True)
class StandingChanged:
    """Sections, scope, household or last day of a standing are others from now on."""

    standing: Standing
    reason: str = ""


@dataclass(frozen=True)
class AccessDecided:
    """A caseworker decided whether a person gets in; needed again after a change of parental authority and at 18."""

    person_id: str
    granted: bool
    reason: str


@dataclass(frozen=True)
class ApprovalDecided:
    """The approved scheme that supervision is measured against (godkendelsen)."""

    decided_on: date
    extent: str
    methods: tuple[str, ...]
    goals: tuple[str, ...]
    supervision_frame: str
    health_elements: bool
    health_reason: str = ""


@dataclass(frozen=True)
class EarlierVisitRecorded:
    """What is known of a visit held before the case came here: its day and the grades given, from its report.

    Attributes:
        grades: pairs of måltype and grade (their codes), one for each grade given.
    """

    day: date
    grades: tuple[tuple[str, str], ...]


Event = (
    CaseOpened
    | CaseHandedOver
    | CaseClosed
    | CaseReopened
    | PersonRecorded
    | StandingBegun
    | StandingChanged
    | AccessDecided
    | ApprovalDecided
    | EarlierVisitRecorded
    | VisitEvent
    | JournalEvent
    | FamilyEvent
    | HearingEvent
    | JourneyEvent
    | SigningEvent
    | NoticeEvent
)
