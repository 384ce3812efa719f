"""What can happen in a case: each event a frozen fact, only ever added; the state is computed from them in case.py.

A new kind of event is a class here and a function in case.py. A kind that has been stored is never renamed or
removed, and new attributes have defaults: cases outlive releases.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pipeline.cases.hearing.events import HearingEvent
from pipeline.cases.journey.events import JourneyEvent
from pipeline.cases.notice.events import NoticeEvent
from pipeline.cases.record.people import CasePerson, Standing
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
class VisitOpened:
    """A visit of the supervision begins to be prepared; `day` may follow later."""

    visit: str
    number: int
    kind: str
    edition: str
    day: date | None = None
    before: str = ""


@dataclass(frozen=True)
class EarlierVisitRecorded:
    """What is known of a visit held before the case came here: its day and the grades given, from its report.

    Attributes:
        grades: pairs of måltype and grade (their codes), one for each grade given.
    """

    day: date
    grades: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class VisitDayChanged:
    """The day of a visit was agreed or moved."""

    visit: str
    day: date | None
    reason: str = ""


@dataclass(frozen=True)
class Written:
    """Somebody's answer to one slot of a visit.

    Attributes:
        slot: key of a field, or `goal/<goal id>/<column>`; the columns are those of voices.GOAL_COLUMNS.
        voice: whose answer it is: a household, a person, or voices.SHARED; each has one answer to a slot at a time.
        value: as in the documents' JSON; None takes the answer back.
        on_behalf_of: id of the person whose words they are, where somebody else held the pen.
        through: how it came (web, phone, pdf, word, excel; carried_over from the last visit).
    """

    visit: str
    slot: str
    voice: str
    value: Mapping[str, Any] | None
    on_behalf_of: str = ""
    through: str = "web"


@dataclass(frozen=True)
class GoalPlaced:
    """A goal stands in the plan of a visit: new, carried over, or put back after it was removed."""

    visit: str
    goal: str
    goal_type: str
    origin: str
    position: int
    before: str = ""


@dataclass(frozen=True)
class GoalMoved:
    """A goal has another position or måltype."""

    visit: str
    goal: str
    goal_type: str
    position: int


@dataclass(frozen=True)
class GoalRemoved:
    """A goal was taken out of the plan; its words are kept."""

    visit: str
    goal: str
    reason: str = ""


@dataclass(frozen=True)
class FieldsNotAsked:
    """The municipality does not ask these fields at this visit; replaces what was said before."""

    visit: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class FieldsSkipped:
    """A theme was skipped at the visit, with a reason if one was given, or is taken up again.

    Unlike FieldsNotAsked nothing is closed: who writes in a skipped field after all has taken it up.
    """

    visit: str
    keys: tuple[str, ...]
    skipped: bool
    reason: str = ""


@dataclass(frozen=True)
class TeamChosen:
    """Who of the municipality takes part in a visit; replaces what was said before.

    Attributes:
        people: ids of people of the case.
        others: who comes along beside them, in words.
    """

    visit: str
    people: tuple[str, ...]
    others: str = ""


@dataclass(frozen=True)
class HelpAsked:
    """Somebody asked an employee to fill in for them, and so to see what they have saved and not handed in.

    Attributes:
        person_id: who asked.
        voice: whose answers are filled in: the person's own, or those of the household.
    """

    visit: str
    person_id: str
    voice: str


@dataclass(frozen=True)
class SectionHandedIn:
    """A voice has handed in its part of a section."""

    visit: str
    section: str
    voice: str


@dataclass(frozen=True)
class SectionsLocked:
    """Sections can no longer be changed (for the visit), or again can."""

    visit: str
    sections: tuple[str, ...]
    locked: bool
    reason: str = ""


class NoteKind(StrEnum):
    """What a journal note is about."""

    PHONE = "phone"
    MEETING = "meeting"
    NOTE = "note"
    CORRECTION = "correction"


@dataclass(frozen=True)
class JournalNoted:
    """A note that the duty to take notes asks for (offentlighedsloven § 13); corrected by a further note only.

    Attributes:
        on: the day of what the note tells.
        corrects: seq of the note that this one corrects, or 0.
    """

    kind: NoteKind
    on: date
    with_whom: str
    text: str
    corrects: int = 0


@dataclass(frozen=True)
class Agreed:
    """An agreement: what, who sees to it, by when."""

    agreement: str
    visit: str
    what: str
    who: str
    by_day: date | None = None


@dataclass(frozen=True)
class AgreementEnded:
    """An agreement is fulfilled or given up."""

    agreement: str
    fulfilled: bool
    remark: str = ""


@dataclass(frozen=True)
class DocumentKept:
    """A document is kept byte for byte as it came or went out.

    Attributes:
        file: id of the stored file.
        kind: e.g. `tilsynsrapport`, `bilag`, `foto`, `brev`.
        sha256: hexadecimal, of the bytes as sent or received.
        seen_by: ids of the people who may open it beside the municipality; empty means the municipality alone.
    """

    file: str
    kind: str
    title: str
    original_name: str
    media_type: str
    size: int
    sha256: str
    visit: str = ""
    slot: str = ""
    received_from: str = ""
    dated: date | None = None
    seen_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class DocumentSent:
    """A kept document went out to somebody."""

    file: str
    to: str
    channel: str


@dataclass(frozen=True)
class ContributionWeighed:
    """The authority decided whether a professional's answer goes into the report; the answer stays in the case."""

    visit: str
    slot: str
    voice: str
    included: bool
    reason: str = ""


