"""One change of a case inside a transaction; events are folded before they are written, so a misfit is refused."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import Connection, bindparam, delete, insert, update

from pipeline.cases.hearing.frozen import changes_what_is_heard
from pipeline.cases.record.case import Case, fold_all
from pipeline.cases.record.codec import Stamped, encode, instant_as_text
from pipeline.cases.record.events import Event
from pipeline.danish import COPENHAGEN
from pipeline.store.audit_log import OK
from pipeline.store.clear_columns import ClearColumns, clear_columns, next_deadline
from pipeline.store.journey_rows import JourneyRows
from pipeline.store.opened_case import OpenedCase
from pipeline.store.places import event_place
from pipeline.store.ready import Constant
from pipeline.store.refusals import EventRefused, HeardNow
from pipeline.store.summary import seal_summary, summary_of
from pipeline.store.tables import cases, cpr_index, events
from pipeline.vault.blind_index import BlindIndex
from pipeline.vault.data_key import DataKey

_AT_ONCE = 8
"""So many events go into one statement, where there are so many."""
_ADD = Constant(insert(events))
_ADD_SOME = Constant(
    insert(events).values(
        [{column.name: bindparam(f"{column.name}_{n}") for column in events.columns} for n in range(_AT_ONCE)]
    )
)
_FOLLOWS = (*(column.name for column in fields(ClearColumns)), "summary")
_FOLLOW = Constant(
    update(cases).where(cases.c.id == bindparam("case")).values({name: bindparam(name) for name in _FOLLOWS})
)


class Follower(Protocol):
    """Is told of events in the transaction that writes them, and lets what follows from them follow."""

    def __call__(self, rows: JourneyRows, case: Case, added: Sequence[Stamped]) -> None:
        """Told once for each change, with the case as it is after it."""


class CaseChange:
    """A case that nobody else changes until the transaction ends.

    Attributes:
        connection: the transaction, for what is kept beside the events.
        key: of the case.
        at: the moment of the change.
        case: the case with everything that was added so far.
        outcome: what the audit log will say came of it.
        journeys: where the case's visits, hearings and outgoing documents stand.
    """

    def __init__(
        self,
        connection: Connection,
        opened: OpenedCase,
        blind: BlindIndex,
        at: datetime,
        followers: Sequence[Follower] = (),
    ) -> None:
        self.connection, self.id, self.key, self.at = connection, opened.id, opened.key, at
        self.row = opened.row
        self.case = self._before = opened.case
        self.outcome = OK
        self.journeys = JourneyRows(connection, opened.id, at)
        self._blind, self._followers = blind, followers

    def add(self, what: Sequence[Event], by: str) -> Case:
        """Write events; what follows from them in columns and index is written at the end of the change.

        Args:
            what: may be empty.
            by: id of the person or employee, or “system”.

        Returns:
            the case after them.

        Raises:
            EventRefused: an event does not fit the case; nothing was written.
            HeardNow: an event would change what somebody is heard about right now; nothing was written.
        """
        if not what:
            return self.case
        before = self.case
        if changes_what_is_heard(before, what, self.at):
            raise HeardNow
        stamped = [Stamped(before.revision + n, self.at, by, event) for n, event in enumerate(what, 1)]
        after = folded(before, stamped)
        add_events(self.connection, event_rows(self.id, self.key, stamped))
        self.case = after
        for follow in self._followers:
            follow(self.journeys, after, stamped)
        return after

    def settle(self) -> None:
        """Write what follows from all that was added, in columns and index."""
        if self.case is self._before:
            self._as_of_today()
            return
        _FOLLOW.send(self.connection, case=self.id, **case_columns(self.case, self.key, self.id, self.at))
        self._index(self._before, self.case)

    def _as_of_today(self) -> None:
        """A day that has passed is no deadline any more, though nothing has happened but that the journey went on."""
        due = next_deadline(self.case, _day(self.at))
        if self.row.next_deadline != (due and due.isoformat()):
            now = {"next_deadline": due and due.isoformat()}
            self.connection.execute(update(cases).where(cases.c.id == self.id).values(now))

    def _index(self, before: Case, after: Case) -> None:
        gone, new = numbers(before) - numbers(after), numbers(after) - numbers(before)
        for person_id, cpr in gone:
            ours = (cpr_index.c.case_id == self.id) & (cpr_index.c.person_id == person_id)
            self.connection.execute(delete(cpr_index).where(ours, cpr_index.c.blind == self._blind.of(cpr)))
        if new:
            self.connection.execute(insert(cpr_index), cpr_rows(self.id, new, self._blind))


def folded(before: Case, stamped: Sequence[Stamped]) -> Case:
    """The case after the events.

    Raises:
        EventRefused: one of them speaks of something that is not in the case.
    """
    try:
        return fold_all(stamped, before)
    except KeyError:
        raise EventRefused from None


def add_events(connection: Connection, rows: Sequence[dict[str, object]]) -> None:
    """Write the rows of `event_rows`."""
    whole = len(rows) - len(rows) % _AT_ONCE
    for begin in range(0, whole, _AT_ONCE):
        some = enumerate(rows[begin : begin + _AT_ONCE])
        _ADD_SOME.send(connection, **{f"{name}_{n}": value for n, row in some for name, value in row.items()})
    if rows[whole:]:
        _ADD.send_each(connection, rows[whole:])


def event_rows(case_id: str, key: DataKey, stamped: Sequence[Stamped]) -> list[dict[str, object]]:
    """Events as rows."""
    return [_event_row(case_id, key, one, instant_as_text(one.at)) for one in stamped]


def _event_row(case_id: str, key: DataKey, one: Stamped, at: str) -> dict[str, object]:
    sealed = key.seal(encode(one.event, one.by), event_place(case_id, one.seq, at))
    return {"case_id": case_id, "seq": one.seq, "at": at, "sealed": sealed}


def _day(at: datetime) -> date:
    return at.astimezone(COPENHAGEN).date()


def case_columns(case: Case, key: DataKey, case_id: str, at: datetime) -> dict[str, object]:
    """All columns of a case that follow from its events, as of a moment."""
    return {**clear_columns(case, _day(at)).as_row(), "summary": seal_summary(summary_of(case), key, case_id)}


def cpr_rows(case_id: str, numbers: set[tuple[str, str]], blind: BlindIndex) -> list[dict[str, object]]:
    """Rows of the index for pairs of person id and CPR number."""
    return [{"blind": blind.of(cpr), "case_id": case_id, "person_id": person_id} for person_id, cpr in numbers]


def numbers(case: Case) -> set[tuple[str, str]]:
    """Person id and CPR number of everybody who has one."""
    return {(person.id, person.cpr) for person in case.people.values() if person.cpr}
