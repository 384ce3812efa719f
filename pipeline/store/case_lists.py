"""Lists of cases: work lists from the columns in the clear, names only of cases that one may see, CPR by its index."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Row, RowMapping, func, select

from pipeline.store.clear_columns import ERASED
from pipeline.store.database import Database
from pipeline.store.opened_case import OpenedCases
from pipeline.store.summary import Summary, open_summary
from pipeline.store.tables import cases, cpr_index
from pipeline.vault.blind_index import BlindIndex
from pipeline.vault.keyring import Keyring

_PAGE = 50
# So many values at most in one statement; SQLite refuses more than 32,766.
_AT_ONCE = 1000


class Order(Enum):
    """What a list is sorted by; cases without a deadline come last."""

    NUMBER = "number"
    DEADLINE = "deadline"


@dataclass(frozen=True)
class ListedCase:
    """A case as everybody may see it who keeps the system running: no name, nothing sealed."""

    id: str
    number: str
    team: str
    state: str
    outcome: str | None
    next_deadline: date | None
    revision: int
    fictional: bool
    opened_at: str
    closed_at: str | None


@dataclass(frozen=True)
class Page:
    """Some of the cases that were asked for; `total` is how many there are on all pages."""

    cases: tuple[ListedCase, ...]
    total: int


@dataclass(frozen=True)
class Found:
    """A person that a search found: in which case, by which id."""

    case_id: str
    person_id: str


class CaseLists:
    """The lists of one installation; who may see which case is for the caller to say.

    Args:
        database: holds the cases.
        keyring: keys the CPR index.
        opened: knows the cases' keys.
    """

    def __init__(self, database: Database, keyring: Keyring, opened: OpenedCases) -> None:
        self._database, self._blind, self._opened = database, BlindIndex(keyring), opened

    def listing(
        self,
        teams: Collection[str] | None = None,
        states: Collection[str] | None = None,
        due_by: date | None = None,
        order: Order = Order.DEADLINE,
        page: int = 1,
        per_page: int = _PAGE,
    ) -> Page:
        """One page of the cases; erased ones are on none.

        Args:
            teams: only these teams' cases; None for every team's.
            states: only cases in these states; None for every state.
            due_by: only cases with a deadline on this day or before.
            order: what comes first.
            page: 1 and up.
            per_page: how many on a page.
        """
        wanted = _wanted(teams, states, due_by)
        ascending = {
            Order.NUMBER: (cases.c.number,),
            # `is null` sorts alike on both databases; where nulls stand does not.
            Order.DEADLINE: (cases.c.next_deadline.is_(None), cases.c.next_deadline, cases.c.number),
        }[order]
        query = select(*_LISTED).where(*wanted).order_by(*ascending).limit(per_page).offset((page - 1) * per_page)
        with self._database.read() as connection:
            total = connection.execute(select(func.count()).select_from(cases).where(*wanted)).scalar_one()
            return Page(tuple(_listed(row) for row in connection.execute(query).mappings()), total)

    def find_number(self, number: str) -> ListedCase | None:
        """The case with this number."""
        with self._database.read() as connection:
            query = select(*_LISTED).where(cases.c.number == number, *_wanted())
            row = connection.execute(query).mappings().one_or_none()
            return _listed(row) if row else None

    def summaries(self, case_ids: Collection[str]) -> dict[str, Summary]:
        """The names of some cases, for a list of those that one may see; erased and unknown ones are left out."""
        found: dict[str, Summary] = {}
        with self._database.read() as connection:
            for some in _some_at_a_time(case_ids):
                columns = (cases.c.id, cases.c.wrapped_key, cases.c.key_generation, cases.c.summary)
                query = select(*columns).where(cases.c.id.in_(some), cases.c.wrapped_key.is_not(None))
                rows: Iterable[Row[Any]] = connection.execute(query)
                for row in rows:
                    found[row.id] = open_summary(row.summary, self._opened.key_of(row), row.id)
        return found

    def search_by_name(self, words: Iterable[str], case_ids: Collection[str]) -> tuple[Found, ...]:
        """The people of some cases in whose names all the words occur.

        Args:
            words: parts of a name, without regard to capitals; none find nobody.
            case_ids: the cases that one may see; only these are opened.
        """
        wanted = [word for word in words if word]
        if not wanted:
            return ()
        by_case = self.summaries(case_ids).items()
        return tuple(Found(case_id, person) for case_id, summary in by_case for person in summary.matches(wanted))

    def search_by_cpr(self, cpr: str) -> tuple[Found, ...]:
        """Every case that a person is in, by CPR number, however it is written.

        Raises:
            TilsynError: it is no number.
        """
        query = select(cpr_index.c.case_id, cpr_index.c.person_id).where(cpr_index.c.blind == self._blind.of(cpr))
        with self._database.read() as connection:
            return tuple(Found(*row) for row in connection.execute(query.order_by(*query.selected_columns)))


_LISTED = (
    cases.c.id,
    cases.c.number,
    cases.c.team,
    cases.c.state,
    cases.c.outcome,
    cases.c.next_deadline,
    cases.c.revision,
    cases.c.fictional,
    cases.c.opened_at,
    cases.c.closed_at,
)


def _listed(row: RowMapping) -> ListedCase:
    due = row["next_deadline"]
    return ListedCase(**{**row, "next_deadline": due and date.fromisoformat(due)})


def _wanted(
    teams: Collection[str] | None = None, states: Collection[str] | None = None, due_by: date | None = None
) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [cases.c.state != ERASED]
    if teams is not None:
        wanted.append(cases.c.team.in_(teams))
    if states is not None:
        wanted.append(cases.c.state.in_(states))
    if due_by is not None:
        wanted.append(cases.c.next_deadline <= due_by.isoformat())
    return wanted


def _some_at_a_time(ids: Collection[str]) -> Iterable[Sequence[str]]:
    every = list(ids)
    return (every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE))
