"""The audit log's lines: each is vouched for together with the one before it, by a key outside the database.

A line names people and cases by their random ids only.
"""

import struct
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from pipeline.vault.head_file import Head
from pipeline.vault.iso_moment import iso_moment
from pipeline.vault.keyring import Keyring
from pipeline.vault.mac_key import MacKey

_FORMAT = b"hjemmetilsyn-audit-1"
_LENGTH = struct.Struct(">I")
_SEQ = struct.Struct(">Q")
_NO_CASE, _A_CASE = b"\x00", b"\x01"


@dataclass(frozen=True)
class Entry:
    """One line of the log, exactly as it is kept.

    Attributes:
        seq: its number, 1 and up, without gaps.
        at: UTC, as ISO text with microseconds; the very text that is kept, so that no two texts count as the same.
        actor: random id of who did it, or “system”.
        action: what was done, as the table of rights names it.
        case_id: random id of the case, or None where it concerns none.
        outcome: code for what came of it.
        previous_mac: the code of the line before; zeros for the first.
        mac: this line's own code.
    """

    seq: int
    at: str
    actor: str
    action: str
    case_id: str | None
    outcome: str
    previous_mac: bytes
    mac: bytes

    @property
    def head(self) -> Head:
        """This line as the newest of the log."""
        return Head(self.seq, self.mac, self.at)

    @property
    def moment(self) -> datetime:
        """When it was done."""
        return datetime.strptime(self.at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


@dataclass(frozen=True)
class Deed:
    """What is to be written into the log; see `Entry` for the fields."""

    at: datetime
    actor: str
    action: str
    case_id: str | None
    outcome: str


class Chain:
    """Writes and checks the codes of the log's lines.

    Args:
        keyring: holds the log's key.
    """

    def __init__(self, keyring: Keyring) -> None:
        self._key: MacKey = keyring.mac_key("revisionsloggens linjer")

    def after(self, previous: Head, deed: Deed) -> Entry:
        """The line that follows; the caller holds the lock under which `previous` is the newest.

        Args:
            previous: the newest line's head; `beginning(...)` where there is none.
            deed: what the line tells.
        """
        bare = Entry(
            previous.seq + 1,
            iso_moment(deed.at),
            deed.actor,
            deed.action,
            deed.case_id,
            deed.outcome,
            previous.mac,
            b"",
        )
        return replace(bare, mac=self._key.of(canonical(bare)))

    def vouches_for(self, entry: Entry) -> bool:
        """Whether we wrote exactly this line; False also for what no line can be, whatever a database returned."""
        try:
            return self._key.fits(canonical(entry), entry.mac)
        except (TypeError, ValueError, AttributeError, struct.error):
            return False


def canonical(entry: Entry) -> bytes:
    """All of a line but its own code, so that two different lines never give the same bytes.

    Every text has its length before it, and no case is something else than a case whose id is empty.
    """
    case = _NO_CASE if entry.case_id is None else _A_CASE + _counted(entry.case_id.encode())
    return b"".join(
        (
            _FORMAT,
            _SEQ.pack(entry.seq),
            _counted(entry.at.encode()),
            _counted(entry.actor.encode()),
            _counted(entry.action.encode()),
            case,
            _counted(entry.outcome.encode()),
            _counted(entry.previous_mac),
        )
    )


def _counted(field: bytes) -> bytes:
    return _LENGTH.pack(len(field)) + field