@dataclass(frozen=True)
class FinalGoalPlace:
    """Where a final goal belongs in the plan.

    Attributes:
        goal: its words in the conclusion, by which it is found again.
        goal_type: code of the måltype; empty: the goal does not come into the plan.
        continues: id of the goal of the plan that it goes on with; empty for a new one.
    """

    goal: str
    goal_type: str
    continues: str = ""


@dataclass(frozen=True)
class FinalGoalsPlaced:
    """Where the final goals of a visit belong in the plan of the next; replaces what was said before."""

    visit: str
    places: tuple[FinalGoalPlace, ...]


@dataclass(frozen=True)
class SharedAgreement:
    """An agreement as the family was shown it."""

    what: str
    who: str
    by_day: date | None = None


@dataclass(frozen=True)
class SharedGoal:
    """A new goal as the family was shown it: what, how it shows, and by when."""

    goal: str
    measure: str = ""
    by_day: date | None = None


@dataclass(frozen=True)
class AfterVisitShared:
    """The family was shown what was agreed at a visit: exactly this, until something else is shared."""

    visit: str
    agreements: tuple[SharedAgreement, ...]
    goals: tuple[SharedGoal, ...]
    greeting: str = ""
    follow_up: date | None = None


@dataclass(frozen=True)
class ConsentAsked:
    """The municipality asks a party's consent to obtain material from a source (samtykke)."""

    consent: str
    person_id: str
    source: str
    purpose: str


@dataclass(frozen=True)
class ConsentAnswered:
    """A party gave, refused or withdrew a consent; `answer` is `given`, `refused` or `withdrawn`.

    Attributes:
        proof: how the person who answered had proved who they were; empty where an older release did not note it.
        level: the assurance that the sign-in vouched for, in its own words.
        proved: when.
    """

    consent: str
    answer: str
    proof: str = ""
    level: str = ""
    proved: datetime | None = None


@dataclass(frozen=True)
class AgendaPointAdded:
    """Somebody wants to talk about something at a visit.

    Attributes:
        voice: household or person whose point it is; others than the municipality see it when the visit is held.
    """

    visit: str
    point: str
    voice: str
    text: str


@dataclass(frozen=True)
class AgendaPointRemoved:
    """A point was taken off the agenda of a visit."""

    visit: str
    point: str


@dataclass(frozen=True)
class DiaryWritten:
    """A line or two in the family's diary, new or reworded; nobody but the household sees it until it is shared.

    Attributes:
        entry: stays the same when the entry is reworded.
        voice: the household or person whose diary it is.
        on: the day that it tells of.
        goal: id of the goal that it is about, or empty.
    """

    entry: str
    voice: str
    on: date
    text: str
    goal: str = ""


@dataclass(frozen=True)
class DiaryFileKept:
    """A photo or a clip was laid to an entry of the diary; it is for the same eyes as the entry."""

    entry: str
    document: DocumentKept


@dataclass(frozen=True)
class DiaryShared:
    """An entry of the diary is shown to the municipality from now on."""

    entry: str


@dataclass(frozen=True)
class DiaryRemoved:
    """An entry of the diary was taken out; one that was shared stays in the case."""

    entry: str


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
    | VisitOpened
    | EarlierVisitRecorded
    | VisitDayChanged
    | Written
    | GoalPlaced
    | GoalMoved
    | GoalRemoved
    | FieldsNotAsked
    | FieldsSkipped
    | TeamChosen
    | HelpAsked
    | SectionHandedIn
    | SectionsLocked
    | JournalNoted
    | Agreed
    | AgreementEnded
    | DocumentKept
    | DocumentSent
    | ContributionWeighed
    | FinalGoalsPlaced
    | AfterVisitShared
    | ConsentAsked
    | ConsentAnswered
    | AgendaPointAdded
    | AgendaPointRemoved
    | DiaryWritten
    | DiaryFileKept
    | DiaryShared
    | DiaryRemoved
    | HearingEvent
    | JourneyEvent
    | SigningEvent
    | NoticeEvent
)
