"""The final goals of a visit, as the municipality set them with the parents, and where each belongs in the plan."""

from dataclasses import dataclass
from datetime import date

from pipeline.cases.record.parts import Slot, Version, Visit
from pipeline.cases.record.to_answers import wording_of
from pipeline.cases.record.visit_events import FinalGoalPlace
from pipeline.danish import danish_date

FINAL_GOALS, AGREEMENTS = "final_goals", "agreements"
"""Keys of the fields; an edition without them has no such goals or agreements."""


@dataclass(frozen=True)
class FinalGoal:
    """A goal of the conclusion.

    Attributes:
        voice: whose table it stands in; `author` is who wrote it there.
        place: where it belongs in the plan; None until somebody has said so.
    """

    goal: str
    measure: str
    by_day: date | None
    voice: str
    author: str
    place: FinalGoalPlace | None

    @property
    def in_focus(self) -> str:
        """What stands as “in focus” at the next visit: how it is measured and by when, or else the goal itself."""
        lines = [f"Sådan måles det: {self.measure}"] if self.measure else []
        lines += [f"Senest {danish_date(self.by_day)}"] if self.by_day else []
        return "\n".join(lines) or self.goal


def final_goals(visit: Visit) -> tuple[FinalGoal, ...]:
    """The final goals that stand in the report, in order; the same words are one goal."""
    found: dict[str, FinalGoal] = {}
    for slot, version in table_in_report(visit, FINAL_GOALS):
        for row in (version.value or {}).get("rows", ()):
            goal = str(row.get("goal", "")).strip()
            if goal:
                by_day = date.fromisoformat(row["by_date"]) if row.get("by_date") else None
                measure = str(row.get("measure", "")).strip()
                made = FinalGoal(goal, measure, by_day, slot.voice, version.by, _place(visit, goal))
                found.setdefault(_same(goal), made)
    return tuple(found.values())


def table_in_report(visit: Visit, key: str) -> tuple[tuple[Slot, Version], ...]:
    """Every voice's answer to a field, as the report has it; who answered first stands first."""
    standing = [(slot, version) for slot in visit.answers if slot.key == key and (version := visit.in_report(slot))]
    return tuple(sorted(standing, key=lambda one: visit.answers[one[0]][0].seq))


def _place(visit: Visit, goal: str) -> FinalGoalPlace | None:
    """As somebody has said; else a goal of the plan that is called the same, for then there is nothing to ask."""
    said = next((place for place in visit.goal_places if _same(place.goal) == _same(goal)), None)
    if said is not None and (not said.continues or any(said.continues == planned.id for planned in visit.plan)):
        return said
    alike = (planned for planned in visit.plan if _same(wording_of(visit, planned.id)) == _same(goal))
    return next((FinalGoalPlace(goal, planned.goal_type, planned.id) for planned in alike), None)


def _same(words: str) -> str:
    return " ".join(words.split()).rstrip(".").casefold()
