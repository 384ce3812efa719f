"""What a case is made of: visits with their answers and goals, notes, agreements, documents, consents, decisions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pipeline.cases.record.family_events import ConsentAnswered, ConsentAsked
from pipeline.cases.record.journal_events import Agreed, AgreementEnded, DocumentKept, DocumentSent, JournalNoted
from pipeline.cases.record.visit_events import AfterVisitShared, FinalGoalPlace, TeamChosen


@dataclass(frozen=True)
class Slot:
    """Where an answer stands: a field, or a column of a goal, in the voice of a household or person."""

    key: str
    voice: str


@dataclass(frozen=True)
class Version:
    """One version of an answer; `value` None: it was taken back. `seq` is what the next save says it was based on."""

    seq: int
    at: datetime
    by: str
    value: Mapping[str, Any] | None
    on_behalf_of: str = ""
    through: str = "web"


@dataclass(frozen=True)
class PlannedGoal:
    """A goal in the plan of a visit; its words are slots `goal/<id>/<column>`."""

    id: str
    goal_type: str
    origin: str
    position: int
    before: str = ""
    removed: bool = False


@dataclass(frozen=True)
class GoalStep:
    """How a goal stood after somebody (`by`) placed, moved or removed it, for themselves or for somebody else."""

    seq: int
    by: str
    on_behalf_of: str
    goal: PlannedGoal


@dataclass(frozen=True)
class AgendaPoint:
    """What somebody wants to talk about at a visit."""

    id: str
    at: datetime
    by: str
    voice: str
    text: str


@dataclass(frozen=True)
class DiaryEntry:
    """An entry of a diary; `shared_at` None: it and its files are for the household's eyes alone, whoever else asks."""

    id: str
    at: datetime
    by: str
    voice: str
    on: date
    text: str
    goal: str = ""
    shared_at: datetime | None = None
    files: tuple["Kept", ...] = ()


@dataclass(frozen=True)
class Weighed:
    """A decision on whether an answer goes into the report; `seq` tells whether the answer was changed since."""

    seq: int
    at: datetime
    by: str
    included: bool
    reason: str


@dataclass(frozen=True)
class Shared:
    """What the family was shown after a visit, when and by whom."""

    at: datetime
    by: str
    what: AfterVisitShared


@dataclass(frozen=True)
class Helped:
    """That a person asked an employee (`by`) to fill in for them in a voice, and so to see what stood there."""

    at: datetime
    by: str
    person_id: str
    voice: str


@dataclass(frozen=True)
class ReadBack:
    """That a person said yes on the phone to the answers that an employee (`by`) read out, and handed in for them."""

    at: datetime
    by: str
    person_id: str


@dataclass(frozen=True)
class Visit:
    """One visit with everything that was answered for it.

    Attributes:
        answers: each slot's versions, oldest first; what is shown is the last.
        goal_steps: by goal how it came to stand as it does, oldest first.
        not_asked: fields that the municipality does not ask this time: neither “not answered” nor “no”.
        handed_in: (section, voice) -> when.
        read_back: (section, voice) -> how, of what was last handed in on the phone.
        agenda: points that the family wants to talk about, by id, oldest first.
        weighed: what the authority decided of single answers; all others go into the report.
        goal_places: where the final goals belong in the plan.
        shared: what the family was shown, the newest last.
        skipped: fields that were skipped at the visit, with the reason if one was given.
        team: who of the municipality takes part; None until somebody has chosen.
        helped: who was asked to fill in for somebody, oldest first.
    """

    id: str
    number: int
    kind: str
    edition: str
    day: date | None
    before: str
    answers: Mapping[Slot, tuple[Version, ...]] = field(default_factory=dict)
    goals: Mapping[str, PlannedGoal] = field(default_factory=dict)
    goal_steps: Mapping[str, tuple[GoalStep, ...]] = field(default_factory=dict)
    not_asked: frozenset[str] = frozenset()
    handed_in: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    read_back: Mapping[tuple[str, str], ReadBack] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()
    agenda: Mapping[str, AgendaPoint] = field(default_factory=dict)
    weighed: Mapping[Slot, Weighed] = field(default_factory=dict)
    goal_places: tuple[FinalGoalPlace, ...] = ()
    shared: tuple[Shared, ...] = ()
    skipped: Mapping[str, str] = field(default_factory=dict)
    team: TeamChosen | None = None
    helped: tuple[Helped, ...] = ()

    def in_report(self, slot: Slot) -> Version | None:
        """The answer that stands and goes into documents; None where there is none, or it was left out."""
        decided = self.weighed.get(slot)
        return self.current(slot) if decided is None or decided.included else None

    def current(self, slot: Slot) -> Version | None:
        """The answer that stands, or None where nobody has answered or the answer was taken back."""
        versions = self.answers.get(slot, ())
        return versions[-1] if versions and versions[-1].value is not None else None

    def revision_of(self, slot: Slot) -> int:
        """The seq that a save of this slot must be based on; 0 where nothing was ever written."""
        versions = self.answers.get(slot, ())
        return versions[-1].seq if versions else 0

    @property
    def is_extra(self) -> bool:
        """Whether it is one beside the two of the year: nothing is handed in before it (handbook, section g)."""
        return self.kind == "extra"

    @property
    def left_out(self) -> frozenset[str]:
        """Fields that were not asked, or skipped at the visit and not answered by anybody after all."""
        answered = {slot.key for slot in self.answers if self.current(slot)}
        return self.not_asked | (self.skipped.keys() - answered)

    @property
    def plan(self) -> tuple[PlannedGoal, ...]:
        """The goals that stand, in order."""
        return tuple(sorted((g for g in self.goals.values() if not g.removed), key=lambda g: (g.position, g.id)))


@dataclass(frozen=True)
class Note:
    """A journal note with who wrote it and when."""

    seq: int
    at: datetime
    by: str
    noted: JournalNoted


@dataclass(frozen=True)
class Agreement:
    """An agreement; `ended` None: it still stands."""

    agreed: Agreed
    at: datetime
    ended: AgreementEnded | None = None


@dataclass(frozen=True)
class Kept:
    """A document that is kept, and to whom it went."""

    seq: int
    at: datetime
    by: str
    document: DocumentKept
    sent: tuple[tuple[datetime, DocumentSent], ...] = ()


@dataclass(frozen=True)
class Consent:
    """A consent that was asked for, with its answers in order: (when, by whom, answer); `said` has the same in full."""

    asked: ConsentAsked
    at: datetime
    answers: tuple[tuple[datetime, str, str], ...] = ()
    said: tuple[ConsentAnswered, ...] = ()


@dataclass(frozen=True)
class Decided:
    """A caseworker's decision on a person's access."""

    seq: int
    at: datetime
    by: str
    granted: bool
    reason: str
