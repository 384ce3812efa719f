"""What somebody has typed and not yet saved; kept as it is typed, seen by that person alone.

What employees type for somebody else is seen by those who may go on with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, and_, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from pipeline.cases.record.codec import instant_as_text, instant_from_text
from pipeline.store.audit_log import AuditLog
from pipeline.store.clock import Clock, now
from pipeline.store.database import Database
from pipeline.store.opened_case import OpenedCases, case_row
from pipeline.store.places import draft_place
from pipeline.store.refusals import CaseNotFound
from pipeline.store.tables import cases, drafts
from pipeline.vault.data_key import DataKey
from pipeline.vault.keyring import Keyring

_NOTHING: Mapping[str, Any] = {}
_LEAP = 1_000_000
"""More than anybody changes on one page."""
_DESK = "kommunen"


_DRAFT = select(drafts).where(drafts.c.case_id == bindparam("case_id"), drafts.c.place == bindparam("place"))
_here = and_(drafts.c.case_id == cases.c.id, drafts.c.place == bindparam("place"))
_CASE_AND_DRAFT = (
    select(cases.c.id, cases.c.wrapped_key, cases.c.key_generation)
    .add_columns(drafts.c.case_id, drafts.c.place, drafts.c.revision, drafts.c.at, drafts.c.sealed)
    .join_from(cases, drafts, _here, isouter=True)
    .where(cases.c.id == bindparam("case_id"))
)


@dataclass(frozen=True)
class DraftOf:
    """Whose draft of what it is; a person who writes in several voices has one for each.

    Attributes:
        person: who types.
        of_the_desk: an employee holds the pen for somebody. What was told to the municipality is no employee's own:
            whoever of it goes on finds the same draft.
    """

    case_id: str
    visit: str
    section: str
    person: str
    voice: str = ""
    of_the_desk: bool = False

    @property
    def owner(self) -> str:
        """Who finds it again."""
        return _DESK if self.of_the_desk else self.person


@dataclass(frozen=True)
class Draft:
    """What was typed.

    Attributes:
        revision: counted by the person's browser; the next one must be higher.
        words: by slot, as the form sent it.
    """

    revision: int
    at: datetime
    words: Mapping[str, Any]


@dataclass(frozen=True)
class Kept:
    """What waits at one place.

    Attributes:
        draft: None where nothing is typed that is not saved.
        count: the revision that the next autosave must exceed, also where nothing waits any more.
    """

    draft: Draft | None = None
    count: int = 0


class Drafts:
    """The drafts of one installation.

    Args:
        database: holds them.
        keyring: keys the digest that a draft is found by.
        opened: knows the cases' keys.
        audit: every draft that is kept notes itself there.
    """

    def __init__(
        self, database: Database, keyring: Keyring, opened: OpenedCases, audit: AuditLog, clock: Clock = now
    ) -> None:
        self._database, self._opened, self._audit, self._clock = database, opened, audit, clock
        self._places = keyring.mac_key("kladders plads")

    def keep(self, of: DraftOf, revision: int, words: Mapping[str, Any], action: str = "draft.keep") -> bool:
        """Keep what was typed, unless something newer is kept already.

        Args:
            of: whose draft of what.
            revision: counted up by whoever types; a late one never replaces a newer one.
            words: by slot.
            action: what the audit log calls it.

        Returns:
            False where a newer one, or another one of the same revision, was there.

        Raises:
            CaseNotFound: there is no such case, or it was erased.
        """
        with self._audit.writing() as work:
            # Shared with whoever changes the case's key: sealed with the old one it could never be read again.
            row = case_row(work.connection, of.case_id, to_change=True)
            kept = self.put(work.connection, self._opened.key_of(row), of, revision, words)
            if kept:
                work.note(of.person, action, of.case_id)
        return kept

    def of(self, of: DraftOf) -> Draft | None:
        """What was typed and not yet saved.

        Raises:
            CaseNotFound: there is no such case, or it was erased.
            Tampered: the draft is not what was put there.
        """
        return self.kept(of).draft

    def kept(self, of: DraftOf) -> Kept:
        """What was typed and not yet saved, and how far its browser has counted.

        Raises:
            CaseNotFound: there is no such case, or it was erased.
            Tampered: the draft is not what was put there.
        """
        row = self._database.row(_CASE_AND_DRAFT, {"case_id": of.case_id, "place": self._place(of)})
        if row is None:
            raise CaseNotFound
        key = self._opened.key_of(row)
        return Kept(_draft(row, key), row.revision) if row.place else Kept()

    def drop(self, of: DraftOf, action: str = "draft.drop") -> None:
        """Forget what was typed.

        Raises:
            CaseNotFound: there is no such case, or it was erased.
        """
        with self._audit.writing() as work:
            row = case_row(work.connection, of.case_id, to_change=True)
            self.empty(work.connection, self._opened.key_of(row), of)
            work.note(of.person, action, of.case_id)

    def put(self, connection: Connection, key: DataKey, of: DraftOf, revision: int, words: Mapping[str, Any]) -> bool:
        """As `keep`, in a transaction of the caller's that holds the case."""
        place, at = self._place(of), instant_as_text(self._clock())
        sealed = key.seal(msgspec.json.encode(words), draft_place(of.case_id, place, revision, at))
        row = {"case_id": of.case_id, "place": place, "revision": revision, "at": at, "sealed": sealed}
        if connection.execute(_PUT[connection.dialect.name], row).rowcount:
            return True
        kept = self._row(connection, of)
        # The same once more: the answer to the first was lost on its way, and the browser sent it again.
        return kept is not None and kept.revision == revision and _words(kept, key) == words

    def read(self, connection: Connection, key: DataKey, of: DraftOf) -> Draft | None:
        """As `of`, in a transaction of the caller's."""
        row = self._row(connection, of)
        return _draft(row, key) if row else None

    def replace(self, connection: Connection, key: DataKey, of: DraftOf, words: Mapping[str, Any]) -> None:
        """Put this in the place of whatever was typed so far."""
        row = self._row(connection, of)
        self.put(connection, key, of, row.revision + 1 if row else 1, words)

    def empty(self, connection: Connection, key: DataKey, of: DraftOf) -> None:
        """Forget what was typed, but not how far it had come: an autosave that comes late must not bring it back.

        The count leaps on, because the page that is being left may have counted further than its last autosave told.
        """
        row = self._row(connection, of)
        self.put(connection, key, of, _next_leap(row.revision if row else 0), _NOTHING)

    def count(self, of: DraftOf) -> int:
        """The revision that the next autosave must exceed.

        Raises:
            CaseNotFound: there is no such case, or it was erased.
        """
        return self.kept(of).count

    def _row(self, connection: Connection, of: DraftOf) -> Row[Any] | None:
        return connection.execute(_DRAFT, {"case_id": of.case_id, "place": self._place(of)}).one_or_none()

    def _place(self, of: DraftOf) -> bytes:
        return self._places.of("\n".join((of.case_id, of.visit, of.section, of.owner, of.voice)).encode())


def _next_leap(revision: int) -> int:
    return (revision // _LEAP + 1) * _LEAP


def _unless_newer(fresh: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    return fresh.on_conflict_do_update(
        index_elements=[drafts.c.case_id, drafts.c.place],
        set_={name: fresh.excluded[name] for name in ("revision", "at", "sealed")},
        where=drafts.c.revision < fresh.excluded.revision,
    ).execution_options(preserve_rowcount=True)


_PUT = {"sqlite": _unless_newer(sqlite.insert(drafts)), "postgresql": _unless_newer(postgresql.insert(drafts))}


def _draft(row: Row[Any], key: DataKey) -> Draft | None:
    words = _words(row, key)
    return Draft(row.revision, instant_from_text(row.at), words) if words else None


def _words(row: Row[Any], key: DataKey) -> Mapping[str, Any]:
    place = draft_place(row.case_id, row.place, row.revision, row.at)
    words: Mapping[str, Any] = msgspec.json.decode(key.open(row.sealed, place), type=dict[str, Any])
    return words
