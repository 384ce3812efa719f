"""Who is signed in: sessions that live here, not in the cookie, and are over from the next request on when ended."""

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, delete, or_, select, update

from pipeline.cases.record.codec import instant_as_text, instant_from_text
from pipeline.errors import StoreUnavailable
from pipeline.store.clock import Clock, now
from pipeline.store.database import Database
from pipeline.store.places import session_place
from pipeline.store.tables import sessions
from pipeline.vault.installation_key import InstallationKey
from pipeline.vault.keyring import Keyring

_SECRET_BYTES = 32
_SEEN_IS_GOOD_FOR = timedelta(seconds=60)
"""So seldom is it written that a session was used: a page that is read should not cost a commit each time."""

_OF_COOKIE = select(sessions).where(sessions.c.id_hash == bindparam("digest"))


@dataclass(frozen=True)
class SessionLimits:
    """How long a session lasts unused, and at most (OWASP ASVS 5.0, 7.3.1 and 7.3.2)."""

    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=8)


@dataclass(frozen=True)
class OpenSession:
    """A session that holds.

    Attributes:
        handle: names it among its owner's sessions; opens nothing.
        content: what was put in, as it was put in.
    """

    handle: str
    began: datetime
    seen: datetime
    ends: datetime
    content: bytes


class Sessions:
    """The sessions of an installation.

    Args:
        database: keeps them; of the secret in the cookie only a digest.
        keyring: seals what they hold.
        clock: tells an aware instant.
        limits: how long they last.
    """

    def __init__(
        self, database: Database, keyring: Keyring, clock: Clock = now, limits: SessionLimits | None = None
    ) -> None:
        self._database, self._keyring, self._clock = database, keyring, clock
        self._limits = limits or SessionLimits()
        self._key = InstallationKey(keyring)

    def begin(self, owner: str, content: bytes, lasts: timedelta | None = None) -> str:
        """Begin a session.

        Args:
            owner: whose it is; kept as a keyed digest.
            content: what to remember; sealed.
            lasts: where that is shorter than sessions last at most.

        Returns:
            the secret of 256 bits that belongs in the cookie and nowhere else.
        """
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        digest, moment = _digest(secret), self._clock()
        # Read before sealing: a row may claim an older generation than it has, never a newer one.
        generation = self._keyring.active_generation
        ends = instant_as_text(moment + min(lasts or self._limits.absolute, self._limits.absolute))
        row = {
            "id_hash": digest,
            "created_at": instant_as_text(moment),
            "seen_at": instant_as_text(moment),
            "ends_at": ends,
            "owner_blind": self._blind(owner),
            "key_generation": generation,
            "sealed": self._key.seal(content, session_place(digest, ends)),
        }
        with self._database.write() as connection:
            connection.execute(sessions.insert().values(row))
        return secret

    def find(self, secret: str) -> OpenSession | None:
        """The session of a cookie, and note that it was used; None where there is none or it has ended."""
        digest, moment = _digest(secret), self._clock()
        row = self._database.row(_OF_COOKIE, {"digest": digest})
        if row is None or not self._holds(row, moment):
            return None
        found = self._opened(row)
        if moment - found.seen >= _SEEN_IS_GOOD_FOR:
            # A full disk keeps nobody from the page with their words; until there is room, the session ages on.
            with suppress(StoreUnavailable):
                self._note_use(digest, moment)
        return found

    def take(self, secret: str) -> OpenSession | None:
        """The session of a cookie, ended by this very call: of two callers only one gets it."""
        found = self.find(secret)
        return found if found and self._end(sessions.c.id_hash == _digest(secret)) else None

    def end(self, secret: str) -> bool:
        """End the session of a cookie; False where there was none to end."""
        return self._end(sessions.c.id_hash == _digest(secret)) > 0

    def of_owner(self, owner: str) -> tuple[OpenSession, ...]:
        """Everything that somebody is signed in with, newest first."""
        moment = self._clock()
        mine = (
            select(sessions).where(sessions.c.owner_blind == self._blind(owner)).order_by(sessions.c.created_at.desc())
        )
        with self._database.read() as connection:
            rows = connection.execute(mine).all()
        return tuple(self._opened(row) for row in rows if self._holds(row, moment))

    def end_one(self, owner: str, handle: str) -> bool:
        """End one of somebody's sessions; False where it is not theirs or has ended already."""
        try:
            digest = bytes.fromhex(handle)
        except ValueError:
            return False
        return self._end(sessions.c.id_hash == digest, sessions.c.owner_blind == self._blind(owner)) > 0

    def end_all(self, owner: str) -> int:
        """End everything that somebody is signed in with; returns how many that were."""
        return self._end(sessions.c.owner_blind == self._blind(owner))

    def forget_ended(self) -> int:
        """Remove what has ended; returns how many rows that were."""
        moment = self._clock()
        ended = or_(
            sessions.c.ends_at <= instant_as_text(moment),
            sessions.c.seen_at <= instant_as_text(moment - self._limits.idle),
            sessions.c.revoked_at.is_not(None),
        )
        with self._database.write() as connection:
            return connection.execute(delete(sessions).where(ended)).rowcount

    def _holds(self, row: Row[Any], moment: datetime) -> bool:
        return (
            row.revoked_at is None
            and moment < instant_from_text(row.ends_at)
            and moment - instant_from_text(row.seen_at) < self._limits.idle
        )

    def _opened(self, row: Row[Any]) -> OpenSession:
        return OpenSession(
            handle=row.id_hash.hex(),
            began=instant_from_text(row.created_at),
            seen=instant_from_text(row.seen_at),
            ends=instant_from_text(row.ends_at),
            content=self._key.open(row.sealed, session_place(row.id_hash, row.ends_at)),
        )

    def _note_use(self, digest: bytes, moment: datetime) -> None:
        used = update(sessions).where(sessions.c.id_hash == digest).values(seen_at=instant_as_text(moment))
        with self._database.write() as connection:
            connection.execute(used)

    def _end(self, *which: ColumnElement[bool]) -> int:
        ended = update(sessions).where(*which, sessions.c.revoked_at.is_(None))
        with self._database.write() as connection:
            return connection.execute(ended.values(revoked_at=instant_as_text(self._clock()))).rowcount

    def _blind(self, owner: str) -> bytes:
        return self._keyring.mac_key("sessioners ejere").of(owner.encode())


def _digest(secret: str) -> bytes:
    """A secret of 256 random bits needs no salt and no slow digest."""
    return hashlib.sha256(secret.encode(errors="replace")).digest()
