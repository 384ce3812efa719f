"""What the first page says of each fictional case: from its answers, and never a name or a CPR number."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from pipeline.cases.answers import Answers
from pipeline.cases.read_answers import read_answers_file
from pipeline.cases.values import ChoiceValue, DateValue
from pipeline.danish import danish_list
from pipeline.errors import TilsynError
from webforms.demo import sample_path, samples

NOT_STATED = "Ikke angivet"
_FIELD_OF_VISIT, _FIELD_OF_RECOMMENDATION = "visit_date", "recommendation"


@dataclass(frozen=True)
class DemoCase:
    """One visit of one fictional family.

    Attributes:
        name: as in its address and in its folder, e.g. “cp_skole_1”.
        document_date: the date on the report.
    """

    name: str
    case_number: str
    visit_number: int
    visited_on: date
    document_date: date
    methods: tuple[str, ...]
    goals: int
    recommendation: str


@dataclass(frozen=True)
class Family:
    """The visits of one case, the earliest first."""

    case_number: str
    visits: tuple[DemoCase, ...]

    @property
    def methods(self) -> str:
        """The approved methods in words."""
        return danish_list(list(dict.fromkeys(method for visit in self.visits for method in visit.methods)))


@dataclass(frozen=True)
class UnreadableCase:
    """A fictional case whose answers were refused, and why."""

    name: str
    why: str


@dataclass(frozen=True)
class Catalogue:
    """Every fictional case of the newest edition."""

    families: tuple[Family, ...]
    unreadable: tuple[UnreadableCase, ...]


def catalogue(root: Path) -> Catalogue:
    """Read every fictional case; one that is refused does not hide the others.

    Args:
        root: the folder of editions.
    """
    found = list(_cases(root))
    cases = [case for case in found if isinstance(case, DemoCase)]
    cases.sort(key=lambda case: (case.case_number, case.visit_number))
    families = tuple(Family(number, tuple(visits)) for number, visits in groupby(cases, key=lambda c: c.case_number))
    return Catalogue(families, tuple(case for case in found if isinstance(case, UnreadableCase)))


def _cases(root: Path) -> Iterator[DemoCase | UnreadableCase]:
    for name in samples(root):
        path = sample_path(name, root)
        try:
            yield _case(name, path, root, path.stat().st_mtime_ns)
        except TilsynError as error:
            yield UnreadableCase(name, str(error))


@lru_cache(maxsize=64)
def _case(name: str, path: Path, root: Path, changed_at: int) -> DemoCase:
    """Reading a case takes about 10 ms, so it is read again only when the file has changed."""
    answers = read_answers_file(path, root)
    return DemoCase(
        name=name,
        case_number=answers.case_number,
        visit_number=answers.visit_number,
        visited_on=_visited_on(answers),
        document_date=answers.document_date,
        methods=answers.approval.methods,
        goals=len(answers.goals),
        recommendation=_recommendation(answers),
    )


def _visited_on(answers: Answers) -> date:
    days = [c.value.day for c in answers.of(_FIELD_OF_VISIT) if isinstance(c.value, DateValue)]
    return days[-1] if days else answers.document_date


def _recommendation(answers: Answers) -> str:
    chosen = [c.value.choice.label for c in answers.of(_FIELD_OF_RECOMMENDATION) if isinstance(c.value, ChoiceValue)]
    return chosen[-1] if chosen else NOT_STATED
