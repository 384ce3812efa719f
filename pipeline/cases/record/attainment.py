"""How far the goals of each måltype were reached, visit by visit; of visits before the case came here too."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Slot, Version, Visit
from pipeline.cases.record.voices import goal_slot

Sees = Callable[[Visit, Slot, Version], bool]
"""Whether an answer is for the reader's eyes."""


@dataclass(frozen=True)
class VisitAttainment:
    """The grades of one visit.

    Attributes:
        number: of the visit; 0 for one before the case came here.
        grades: by code of the måltype the codes of the grades, one for each that somebody gave.
    """

    number: int
    day: date | None
    grades: Mapping[str, tuple[str, ...]]


def attainment_over_visits(case: Case, sees: Sees) -> tuple[VisitAttainment, ...]:
    """The visits at which something was graded, oldest first.

    Args:
        case: as it stands now.
        sees: what the reader may see; what stood in earlier reports everybody has read.
    """
    earlier = [VisitAttainment(0, known.day, _by_type(known.grades)) for known in case.earlier_visits]
    newer = [
        VisitAttainment(visit.number, visit.day, _by_type(_grades(visit, sees)))
        for visit in sorted(case.visits.values(), key=lambda visit: visit.number)
    ]
    return tuple(visit for visit in (*earlier, *newer) if visit.grades)


def _grades(visit: Visit, sees: Sees) -> Iterator[tuple[str, str]]:
    for goal in visit.plan:
        key = goal_slot(goal.id, "attainment")
        for slot in visit.answers:
            version = visit.current(slot)
            if slot.key == key and version and sees(visit, slot, version):
                yield goal.goal_type, str((version.value or {}).get("choice", ""))


def _by_type(pairs: Iterator[tuple[str, str]] | tuple[tuple[str, str], ...]) -> dict[str, tuple[str, ...]]:
    by_type: dict[str, tuple[str, ...]] = {}
    for goal_type, grade in pairs:
        by_type[goal_type] = (*by_type.get(goal_type, ()), grade)
    return by_type
