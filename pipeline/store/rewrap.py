"""Follows a new master key: cases' small keys, and what belongs to no case, are locked with the newest one.

Done piece by piece while people work; killed at any moment, the next run goes on. When a run of its own, some minutes
after the last, has found nothing left, the older keys may be taken out of the key ring (`Keyring.retire`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Row, Table, select, update

from pipeline.store.audit_log import SYSTEM, AuditedWrite, AuditLog
from pipeline.store.database import Database
from pipeline.store.places import employee_place, invitation_place, session_place
from pipeline.store.tables import cases, employees, invitations, sessions
from pipeline.vault.case_keys import WrappedKey, rewrap
from pipeline.vault.installation_key import InstallationKey
from pipeline.vault.keyring import Keyring

_AT_A_TIME = 50
"""So many rows in one transaction: nobody waits longer than that takes."""


@dataclass(frozen=True)
class _Kept:
    """A table whose rows are sealed with the installation's key."""

    table: Table
    id: Column[Any]
    place: Callable[[Row[Any]], str]


_INSTALLATION = (
    _Kept(employees, employees.c.id, lambda row: employee_place(row.id, row.revision)),
    _Kept(sessions, sessions.c.id_hash, lambda row: session_place(row.id_hash, row.ends_at)),
    _Kept(invitations, invitations.c.id, lambda row: invitation_place(row.id)),
)


class Rewrap:
    """Locks everything with the newest master key.

    Args:
        database: holds the cases.
        keyring: has a new generation already (`Keyring.add_generation`).
        audit: is told of every step that changed something.
    """

    def __init__(self, database: Database, keyring: Keyring, audit: AuditLog) -> None:
        self._database, self._keyring, self._audit = database, keyring, audit
        self._installation = InstallationKey(keyring)

    def run(self) -> int:
        """Lock all that is not locked so yet; returns how many values that were."""
        done = 0
        while some := self._cases():
            done += some
        return done + sum(self._rows(kept, ids) for kept in _INSTALLATION for ids in self._ids(kept))

    def _cases(self) -> int:
        with self._audit.writing() as work:
            older = select(cases).where(cases.c.key_generation < self._keyring.active_generation)
            rows = work.connection.execute(older.order_by(cases.c.id).limit(_AT_A_TIME).with_for_update()).all()
            for row in rows:
                new = rewrap(self._keyring, WrappedKey(row.key_generation, row.wrapped_key), row.id)
                values = {"wrapped_key": new.sealed, "key_generation": new.generation}
                work.connection.execute(update(cases).where(cases.c.id == row.id).values(values))
            return _noted(work, len(rows))

    def _rows(self, kept: _Kept, ids: Sequence[Any]) -> int:
        with self._audit.writing() as work:
            rows = work.connection.execute(select(kept.table).where(kept.id.in_(ids)).with_for_update()).all()
            older = [row for row in rows if not self._installation.is_current(row.sealed)]
            for row in older:
                work.connection.execute(
                    update(kept.table).where(kept.id == row._mapping[kept.id]).values(self._renewed(kept, row))
                )
            return _noted(work, len(older))

    def _renewed(self, kept: _Kept, row: Row[Any]) -> dict[str, object]:
        # Read before sealing: a row may claim an older generation than it has, never a newer one.
        generation = self._keyring.active_generation
        sealed = self._installation.renew(row.sealed, kept.place(row))
        return {"sealed": sealed, **({"key_generation": generation} if "key_generation" in kept.table.c else {})}

    def _ids(self, kept: _Kept) -> Sequence[Sequence[Any]]:
        # Which key a value is sealed with stands in the value itself, so the whole table is walked through.
        with self._database.read() as connection:
            ids = connection.execute(select(kept.id).order_by(kept.id)).scalars().all()
        return [ids[start : start + _AT_A_TIME] for start in range(0, len(ids), _AT_A_TIME)]


def _noted(work: AuditedWrite, done: int) -> int:
    if done:
        work.note(SYSTEM, "keys.rewrap")
    return done
