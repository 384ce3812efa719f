"""How far the audit log has come, kept outside the database: so that no one shortens it unseen.

Besides the newest line, which is written over at each commit, lines of the past are kept in a history that only grows.
The newest line does not wait for the disk: after a power cut the anchor may be some lines behind, never ahead, and the
log's own codes vouch for those lines.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.errors import Tampered
from pipeline.vault.chained_lines import ChainedLines
from pipeline.vault.head_file import Head, HeadFile
from pipeline.vault.iso_moment import iso_moment
from pipeline.vault.keyring import Keyring
from pipeline.vault.private_file import alone_in, make_private_folder

_KEPT_EVERY = 1000
"""A line of the log goes into the history at least once in so many; and the first of each day (UTC)."""

_REACHED, _SET_BACK = "reached", "set-back"
_WHAT = "revisionsloggen"


@dataclass(frozen=True)
class Checkpoint:
    """A line of the log that the history remembers.

    Attributes:
        seq: its number.
        mac: its code.
        at: when it was reached or gone back to, UTC, as ISO text.
        set_back: whether a backup was restored and the log goes on from this line.
    """

    seq: int
    mac: bytes
    at: str
    set_back: bool


class Anchor:
    """The anchor of an installation's log.

    Args:
        folder: where it lies; nothing else does.
        keyring: vouches for it.
    """

    def __init__(self, folder: Path, keyring: Keyring) -> None:
        self._folder = folder
        self._head = HeadFile(folder / "hoved.txt", keyring.mac_key("revisionsloggens anker"), _WHAT)
        key = keyring.mac_key("ankerets historik")
        self._history = ChainedLines(folder / "historik.txt", key, "historikken for revisionsloggens anker")

    @property
    def exists(self) -> bool:
        """Whether the anchor's newest line is there, whatever it says."""
        return self._head.exists

    def create_unless_there(self, at: datetime) -> None:
        """Make the anchor of an empty log; only for an installation that keeps nothing yet.

        Raises:
            Tampered: there is something that is not whole.
            OSError: the disk refused.
        """
        make_private_folder(self._folder)
        self._history.create_unless_there(iso_moment(at))
        with alone_in(self._folder):
            if not self._head.exists:
                self._head.create(iso_moment(at))

    def head(self) -> Head:
        """How far the log has come at least.

        Raises:
            Tampered: the anchor is missing, damaged or not ours.
        """
        return self._head.read()

    def history(self) -> tuple[Checkpoint, ...]:
        """The lines of the log that are remembered, oldest first, as many as one for each thousand and each day.

        Raises:
            Tampered: the history is missing or was changed.
        """
        return tuple(_checkpoint(line) for line in self._history.read())

    def advance(self, head: Head) -> None:
        """Note the newest line after its commit; one that is older than what is noted changes nothing.

        Several processes may come in another order than they committed.

        Raises:
            Tampered: the anchor is missing or not ours, or knows another line of that number; it is left as it is.
            OSError: the disk refused.
        """
        with self._head.changing() as changing:
            before = changing.head
            if head.seq == before.seq and head.mac != before.mac:
                raise Tampered(
                    f"Ankeret kender en anden linje nr. {head.seq} i revisionsloggen end databasen. Er en "
                    "sikkerhedskopi lagt på plads uden om “tilsyn restore”? Kør “tilsyn audit verify”."
                )
            if head.seq <= before.seq:
                return
            is_kept = head.seq // _KEPT_EVERY > before.seq // _KEPT_EVERY or head.at[:10] > before.at[:10]
            # Before the history, and on disk: the history must never know more than the newest line.
            changing.put(head, durable=is_kept)
            if is_kept:
                self._history.append(_line(_REACHED, head, head.at), head.at)

    def set_back(self, head: Head, at: datetime) -> None:
        """Let the log go on from an older line, because a backup was restored; the history tells so for ever.

        Args:
            head: the newest line that the restored log has.
            at: the moment of the restore.

        Raises:
            Tampered: the anchor is missing or not ours.
            OSError: the disk refused.
        """
        with self._head.changing() as changing:
            self._history.append(_line(_SET_BACK, head, iso_moment(at)), iso_moment(at))
            changing.put(head, durable=True)


def _line(kind: str, head: Head, at: str) -> str:
    return f"{kind} {head.seq} {head.mac.hex()} {at}"


def _checkpoint(line: str) -> Checkpoint:
    # Every line is vouched for, so it was written by `_line`.
    kind, seq, mac, at = line.split(" ")
    return Checkpoint(int(seq), bytes.fromhex(mac), at, kind == _SET_BACK)
