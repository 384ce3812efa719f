"""The lines of the worklist: which case, whose, where it stands, what falls due next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.cases.record.case import Case
from pipeline.cases.record.voices import contact_person
from pipeline.store.case_lists import ListedCase
from pipeline.store.clear_columns import CLOSED
from webforms.caseworkers.deadlines import Due, What, dues
from webforms.caseworkers.pauses import waiting_pauses
from webforms.services import Services
from webforms.whereabouts import visit_at_hand

PER_PAGE = 25


@dataclass(frozen=True)
class WorkRow:
    """One case on the worklist.

    Attributes:
        tone: of the badge that says where the case stands.
        when: the day of what falls due, in words.
        waits: how many persons wait for a decision on their access.
    """

    id: str
    number: str
    child: str
    team: str
    holder: str
    state: str
    tone: str
    due: str
    when: str
    is_late: bool
    waits: int


@dataclass(frozen=True)
class PageOfRows:
    """Some lines of the list, and where they stand in it."""

    rows: tuple[WorkRow, ...]
    page: int
    pages: int
    total: int


def page_of_rows(services: Services, listed: Sequence[ListedCase], page: int) -> PageOfRows:
    """One page of a list; only the cases on it are opened."""
    pages = max(1, -(-len(listed) // PER_PAGE))
    page = min(max(page, 1), pages)
    shown = listed[(page - 1) * PER_PAGE : page * PER_PAGE]
    rows = tuple(_row(services, one, services.store.cases.case(one.id)) for one in shown)
    return PageOfRows(rows, page, pages, len(listed))


def _row(services: Services, listed: ListedCase, case: Case) -> WorkRow:
    today, say = services.today(), services.say()
    visit = visit_at_hand(case, today)
    first = next(iter(dues(case, today, services.tool(visit.edition) if visit else None)), None)
    holder = contact_person(case, today)
    state, tone = state_of(case, today, first)
    return WorkRow(
        id=listed.id,
        number=case.number,
        child=case.child.name if case.child else "",
        team=case.team,
        holder=holder.name if holder else "",
        state=say(f"caseworkers.state.{state}"),
        tone=tone,
        due=first.in_words(say) if first else "",
        when=first.when(today, say) if first else "",
        is_late=bool(first and first.is_late(today)),
        waits=len(waiting_pauses(case, today)) if listed.state != CLOSED else 0,
    )


def state_of(case: Case, today: date, first: Due | None) -> tuple[str, str]:
    """Where a case stands, as the catalogue names it, and the tone of its badge."""
    visit = visit_at_hand(case, today)
    if not case.is_open:
        return "closed", ""
    if first and first.is_late(today):
        return "late", "error"
    if first and first.what in (What.HEARING, What.FINAL):
        return "hearing", "info"
    if visit is None:
        return "no_visit", "warning"
    if visit.id in case.travelled.called_off:
        return "called_off", "warning"
    if visit.day and visit.day < today and visit.is_extra:
        return "extra", "info"
    if visit.day and visit.day < today:
        return ("reported", "success") if first is None else ("held", "info")
    return "preparing", "info"
