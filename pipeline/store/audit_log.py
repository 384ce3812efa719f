"""The audit log in the database: every line is committed with what it tells of, or before the answer to a read leaves.

Lines are added at the very end of a transaction: whoever holds the head of the chain holds up every other writer. The
anchor outside the database follows after the commit. A crash in between is harmless: `catch_up` at the next start
finds the lines whole and moves the anchor on.
"""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from pipeline.audit.anchor import Anchor
from pipeline.audit.chain import Chain, Deed, Entry
from pipeline.errors import Tampered
from pipeline.store.clock import Clock, now
from pipeline.store.database import Database, not_inside_a_write
from pipeline.store.tables import audit, audit_head
from pipeline.vault.head_file import Head

OK = "ok"
SYSTEM = "system"
_LOG = logging.getLogger(__name__)
_AT_A_TIME = 1000

_HEAD = select(audit_head.c.seq, audit_head.c.mac, audit_head.c.at)
_HEAD_TO_CHANGE = _HEAD.with_for_update()
_ADD = insert(audit)
_MOVE_HEAD = update(audit_head).values({name: bindparam(name) for name in ("seq", "mac", "at")})


class AuditedWrite:
    """A write transaction with the lines that will be committed with it.

    Attributes:
        connection: the transaction.
    """

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self.connection, self._clock = connection, clock
        self.deeds: list[Deed] = []

    def note(self, actor: str, action: str, case_id: str | None = None, outcome: str = OK) -> None:
        """Tell what is done, by random ids and codes alone.

        Args:
            actor: id of the person or employee, or “system”.
            action: as the table of rights names it.
            case_id: the case it concerns, if any.
            outcome: code for what came of it.
        """
        self.deeds.append(Deed(self._clock(), actor, action, case_id, outcome))


class Line:
    """A line of a read that is on its way to the disk; nothing of what it tells of may leave before `wait` returns.

    Attributes:
        is_settled: it is on the disk, or `fault` says why not.
    """

    def __init__(self, deed: Deed, log: "AuditLog") -> None:
        self.deed, self._log, self.is_settled = deed, log, False
        self.fault: BaseException | None = None

    def wait(self) -> None:
        """Have the line on the disk.

        Raises:
            StoreUnavailable: it was not written, so what it tells of must not be answered.
        """
        self._log.settle(self)
        if self.fault:
            raise self.fault


