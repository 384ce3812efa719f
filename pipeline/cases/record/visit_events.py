"""What can happen at one visit, from its opening to what the family was shown of it: frozen facts, only ever added."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


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
    """A goal stands in the plan of a visit: new, carried over, or put back after it was removed.

    Attributes:
        on_behalf_of: id of the person whose plan it is, where somebody else holds the pen; so with the two below.
    """

    visit: str
    goal: str
    goal_type: str
    origin: str
    position: int
    before: str = ""
    on_behalf_of: str = ""


@dataclass(frozen=True)
class GoalMoved:
    """A goal has another position or måltype."""

    visit: str
    goal: str
    goal_type: str
    position: int
    on_behalf_of: str = ""


@dataclass(frozen=True)
class GoalRemoved:
    """A goal was taken out of the plan; its words are kept."""

    visit: str
    goal: str
    reason: str = ""
    on_behalf_of: str = ""


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
    """A voice has handed in its part of a section.

    Attributes:
        confirmed_by: id of the person who heard the answers read out on the phone and said yes to them, where an
            employee hands in for them; empty where people hand in themselves.
    """

    visit: str
    section: str
    voice: str
    confirmed_by: str = ""


@dataclass(frozen=True)
class SectionsLocked:
    """Sections can no longer be changed (for the visit), or again can."""

    visit: str
    sections: tuple[str, ...]
    locked: bool
    reason: str = ""


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


VisitEvent = (
    VisitOpened
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
    | ContributionWeighed
    | FinalGoalsPlaced
    | AfterVisitShared
    | AgendaPointAdded
    | AgendaPointRemoved
)
