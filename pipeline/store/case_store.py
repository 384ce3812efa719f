"""Where the cases of a municipality are kept: open one, read one, and add what happened to it.

Everything else that is kept beside a case (answers, drafts, files) goes through `CaseStore.change`, so that one
transaction holds the case, its columns, its index and the line of the audit log together.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from pipeline.cases.record.case import EMPTY, Case
from pipeline.cases.record.codec import Stamped, instant_as_text
from pipeline.cases.record.events import CaseOpened, Event
from pipeline.store.audit_log import AuditLog
from pipeline.store.case_change import (
    CaseChange,
    Follower,
    add_events,
    case_columns,
    cpr_rows,
    event_rows,
    folded,
    numbers,
)
from pipeline.store.clock import Clock, new_id, now
from pipeline.store.database import Database
from pipeline.store.journey_rows import JourneyRows
from pipeline.store.opened_case import CASE, OpenedCases, case_row, happened
from pipeline.store.refusals import CaseMovedOn, CaseNumberTaken
from pipeline.store.tables import cases, cpr_index
from pipeline.vault.blind_index import BlindIndex
from pipeline.vault.case_keys import new_case_key
from pipeline.vault.keyring import Keyring

_REMEMBERED = 500


class CaseStore:
    """The cases of one installation.

    Args:
        database: migrated.
        keyring: unwraps the cases' keys.
        audit: every change notes itself there.
        clock: tells when something happened.
        remembered: how many folded cases are kept in memory.
    """

    def __init__(
        self, database: Database, keyring: Keyring, audit: AuditLog, clock: Clock = now, remembered: int = _REMEMBERED
    ) -> None:
        self._database, self._keyring, self._audit, self._clock = database, keyring, audit, clock
        self._blind = BlindIndex(keyring)
        self.opened = OpenedCases(keyring, remembered)
        self._followers: list[Follower] = []

    def tell(self, follower: Follower) -> None:
        """Have somebody told of every event from now on, in the transaction that writes it."""
        self._followers.append(follower)

    def open_case(self, opening: CaseOpened, by: str, more: Sequence[Event] = (), action: str = "case.open") -> str:
        """A new case.

        Args:
            opening: its first event.
            by: who opens it.
            more: what is recorded of it at once, such as its people.
            action: what the audit log calls it.

        Returns:
            the case's random id.

        Raises:
            CaseNumberTaken: there is a case with this number.
            EventRefused: one of the events does not fit the others.
        """
        at = self._clock()
        return self.take_in([Stamped(seq, at, by, event) for seq, event in enumerate((opening, *more), 1)], by, action)

    def take_in(self, stamped: Sequence[Stamped], by: str, action: str = "case.take_in") -> str:
        """A case with what has happened in it before it came here, as from another system.

        Args:
            stamped: its events with their own moments and people, from 1 on.
            by: who takes it in.
            action: what the audit log calls it.

        Returns:
            the case's random id.

        Raises:
            CaseNumberTaken: there is a case with this number.
            EventRefused: one of the events does not fit the others.
        """
        case_id = new_id()
        case = folded(EMPTY, stamped)
        key, wrapped = new_case_key(self._keyring, case_id)
        moment = self._clock()
        made_at = instant_as_text(moment)
        keys = {"wrapped_key": wrapped.sealed, "key_generation": wrapped.generation, "key_made_at": made_at}
        try:
            with self._audit.writing() as work:
                work.connection.execute(
                    insert(cases).values(id=case_id, **case_columns(case, key, case_id, moment), **keys)
                )
                add_events(work.connection, event_rows(case_id, key, stamped))
                if index := cpr_rows(case_id, numbers(case), self._blind):
                    work.connection.execute(insert(cpr_index), index)
                rows = JourneyRows(work.connection, case_id, moment)
                for follow in self._followers:
                    follow(rows, case, stamped)
                work.note(by, action, case_id)
        except IntegrityError:
            raise CaseNumberTaken from None
        self.opened.remember(case_id, wrapped.sealed, key, case)
        return case_id

    def case(self, case_id: str) -> Case:
        """The case as it is now.

        Raises:
            CaseNotFound: there is none, or it was erased.
            Tampered: something of it is not what was put there.
        """
        row = self._database.row(CASE, {"id": case_id})
        known = self.opened.unchanged(row) if row else None
        if known is not None:
            return known
        with self._database.read() as connection:
            return self.opened.read(connection, case_id).case

    def happened(self, case_id: str, after: int = 0) -> tuple[Stamped, ...]:
        """All that has happened in the case after an event, oldest first.

        Raises:
            CaseNotFound: there is none, or it was erased.
            Tampered: something of it is not what was put there.
        """
        with self._database.read() as connection:
            key = self.opened.key_of(case_row(connection, case_id))
            return tuple(happened(connection, case_id, key, after))

    def append(
        self, case_id: str, what: Sequence[Event], by: str, action: str, expected_revision: int | None = None
    ) -> Case:
        """Add what has happened.

        Args:
            case_id: the case.
            what: the events, in order; all are written, or none.
            by: who did it.
            action: what the audit log calls it.
            expected_revision: the revision that the person saw, where more must not have happened since.

        Returns:
            the case after the events.

        Raises:
            CaseNotFound: there is no such case, or it was erased.
            CaseMovedOn: more has happened since `expected_revision`.
            EventRefused: an event does not fit the case.
        """
        with self.change(case_id, by, action) as change:
            if expected_revision not in (None, change.case.revision):
                raise CaseMovedOn
            return change.add(what, by)

    @contextmanager
    def change(self, case_id: str, by: str, action: str) -> Iterator[CaseChange]:
        """A transaction on one case, committed with its line in the audit log at the end of the block, or not at all.

        Raises:
            CaseNotFound: there is no such case, or it was erased.
            StoreUnavailable: nothing was written.
        """
        with self._audit.writing() as work:
            opened = self.opened.read(work.connection, case_id, to_change=True)
            change = CaseChange(work.connection, opened, self._blind, self._clock(), self._followers)
            yield change
            change.settle()
            work.note(by, action, case_id, change.outcome)
        # Only what is committed may be shown to others.
        self.opened.remember(case_id, opened.row.wrapped_key, opened.key, change.case)