class AuditLog:
    """The log of an installation.

    Args:
        database: holds the lines.
        chain: makes and checks their codes.
        anchor: outside the database, how far the log has come.
    """

    def __init__(self, database: Database, chain: Chain, anchor: Anchor, clock: Clock = now) -> None:
        self._database, self._chain, self._anchor, self._clock = database, chain, anchor, clock
        self._head_to_change = database.ready(_HEAD_TO_CHANGE)
        self._add, self._move_head = database.ready(_ADD), database.ready(_MOVE_HEAD)
        self._queue: list[Line] = []
        self._newest: Line | None = None
        self._somebody_writes = False
        self._turn = threading.Condition()

    @contextmanager
    def writing(self) -> Iterator[AuditedWrite]:
        """A write transaction; what was noted in it is committed with it, or nothing is.

        Raises:
            StoreUnavailable: nothing was written.
        """
        with self._database.write() as connection:
            work = AuditedWrite(connection, self._clock)
            yield work
            head = self._append(connection, work.deeds)
        self._advance(head)

    def record(self, actor: str, action: str, case_id: str | None = None, outcome: str = OK) -> None:
        """Write a line of its own, for a read or a refusal; it is on the disk when this returns.

        Raises:
            StoreUnavailable: the line was not written, so what it tells of must not be answered.
        """
        self.begin(actor, action, case_id, outcome).wait()

    def begin(self, actor: str, action: str, case_id: str | None = None, outcome: str = OK) -> Line:
        """Begin a line for a read whose answer is still being made; whoever begins it waits for it."""
        not_inside_a_write()
        line = Line(Deed(self._clock(), actor, action, case_id, outcome), self)
        with self._turn:
            self._queue.append(line)
            self._newest = line
        return line

    def settle(self, line: Line) -> None:
        """Have a line that was begun written, or hear why it was not.

        One writes at a time, and for all that have begun a line: whoever waits meanwhile mostly finds it written.
        """
        with self._turn:
            while self._somebody_writes and not line.is_settled:
                self._turn.wait()
            if line.is_settled:
                return
            self._somebody_writes = True
        self._write_for_all()

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """The lines, oldest first, as they stand in the database; nothing of them is checked here."""
        while batch := self._batch(after):
            yield from batch
            after = batch[-1].seq

    def of_case(self, case_id: str) -> tuple[Entry, ...]:
        """The lines that concern a case, oldest first; nothing of them is checked here.

        Among them is the line of whoever asks: what this program has begun is written first.
        """
        newest = self._newest
        if newest and not newest.is_settled:  # a line of long ago that failed is no longer anybody's business here
            newest.wait()
        query = select(audit).where(audit.c.case_id == case_id).order_by(audit.c.seq)
        with self._database.read() as connection:
            return tuple(Entry(**row) for row in connection.execute(query).mappings())

    def head(self) -> Head:
        """The newest line as the database knows it."""
        with self._database.read() as connection:
            return _head(connection.execute(_HEAD).one_or_none())

    def catch_up(self) -> None:
        """Move the anchor to where the log is: a crash may have come between a commit and the anchor.

        Other programs may write meanwhile; what they add after the head was read is theirs to anchor.

        Raises:
            Tampered: the log has lost lines that the anchor knows of, or holds lines that are not ours.
        """
        known, head = self._anchor.head(), self.head()
        if head.seq < known.seq:
            raise _not_whole()
        last = known
        for entry in takewhile(lambda entry: entry.seq <= head.seq, self.entries(after=known.seq)):
            if entry.seq != last.seq + 1 or entry.previous_mac != last.mac or not self._chain.vouches_for(entry):
                raise _not_whole()
            last = entry.head
        if (last.seq, last.mac) != (head.seq, head.mac):
            raise _not_whole()
        self._anchor.advance(head)

    def _write_for_all(self) -> None:
        begun: Sequence[Line] = ()
        fault: BaseException | None = None
        try:
            with self.writing() as work:
                begun = self._take_begun()  # also what was begun while others held the database
                work.deeds.extend(one.deed for one in begun)
        except BaseException as found:  # whoever waits must hear of it, whatever it is
            begun, fault = begun or self._take_begun(), found
        with self._turn:
            for one in begun:
                one.fault, one.is_settled = fault, True
            self._somebody_writes = False
            self._turn.notify_all()

    def _take_begun(self) -> Sequence[Line]:
        with self._turn:
            begun, self._queue = self._queue, []
        return begun

    def _append(self, connection: Connection, deeds: Sequence[Deed]) -> Head | None:
        if not deeds:
            return None
        with self._add.cursor(connection.connection) as cursor:
            head = _head(self._head_to_change.run(cursor, {}))
            for deed in deeds:
                entry = self._chain.after(head, deed)
                self._add.run(cursor, vars(entry))
                head = entry.head
            self._move_head.run(cursor, vars(head))
        return head

    def _advance(self, head: Head | None) -> None:
        """The commit stands whatever becomes of the anchor: the fault is told to the operator, not to the person."""
        if head is None:
            return
        try:
            self._anchor.advance(head)
        except (OSError, Tampered) as fault:
            _LOG.critical("revisionsloggens anker kunne ikke flyttes frem: %s", type(fault).__name__)

    def _batch(self, after: int) -> list[Entry]:
        query = select(audit).where(audit.c.seq > after).order_by(audit.c.seq).limit(_AT_A_TIME)
        with self._database.read() as connection:
            return [Entry(**row) for row in connection.execute(query).mappings()]


def _head(row: Sequence[Any] | None) -> Head:
    if row is None:
        raise _not_whole()
    return Head(*row)


def _not_whole() -> Tampered:
    return Tampered(
        "Revisionsloggen er ikke hel: Linjer mangler eller er ændret uden om programmet. Lad alt ligge, som det er, "
        "kør “tilsyn audit verify”, og kontakt den, der står for jeres informationssikkerhed."
    )
