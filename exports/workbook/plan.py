"""What the workbook is made of: a plan as plain data, every word already as a person is to read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import fmean


class UnreadablePlan(ValueError):
    """The plan contradicts itself, e.g. a grade that is not on its scale; the caller has to mend it."""


@dataclass(frozen=True)
class OfficialHeadings:
    """The column headings of the official form, word for word."""

    goals: str
    focus: str
    attainment: str
    next_goals: str


@dataclass(frozen=True)
class GoalRow:
    """One goal.

    Args:
        id: tells the goal apart when a filled-in workbook is read again.
        goal_type: one of the plan's `goal_types`, or empty.
        wording: the goal itself.
        focus: what has been worked on since the last visit.
        attainment: a label of the plan's `scale`, or empty where nobody has graded the goal.
        reasons: why that grade.
        next_goals: new or adjusted goals to go on with.
        origin: where the goal comes from, e.g. “Nyt”, “Fortsat” or “Justeret”.
        before: the former wording of an adjusted goal, else empty.
    """

    id: str
    goal_type: str
    wording: str
    focus: str
    attainment: str
    reasons: str
    next_goals: str
    origin: str
    before: str = ""


@dataclass(frozen=True)
class VisitGrades:
    """The grades given at one visit: scale labels for each goal type, one label a goal."""

    date: date
    grades: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class WorkbookProperties:
    """What the file says of itself; `created` is an aware moment and stands as last-modified too."""

    title: str
    creator: str
    created: datetime
    language: str = "da-DK"


@dataclass(frozen=True)
class PlanSheet:
    """A tids- og faseplan with its development over the visits.

    Args:
        title: the heading of the sheets.
        subtitle: which case and visit, e.g. “Testkommune · sag DEMO-0101 · besøg 2, 14. april 2026”.
        notice: a line that must not be overlooked, e.g. “Fiktivt eksempel”, or empty.
        headings: the official column headings.
        goal_types: what the goal type column offers, in the form's order.
        scale: what the grade column offers, best first; the last one counts 0.
        rows: the goals, in the order they are to stand.
        visits: the grades of each visit, oldest first.
        properties: what the file says of itself.
        passport: carried in the file's own properties, so that it is known again when it comes home filled in.
    """

    title: str
    subtitle: str
    notice: str
    headings: OfficialHeadings
    goal_types: tuple[str, ...]
    scale: tuple[str, ...]
    rows: tuple[GoalRow, ...]
    visits: tuple[VisitGrades, ...]
    properties: WorkbookProperties
    passport: str = ""

    def graded_types(self) -> tuple[str, ...]:
        """The goal types with a grade at any visit: the form's order first, then others as they turn up."""
        graded = {name: None for visit in self.visits for name, labels in visit.grades.items() if labels}
        known = tuple(name for name in self.goal_types if name in graded)
        return known + tuple(name for name in graded if name not in known)

    def mean_grade(self, visit: VisitGrades, goal_type: str) -> float | None:
        """The mean grade of a goal type at a visit, from 0 (last on the scale) upwards; None where nothing was graded.

        Raises:
            UnreadablePlan: a grade is not on the scale.
        """
        labels = visit.grades.get(goal_type, ())
        return fmean(self._points(label) for label in labels) if labels else None

    def _points(self, label: str) -> int:
        if label not in self.scale:
            raise UnreadablePlan(f"“{label}” står ikke på planens skala. Brug en af: {', '.join(self.scale)}.")
        return len(self.scale) - 1 - self.scale.index(label)
