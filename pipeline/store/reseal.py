"""A new key for a case: events, drafts, names and files locked anew, one case in one transaction.

Which cases have their new key already is told by when it was made, so a run that was killed goes on where it was.
Files get new names beside the old ones; what the database no longer knows is removed, or swept at the next start.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from sqlalchemy import Column, Connection, Row, Table, bindparam, delete, insert, select, update

from pipeline.cases.record.codec import instant_as_text
from pipeline.errors import Tampered
from pipeline.store.audit_log import SYSTEM, AuditLog
from pipeline.store.clock import Clock, now
from pipeline.store.database import Database
from pipeline.store.file_folder import FileFolder
from pipeline.store.files import KeptFile, file_row, kept_file, open_kept
from pipeline.store.opened_case import CaseRow, OpenedCases, case_row
from pipeline.store.places import draft_place, event_place, file_place
from pipeline.store.refusals import CaseNotFound, FileLost
from pipeline.store.summary import open_summary, seal_summary
from pipeline.store.tables import cases, drafts, events, files, installation
from pipeline.vault.case_keys import WrappedKey, new_case_key
from pipeline.vault.data_key import DataKey
from pipeline.vault.keyring import Keyring
from pipeline.vault.stream import seal_stream

_BEGUN = "reseal-begun"


@dataclass(frozen=True)
class Resealed:
    """What a run came to.

    Attributes:
        done: how many cases have got a new key.
        damaged: ids of cases that could not, because something of theirs is missing or damaged; tried again next time.
    """

    done: int
    damaged: tuple[str, ...]


class _MovedOn(Exception):
    """The case is no longer as it was when its files were copied."""


class Reseal:
    """Gives every case a new key.

    Args:
        database: holds the cases.
        keyring: wraps the new keys.
        audit: is told of each case.
        opened: remembers cases by their old keys; is made to forget.
        folder: holds the files.
    """

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        audit: AuditLog,
        opened: OpenedCases,
        folder: FileFolder,
        clock: Clock = now,
    ) -> None:
        self._database, self._keyring, self._audit, self._opened = database, keyring, audit, opened
        self._folder, self._clock = folder, clock

    def run(self) -> Resealed:
        """Give every case a new key; a run that was killed is gone on with."""
        begun, done, damaged = self._begin(), 0, []
        for case_id in self._waiting(begun):
            try:
                self.one(case_id)
                done += 1
            except CaseNotFound:  # erased since
                continue
            except (FileLost, Tampered):
                damaged.append(case_id)
        if not damaged:
            with self._database.write() as connection:
                connection.execute(delete(installation).where(installation.c.name == _BEGUN))
        return Resealed(done, tuple(damaged))

    def one(self, case_id: str) -> None:
        """Give one case a new key.

        Raises:
            CaseNotFound: there is no such case, or it was erased.
            FileLost: one of its files is missing or damaged; the case is as it was.
            Tampered: something else of it is not what was put there; the case is as it was.
        """
        while True:
            try:
                return self._try(case_id)
            except _MovedOn:  # its files changed while they were copied
                continue

    def _try(self, case_id: str) -> None:
        with self._database.read() as connection:
            row = case_row(connection, case_id)
            old = self._opened.key_of(row)
            kept = _files_of(connection, case_id, old)
        new, wrapped = new_case_key(self._keyring, case_id)
        with ExitStack() as made:
            # Files first, outside the transaction: a video must not hold up everybody else's answers.
            moved = [made.enter_context(self._copied(case_id, file, old, new)) for file in kept]
            with self._audit.writing() as work:
                current = case_row(work.connection, case_id, to_change=True)
                self._opened.key_of(current)  # erased meanwhile?
                if current.key_made_at != row.key_made_at or _files_of(work.connection, case_id, old) != kept:
                    raise _MovedOn
                anew = _Anew(work.connection, case_id, old, new)
                anew.everything(current, wrapped, instant_as_text(self._clock()))
                anew.files(moved)
                work.note(SYSTEM, "keys.reseal", case_id)
        self._opened.forget(case_id)
        for file in kept:
            self._folder.remove(file.stored_name)

    @contextmanager
    def _copied(self, case_id: str, kept: KeptFile, old: DataKey, new: DataKey) -> Iterator[KeptFile]:
        def fill(sealed: BinaryIO) -> None:
            with open_kept(self._folder, case_id, kept, old) as plain:
                seal_stream(new, file_place(case_id, kept.id), plain, sealed)

        with self._folder.making(fill) as (name, size):
            yield replace(kept, stored_name=name, stored_bytes=size)

    def _begin(self) -> str:
        """When this run began, or the one that was killed before it."""
        with self._database.write() as connection:
            begun = connection.execute(select(installation.c.value).where(installation.c.name == _BEGUN)).scalar()
            if begun is None:
                begun = instant_as_text(self._clock())
                connection.execute(insert(installation).values(name=_BEGUN, value=begun))
        return begun

    def _waiting(self, begun: str) -> Sequence[str]:
        waiting = select(cases.c.id).where(cases.c.key_made_at < begun, cases.c.wrapped_key.is_not(None))
        with self._database.read() as connection:
            return connection.execute(waiting.order_by(cases.c.id)).scalars().all()


class _Anew:
    """The rows of one case, locked anew inside a transaction."""

    def __init__(self, connection: Connection, case_id: str, old: DataKey, new: DataKey) -> None:
        self._connection, self._case_id, self._old, self._new = connection, case_id, old, new

    def everything(self, row: CaseRow, wrapped: WrappedKey, at: str) -> None:
        summary = seal_summary(open_summary(row.summary, self._old, self._case_id), self._new, self._case_id)
        keys = {"wrapped_key": wrapped.sealed, "key_generation": wrapped.generation, "key_made_at": at}
        self._connection.execute(update(cases).where(cases.c.id == self._case_id).values(**keys, summary=summary))
        self._table(events, events.c.seq, lambda r: event_place(r.case_id, r.seq, r.at))
        self._table(drafts, drafts.c.place, lambda r: draft_place(r.case_id, r.place, r.revision, r.at))

    def files(self, moved: Sequence[KeptFile]) -> None:
        for file in moved:
            values = file_row(self._case_id, self._new, file)
            self._connection.execute(update(files).where(files.c.id == file.id).values(values))

    def _table(self, table: Table, key: Column[Any], place: Callable[[Row[Any]], str]) -> None:
        rows = self._connection.execute(select(table).where(table.c.case_id == self._case_id)).all()
        anew = [{"which": r._mapping[key], "anew": self._sealed(r.sealed, place(r))} for r in rows]
        if anew:
            ours = (table.c.case_id == self._case_id) & (key == bindparam("which"))
            self._connection.execute(update(table).where(ours).values(sealed=bindparam("anew")), anew)

    def _sealed(self, sealed: bytes, place: str) -> bytes:
        return self._new.seal(self._old.open(sealed, place), place)


def _files_of(connection: Connection, case_id: str, key: DataKey) -> list[KeptFile]:
    rows = connection.execute(select(files).where(files.c.case_id == case_id).order_by(files.c.id))
    return [kept_file(case_id, row.id, row, key) for row in rows]
