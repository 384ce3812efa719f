"""How often somebody may do something: counted in the database, so that it holds for all processes together."""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from pipeline.cases.record.codec import instant_as_text, instant_from_text
from pipeline.store.clock import Clock, now
from pipeline.store.database import Database
from pipeline.store.tables import rate_limits
from pipeline.vault.keyring import Keyring


@dataclass(frozen=True)
class Limit:
    """So many times in so long.

    Attributes:
        name: what is counted.
        times: never more than this within one window; windows begin with the first use.
        lease: how many a process takes at once, to hand them out without asking again; what it has taken and not
            handed out is lost to the others, so 1 where every single one counts.
    """

    name: str
    times: int
    window: timedelta
    lease: int = 1


@dataclass
class _Lease:
    left: int
    until: datetime


class RateLimits:
    """The counters of an installation.

    Args:
        database: keeps them by a keyed digest: no address and no person stands there.
        keyring: keys the digest.
        clock: tells an aware instant.
    """

    def __init__(self, database: Database, keyring: Keyring, clock: Clock = now) -> None:
        self._database, self._clock = database, clock
        self._mac = keyring.mac_key("grænser for brug")
        self._leases: dict[bytes, _Lease] = {}
        self._lock = threading.Lock()

    def take(self, limit: Limit, who: str) -> timedelta | None:
        """Count one use.

        Args:
            limit: what is used.
            who: a session's owner or a network address.

        Returns:
            None where it is allowed, else how long to wait.
        """
        bucket = self._mac.of(f"{limit.name}\n{who}".encode())
        return self._of_lease(limit, bucket) if limit.lease > 1 else self._counted(limit, bucket)

    def forget_old(self, older_than: timedelta = timedelta(days=1)) -> int:
        """Remove counters that no window needs any more; returns how many that were."""
        edge = instant_as_text(self._clock() - older_than)
        with self._database.write() as connection:
            return connection.execute(delete(rate_limits).where(rate_limits.c.window_began < edge)).rowcount

    def _of_lease(self, limit: Limit, bucket: bytes) -> timedelta | None:
        """One at a time: two that lease at once could leave a third without, while theirs lie unused."""
        with self._lock:
            lease = self._leases.get(bucket)
            if lease and lease.left and self._clock() < lease.until:
                lease.left -= 1
                return None
            return self._counted(limit, bucket)

    def _counted(self, limit: Limit, bucket: bytes) -> timedelta | None:
        moment = self._clock()
        with self._database.write() as connection:
            taken, until = _take(connection, bucket, limit, moment)
        if not taken:
            return until - moment
        if taken > 1:
            self._leases = {known: kept for known, kept in self._leases.items() if moment < kept.until}
            self._leases[bucket] = _Lease(taken - 1, until)
        return None


def _take(connection: Connection, bucket: bytes, limit: Limit, moment: datetime) -> tuple[int, datetime]:
    """Take up to a lease; returns how many there were to take and when the window ends."""
    connection.execute(_insert_unless_there(connection, bucket, moment))
    row = connection.execute(select(rate_limits).where(rate_limits.c.bucket == bucket).with_for_update()).one()
    began, used = instant_from_text(row.window_began), row.used
    # A clock that was set back must not lock anybody out until it has caught up.
    if not began <= moment < began + limit.window:
        began, used = moment, 0
    taken = max(0, min(limit.lease, limit.times - used))
    counted = {"window_began": instant_as_text(began), "used": used + taken}
    connection.execute(update(rate_limits).where(rate_limits.c.bucket == bucket).values(counted))
    return taken, began + limit.window


def _insert_unless_there(connection: Connection, bucket: bytes, moment: datetime) -> sqlite.Insert | postgresql.Insert:
    row = {"bucket": bucket, "window_began": instant_as_text(moment), "used": 0}
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    return insert(rate_limits).values(row).on_conflict_do_nothing()
