"""Which rows are due, who has taken which, and where everything stands; moves themselves are in journey_rows.py."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, Text, and_, bindparam, func, literal_column, or_, select, update

from pipeline.cases.record.codec import instant_as_text, instant_from_text
from pipeline.store.clear_columns import CLOSED, ERASED
from pipeline.store.clock import new_id
from pipeline.store.database import Database
from pipeline.store.journey_facts import Journey, LoggedMove, journey_of, text_or_none
from pipeline.store.journey_rows import log
from pipeline.store.ready import Constant
from pipeline.store.tables import cases, journey_log, journeys

StandsAtMost = Mapping[tuple[str, str], timedelta]
"""How long a kind may stand in a state before somebody should look."""


_ROW, _AT = journeys.c.id == bindparam("row_id"), bindparam("at", type_=Text)
_FOUND = select(journeys).order_by(journeys.c.since, journeys.c.id)
_WITH_ID = Constant(select(journeys).where(_ROW))
_OF_CASE = Constant(_FOUND.where(journeys.c.case_id == bindparam("of_case")))
_DUE = select(journeys).where(journeys.c.wake_at <= _AT).order_by(journeys.c.wake_at, journeys.c.id)
_DUE_OF_CASE = Constant(_DUE.where(journeys.c.case_id == bindparam("of_case")))
_SOME_DUE = Constant(_DUE.limit(bindparam("most", type_=Integer)))
_TAKEN = {"lease": bindparam("token"), "wake_at": bindparam("until"), "tries": journeys.c.tries + literal_column("1")}
_CLAIM = Constant(update(journeys).where(_ROW, journeys.c.wake_at <= _AT).values(_TAKEN).returning(journeys))
_RENEW = Constant(
    update(journeys)
    .where(_ROW, journeys.c.lease == bindparam("token"))
    .values(wake_at=bindparam("until"))
    .returning(journeys.c.id)
)
_BEFORE_ITS_DAY = ("material", "reminded", "preparing")


class Journeys:
    """The journeys of one installation.

    Args:
        database: holds them.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, at: datetime, most: int) -> tuple[Journey, ...]:
        """Rows whose time has come, the longest waiting first."""
        return self._read(_SOME_DUE, at=instant_as_text(at), most=most)

    def due_of(self, case_id: str, at: datetime) -> tuple[Journey, ...]:
        """Rows of a case whose time has come, the longest waiting first."""
        return self._read(_DUE_OF_CASE, of_case=case_id, at=instant_as_text(at))

    def claim(self, journey_id: str, at: datetime, until: datetime) -> Journey | None:
        """Take a row for one try of its step; None where it is not due, or somebody else was quicker.

        Nobody else takes it before `until`, unless a person moves it.
        """
        taken = {"token": new_id(), "until": instant_as_text(until)}
        rows = self._database.change(_CLAIM, row_id=journey_id, at=instant_as_text(at), **taken)
        return journey_of(rows[0]) if rows else None

    def renew(self, taken: Journey, until: datetime) -> bool:
        """Keep a row for longer; False where it is no longer ours.

        One row in each transaction: whoever waits for a row while holding another may wait for ever.
        """
        return bool(self._database.change(_RENEW, row_id=taken.id, token=taken.lease, until=instant_as_text(until)))

    def failed(self, taken: Journey, error: str, again_at: datetime | None, at: datetime) -> bool:
        """Give a row back after a try that failed, with the name of the error; False where it is no longer ours.

        With no `again_at` the engine gives it up, and an operator must look at it.
        """
        ours = (journeys.c.id == taken.id, journeys.c.lease == taken.lease)
        dead_at = None if again_at else instant_as_text(at)
        values = {"wake_at": text_or_none(again_at), "dead_at": dead_at, "last_error": error, "lease": None}
        with self._database.write() as connection:
            if not connection.execute(update(journeys).where(*ours).values(values)).rowcount:
                return False
            log(connection, taken, (at, "system", taken.state, error))
            return True

    def free_all(self, at: datetime) -> int:
        """Take back every lease: whoever is the only dispatcher and starts now knows that nobody runs a step."""
        taken = update(journeys).where(journeys.c.lease.is_not(None))
        with self._database.write() as connection:
            return connection.execute(taken.values(lease=None, wake_at=instant_as_text(at))).rowcount

    def with_id(self, journey_id: str) -> Journey | None:
        """The row with an id."""
        return next(iter(self._read(_WITH_ID, row_id=journey_id)), None)

    def of_case(self, case_id: str) -> tuple[Journey, ...]:
        """The rows of a case, in the order in which they came into their states."""
        return self._read(_OF_CASE, of_case=case_id)

    def log_of(self, journey_id: str) -> tuple[LoggedMove, ...]:
        """The journal of a row, oldest first."""
        columns = [journey_log.c[name] for name in ("at", "actor", "state", "led_to", "outcome", "tries")]
        query = select(*columns).where(journey_log.c.journey_id == journey_id).order_by(journey_log.c.seq)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return tuple(LoggedMove(instant_from_text(at), *rest) for at, *rest in rows)

    def dead(self, most: int = 200) -> tuple[Journey, ...]:
        """Rows that the engine gave up, the longest dead first."""
        return self._found(journeys.c.dead_at.is_not(None), order=journeys.c.dead_at, most=most)

    def overstaying(self, limits: StandsAtMost, at: datetime, most: int = 200) -> tuple[Journey, ...]:
        """Rows that stand in their state for longer than they should, or are long overdue for a look by the engine."""
        too_long = [
            and_(journeys.c.kind == kind, journeys.c.state == state, journeys.c.since < instant_as_text(at - limit))
            for (kind, state), limit in limits.items()
        ]
        return self._found(journeys.c.ended_at.is_(None), journeys.c.dead_at.is_(None), or_(*too_long), most=most)

    def listing(self, *, page: int, per_page: int) -> tuple[Journey, ...]:
        """Rows that have not ended: the dead first, then those that wake first, then what waits for a person."""
        # False sorts before true.
        order = (journeys.c.dead_at.is_(None), journeys.c.wake_at.is_(None), journeys.c.wake_at, journeys.c.since)
        query = select(journeys).where(journeys.c.ended_at.is_(None)).order_by(*order, journeys.c.id)
        with self._database.read() as connection:
            rows = connection.execute(query.limit(per_page).offset((page - 1) * per_page))
            return tuple(journey_of(row) for row in rows)

    def waiting_since(self, kind: str, states: Collection[str]) -> Mapping[str, datetime]:
        """By case since when a row of a kind has stood in one of some states, the longest."""
        query = (
            select(journeys.c.case_id, func.min(journeys.c.since))
            .where(journeys.c.kind == kind, journeys.c.state.in_(states), journeys.c.ended_at.is_(None))
            .group_by(journeys.c.case_id)
        )
        with self._database.read() as connection:
            return {case_id: instant_from_text(since) for case_id, since in connection.execute(query)}

    def case_numbers(self, found: Iterable[Journey]) -> Mapping[str, str]:
        """The numbers of the cases that some rows belong to, by the cases' ids."""
        query = select(cases.c.id, cases.c.number).where(cases.c.id.in_({one.case_id for one in found}))
        with self._database.read() as connection:
            return {case_id: number for case_id, number in connection.execute(query)}

    def count(self) -> Mapping[tuple[str, str], int]:
        """How many that have not ended stand in which state."""
        which = (journeys.c.kind, journeys.c.state)
        query = select(*which, func.count()).where(journeys.c.ended_at.is_(None)).group_by(*which)
        with self._database.read() as connection:
            return {(kind, state): number for kind, state, number in connection.execute(query)}

    def cases_to_begin(self) -> tuple[str, ...]:
        """Open cases from an older release, or taken in by a command, of which something was never begun.

        They have no row at all, an answer without the row of its document, a visit that waits for no day, or one with a
        day of which the family was never to be told.
        """
        begun = _of_case()
        unmade = _of_case(journeys.c.state.in_(("answered", "late"))) & ~_of_case(journeys.c.kind == "document")
        waits = _of_case(journeys.c.state == "preparing", journeys.c.wake_at.is_(None), journeys.c.dead_at.is_(None))
        is_open = cases.c.state.not_in((CLOSED, ERASED))
        query = select(cases.c.id).where(is_open, ~begun | unmade | waits | _has_untold_visit()).order_by(cases.c.id)
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def _read(self, statement: Constant, **values: Any) -> tuple[Journey, ...]:
        return tuple(journey_of(row) for row in self._database.rows(statement, **values))

    def _found(
        self, *which: ColumnElement[bool], order: ColumnElement[str | None] | None = None, most: int | None = None
    ) -> tuple[Journey, ...]:
        query = select(journeys).where(*which).order_by(journeys.c.since if order is None else order, journeys.c.id)
        with self._database.read() as connection:
            return tuple(journey_of(row) for row in connection.execute(query.limit(most)))


def _has_untold_visit() -> ColumnElement[bool]:
    """Whether a case has a visit that stands before its day, and no notice of it was ever begun."""
    notices = journeys.alias()
    told = select(notices.c.id).where(
        notices.c.case_id == journeys.c.case_id, notices.c.kind == "notice", notices.c.about == journeys.c.about
    )
    return _of_case(journeys.c.kind == "visit", journeys.c.state.in_(_BEFORE_ITS_DAY), ~told.exists())


def _of_case(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a case has such a row."""
    return select(journeys.c.id).where(journeys.c.case_id == cases.c.id, *which).exists()
