"""Which cases an employee may see: those of the own teams, and those in which the employee has a place today."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.danish import COPENHAGEN
from pipeline.errors import TilsynError
from pipeline.store.case_lists import CaseLists, ListedCase, Order
from pipeline.store.case_store import CaseStore
from pipeline.store.clear_columns import CLOSED, OPEN
from pipeline.store.journeys import Journeys
from pipeline.store.opening import Store
from webforms.identity.access import action_named
from webforms.identity.decision import allowed
from webforms.identity.roles import Scope
from webforms.identity.visitor import Visitor

LIST = "cases.list"
_AT_A_TIME = 500
_WAITS_FOR_US = ("gathering", "weighing", "finishing", "deciding")
"""States of a visit in which the municipality's people are awaited (pipeline/journey/workflow.py)."""


@dataclass(frozen=True)
class Visible:
    """The cases of one employee: what falls due or has waited for the municipality longest stands first.

    Attributes:
        every: all of them, open and closed.
        mine: ids of those in which the employee has a place today.
    """

    every: tuple[ListedCase, ...]
    mine: frozenset[str]

    def of_state(self, state: str) -> tuple[ListedCase, ...]:
        """Those that are open, or closed."""
        return tuple(case for case in self.every if case.state == state)

    @property
    def ids(self) -> tuple[str, ...]:
        """Their ids."""
        return tuple(case.id for case in self.every)


def visible_cases(store: Store, visitor: Visitor, day: date) -> Visible:
    """What an employee may see; names are opened only where the employee's own id must be looked for."""
    listed = sorted(_every(store.lists), key=_order(store.journeys))
    in_teams = {case.id for case in listed if case.team in visitor.teams} if _sees_teams(visitor) else set()
    mine = frozenset(_mine(store, visitor, [case.id for case in listed], day))
    return Visible(tuple(case for case in listed if case.id in in_teams | mine), mine)


def _order(journeys: Journeys) -> Callable[[ListedCase], tuple[date, str]]:
    """A report that nobody has written yet has no deadline of its own; it stands where it began to wait."""
    waiting = journeys.waiting_since("visit", _WAITS_FOR_US)

    def first_day(case: ListedCase) -> tuple[date, str]:
        since = waiting.get(case.id)
        days = (case.next_deadline, since and since.astimezone(COPENHAGEN).date())
        return min((day for day in days if day), default=date.max), case.number

    return first_day


def search(store: Store, visible: Visible, sought: str) -> tuple[ListedCase, ...]:
    """The visible cases with this number, or with a person of this name or CPR number."""
    sought = sought.strip()
    if not sought:
        return ()
    found = {case.id for case in visible.every if sought.casefold() in case.number.casefold()}
    found |= {one.case_id for one in store.lists.search_by_name(sought.split(), visible.ids)}
    found |= set(with_cpr(store.lists, sought))
    return tuple(case for case in visible.every if case.id in found)


def with_cpr(lists: CaseLists, written: str) -> tuple[str, ...]:
    """Ids of every case that a person with this CPR number is in; none where it is no such number."""
    try:
        return tuple(dict.fromkeys(one.case_id for one in lists.search_by_cpr(written)))
    except TilsynError:
        return ()


def _sees_teams(visitor: Visitor) -> bool:
    return any(action_named(LIST).scope_for(role) is Scope.OWN_TEAM for role in visitor.roles)


def _mine(store: Store, visitor: Visitor, ids: Iterable[str], day: date) -> Iterator[str]:
    """Cases with the employee among their people are opened to see whether the place holds today."""
    for case_id, summary in store.lists.summaries(list(ids)).items():
        if any(person_id == visitor.employee for person_id, _ in summary.people):
            yield from _if_placed(store.cases, case_id, visitor, day)


def _if_placed(cases: CaseStore, case_id: str, visitor: Visitor, day: date) -> Iterator[str]:
    case = cases.case(case_id)
    if case.standings_of(visitor.employee, day) and allowed(visitor, "case.read", case, day, case_id).granted:
        yield case_id


def _every(lists: CaseLists) -> Iterator[ListedCase]:
    page = 1
    while some := lists.listing(states=(OPEN, CLOSED), order=Order.DEADLINE, page=page, per_page=_AT_A_TIME).cases:
        yield from some
        page += 1
