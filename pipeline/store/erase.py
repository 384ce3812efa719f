"""Erasing a case for good: its key is destroyed, so that no copy of the database can bring it back to life.

What stays is the skeleton: number, when it began and ended, and the lines of the audit log, which name nobody.
"""

from sqlalchemy import Connection, delete, select, update

from pipeline.errors import StoreUnavailable
from pipeline.store.audit_log import SYSTEM, AuditLog
from pipeline.store.clear_columns import ERASED
from pipeline.store.clock import Clock, now
from pipeline.store.database import Database
from pipeline.store.file_folder import FileFolder
from pipeline.store.opened_case import OpenedCases, case_row
from pipeline.store.refusals import CaseNotFound
from pipeline.store.tables import cases, cpr_index, drafts, events, files, invitations, journey_log, journeys
from pipeline.vault.destroyed_keys import DestroyedKeys


class Erase:
    """Erases cases.

    Args:
        database: holds them.
        opened: remembers some of them; is made to forget.
        audit: keeps that it was done.
        folder: holds their files.
        destroyed: remembers outside the database which keys must never come back.
    """

    def __init__(
        self,
        database: Database,
        opened: OpenedCases,
        audit: AuditLog,
        folder: FileFolder,
        destroyed: DestroyedKeys,
        clock: Clock = now,
    ) -> None:
        self._database, self._opened, self._audit = database, opened, audit
        self._folder, self._destroyed, self._clock = folder, destroyed, clock

    def erase(self, case_id: str, by: str, action: str = "archive.erase") -> None:
        """Erase one case; what was begun is finished at the next start, whatever happens meanwhile.

        Call `scrub` when all that should go has gone: until then its remains stand in the database's files.

        Raises:
            CaseNotFound: there is no such case, or it was erased already.
            StoreUnavailable: the database refused; a next start goes on.
        """
        with self._database.read() as connection:
            self._opened.key_of(case_row(connection, case_id))
        try:
            self._destroyed.add(case_id, self._clock())
        except OSError as fault:
            raise StoreUnavailable(
                "Sagen kan ikke slettes lige nu, fordi listen over slettede sager ikke kan skrives. Intet er ændret. "
                "Se efter, om disken er fuld, og prøv igen."
            ) from fault
        self._remove(case_id, by, action)

    def replay(self) -> int:
        """Erase again what was erased: after a crash in the middle, and in a restored backup.

        Returns:
            how many cases had come back.
        """
        back = [case_id for case_id in self._destroyed.all() if self._is_there(case_id)]
        for case_id in back:
            self._remove(case_id, SYSTEM, "archive.erase-again")
        if back:
            self.scrub()
        return len(back)

    def scrub(self) -> None:
        """Take the remains out of the database's own files.

        Raises:
            StoreUnavailable: the database is busy or has no room; try again later.
        """
        self._database.scrub()

    def _is_there(self, case_id: str) -> bool:
        with self._database.read() as connection:
            try:
                return case_row(connection, case_id).wrapped_key is not None
            except CaseNotFound:
                return False

    def _remove(self, case_id: str, by: str, action: str) -> None:
        with self._audit.writing() as work:
            case_row(work.connection, case_id, to_change=True)
            names = _remove_rows(work.connection, case_id)
            work.note(by, action, case_id)
        self._opened.forget(case_id)
        for name in names:
            self._folder.remove(name)


def _remove_rows(connection: Connection, case_id: str) -> list[str]:
    """Remove all rows of the case but its skeleton; returns the stored names of its files."""
    names = connection.execute(select(files.c.stored_name).where(files.c.case_id == case_id)).scalars().all()
    bare = {"state": ERASED, "outcome": None, "next_deadline": None, "wrapped_key": None, "key_generation": None}
    # The key first: events may only go when it is gone.
    connection.execute(update(cases).where(cases.c.id == case_id).values(**bare, summary=None))
    ours = select(journeys.c.id).where(journeys.c.case_id == case_id)
    connection.execute(delete(journey_log).where(journey_log.c.journey_id.in_(ours)))
    for table in (events, cpr_index, drafts, files, invitations, journeys):
        connection.execute(delete(table).where(table.c.case_id == case_id))
    return list(names)
