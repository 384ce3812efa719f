"""What falls due in a case, and when: material before a visit, the visit, its report and hearing, agreements."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.cases.journey.outcomes import is_reassessing, is_refused, waits_for_outcome
from pipeline.cases.record.case import Case
from pipeline.cases.record.parts import Visit
from pipeline.cases.record.party_access import REPORT
from pipeline.cases.record.reached import has_come
from pipeline.danish import danish_date
from pipeline.deadlines.deadline import Deadline
from pipeline.tool.definition import FilledBy, Tool
from webforms.design.words import Speaker
from webforms.whereabouts import is_awaited, is_over, material_due, visit_at_hand


class What(StrEnum):
    """What falls due; as the catalogue names it."""

    MATERIAL = "material"
    VISIT = "visit"
    REPORT = "report"
    AGREEMENT = "agreement"
    DAY = "day"
    REFUSED = "refused"
    EXTRA = "extra"
    REASSESSMENT = "reassessment"
    HEARING = "hearing"
    FINAL = "final"


@dataclass(frozen=True)
class Due:
    """Something that falls due.

    Attributes:
        day: None: there is no day for it, but it waits.
        about: of an agreement what was agreed, of a visit its number.
        visit: id of the visit that it came from, where that need not be the one at hand.
    """

    what: What
    day: date | None
    about: str
    visit: str = ""

    def is_late(self, today: date) -> bool:
        """Whether its day has passed; a report has no day that the law sets, so it waits and is never late."""
        return self.day is not None and self.day < today and self.what is not What.REPORT

    def in_words(self, say: Speaker) -> str:
        """What it is, without its day."""
        return say(f"caseworkers.due.{self.what}", about=self.about)

    def when(self, today: date, say: Speaker) -> str:
        """The day in words, with how late it is."""
        if self.day is None:
            return say(f"caseworkers.due.{'no_day' if self.what is What.DAY else 'waits'}")
        if self.what is What.REPORT:
            return say("caseworkers.due.since", day=danish_date(self.day))
        if self.is_late(today):
            return say("caseworkers.due.late", day=danish_date(self.day))
        if self.day == today:
            return say("caseworkers.due.today")
        return danish_date(self.day)


def dues(case: Case, today: date, tool: Tool | None) -> tuple[Due, ...]:
    """Everything that falls due, the first first; what has no day stands last.

    Args:
        case: the case.
        today: the day in Denmark.
        tool: the edition of the visit at hand; None where there is no visit.
    """
    if not case.is_open:
        return ()
    found = [
        *_of_visit(case, visit_at_hand(case, today), today, tool),
        *_of_agreements(case),
        *_to_decide(case, today),
        *_of_hearings(case, today),
    ]
    return tuple(sorted(found, key=lambda due: (due.day is None, due.day or date.max, due.what)))


def missing_sections(visit: Visit, tool: Tool) -> tuple[str, ...]:
    """Keys of the parents' sections that nobody has handed in; sections of which nothing is asked are left out."""
    return tuple(
        section.key
        for section in tool.sections
        if section.filled_by is FilledBy.PARENTS
        and not has_come(visit, section.key)
        and any(field.key not in visit.not_asked for field in section.fields)
    )


def _of_visit(case: Case, visit: Visit | None, today: date, tool: Tool | None) -> Iterator[Due]:
    if visit is None or tool is None:
        return
    number = str(visit.number)
    if is_over(case, visit):
        return
    if visit.day is None:
        yield Due(What.DAY, None, number)
    elif visit.day < today:
        if not _has_report(case, visit) and not visit.is_extra:
            yield Due(What.REPORT, visit.day, number)
    else:
        if missing_sections(visit, tool) and not visit.is_extra:
            yield Due(What.MATERIAL, material_due(visit), number)
        yield Due(What.VISIT, visit.day, number)


def _has_report(case: Case, visit: Visit) -> bool:
    return any(k.document.kind == REPORT and k.document.visit == visit.id for k in case.documents.values())


def _of_agreements(case: Case) -> Iterator[Due]:
    for agreement in case.agreements.values():
        if agreement.ended is None and agreement.agreed.by_day:
            yield Due(What.AGREEMENT, agreement.agreed.by_day, agreement.agreed.what)


def _to_decide(case: Case, today: date) -> Iterator[Due]:
    """What waits for somebody to decide, whichever visit it came from."""
    for visit in case.visits.values():
        number = str(visit.number)
        if waits_for_outcome(case, visit, today):
            yield Due(What.REFUSED if is_refused(case, visit) else What.EXTRA, None, number, visit.id)
        if is_reassessing(case, visit.id):
            yield Due(What.REASSESSMENT, case.travelled.outcomes[visit.id].due, number, visit.id)


def _of_hearings(case: Case, today: date) -> Iterator[Due]:
    """The first day by which somebody who is heard must have answered; when all have, the final report."""
    for visit in case.visits.values():
        hearings = [one for one in case.hearings.of_visit(visit.id) if not one.withdrawn]
        days = [Deadline.at(one.deadline).day for one in hearings if is_awaited(one, today)]
        if days:
            yield Due(What.HEARING, min(days), str(visit.number), visit.id)
        elif hearings and visit.id not in case.hearings.final:
            yield Due(What.FINAL, None, str(visit.number), visit.id)
